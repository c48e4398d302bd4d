import OrreryKernel

/// A message of a log, as a broker remembers it until it is done or gone.
struct LogRecord: BitwiseCopyable, Sendable {
    let copy: Copy
    let publishedAt: Instant
    /// How many bytes the log ever took in, up to and with this message.
    let end: Int64
    let size: ByteCount
    /// How many times a worker handed it back.
    var rejections = 0
}

/// One log of a broker: a partition of a topic or a shard of a stream; its messages are read in order.
///
/// What is done leaves it at once: nobody reads it again. Only its size goes on counting for the limit in bytes.
struct PartitionLog: Sendable {
    private var waiting = Line<LogRecord>()
    /// How many bytes the log ever took in.
    private var end: Int64 = 0

    var isEmpty: Bool { waiting.isEmpty }
    var count: Int { waiting.count }
    var first: LogRecord? { waiting.first }
    /// The copies that wait, first to last.
    var copies: [Copy] { waiting.elements.map(\.copy) }

    /// The record of a message that is written now at the end; it does not wait yet.
    mutating func record(_ publication: Publication, at now: Instant) -> LogRecord {
        end += publication.size.bytes
        return LogRecord(copy: publication.copy, publishedAt: now, end: end, size: publication.size)
    }

    mutating func append(_ record: LogRecord) { waiting.append(record) }

    /// Puts back what was read but not done; the last one first, so that the order stays.
    mutating func prepend(_ record: LogRecord) { waiting.prepend(record) }

    mutating func removeFirst() -> LogRecord? { waiting.removeFirst() }

    /// Takes out the first message if it is older than an instant, or if at least so many bytes follow it.
    mutating func removeExpired(before: Instant, keeping bytes: ByteCount?) -> LogRecord? {
        guard let first = waiting.first else { return nil }
        let isTooMuch = bytes.map { end - first.end >= $0.bytes } ?? false
        return first.publishedAt <= before || isTooMuch ? waiting.removeFirst() : nil
    }
}

/// What a worker has got from logs and not done yet, in the order in which it got it.
///
/// Workers mostly finish in that order and lose their connection with all of the rest, so both ends are quick.
struct OpenDeliveries: Sendable {
    /// A message that the worker has, and the number of the log that it came from.
    struct Entry: BitwiseCopyable, Sendable {
        var record: LogRecord
        let log: Int
        fileprivate var isOpen = true
    }

    /// What lies before `head` is closed; the entry at `head` and the last one are open.
    private var entries: ContiguousArray<Entry> = []
    private var head = 0
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    mutating func append(_ record: LogRecord, from log: Int) {
        entries.append(Entry(record: record, log: log))
        count += 1
    }

    /// Takes a copy out; nil if the worker does not have it.
    ///
    /// - Complexity: O(1) for the first and the last one, else the number of entries before it.
    mutating func remove(_ copy: Copy) -> Entry? { place(of: copy).map { close($0) } }

    /// Counts that the worker handed a copy back, how often it did by now; nil if the worker does not have it.
    mutating func noteRejection(of copy: Copy) -> Int? {
        guard let place = place(of: copy) else { return nil }
        entries[place].record.rejections += 1
        return entries[place].record.rejections
    }

    mutating func removeLast() -> Entry? { count == 0 ? nil : close(entries.count - 1) }

    /// Takes out all that came from certain logs, last first.
    mutating func removeAll(fromLogs logs: [Int]) -> [Entry] {
        let gone = entries[head...].reversed().filter { $0.isOpen && logs.contains($0.log) }
        for entry in gone { _ = remove(entry.record.copy) }
        return gone
    }

    private func place(of copy: Copy) -> Int? {
        if count == 0 { return nil }
        let last = entries.count - 1
        if entries[last].record.copy == copy { return last }
        return (head..<last).first { entries[$0].isOpen && entries[$0].record.copy == copy }
    }

    private mutating func close(_ place: Int) -> Entry {
        let entry = entries[place]
        entries[place].isOpen = false
        count -= 1
        if count == 0 {
            entries.removeAll(keepingCapacity: true)
            head = 0
        } else {
            while !entries[head].isOpen { head += 1 }
            while entries.last?.isOpen == false { entries.removeLast() }
            if head > 32 && head > entries.count / 2 {
                entries.removeSubrange(0..<head)
                head = 0
            }
        }
        return entry
    }
}
