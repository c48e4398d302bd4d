import OrreryKernel

/// A line that all transfers on it share: each gets an equal part of the rate, but no more than a cap.
///
/// As all get the same, one counter suffices: the service that one transfer has attained. A transfer is complete when
/// the counter reaches the transfer's mark, which is the counter at its start plus its size. So between two changes
/// nothing is to be done, and at a change only the first mark matters.
///
/// Work is counted in nanobits (10⁻⁹ bit): a whole number of them passes in a nanosecond. What does not divide evenly
/// among the transfers waits in a remainder, and so does what the line can still do in the nanosecond in which a
/// transfer is complete. So a line without a cap is busy for exactly the time that all bytes together take, rounded up
/// once. Under a cap, what the others cannot take of that nanosecond is lost.
///
/// It schedules nothing: `nextFinish` is when its owner must call `finish`, and it changes with every start, finish,
/// pause and resumption, but with nothing else.
///
/// Sources: processor sharing: L. Kleinrock, "Queueing Systems II" (1976), chapter 4; the counter is the virtual time
/// of A. Demers, S. Keshav, S. Shenker, "Analysis and simulation of a fair queueing algorithm", SIGCOMM 1989.
struct SharedLine: Sendable {
    // In this order it takes 61 bytes, in an array 64.
    private let rate: DataRate
    /// The most that one transfer gets; not above the rate.
    private let cap: DataRate
    /// The transfers on the line: a binary heap, with the first to finish at its top.
    private var transfers: ContiguousArray<Transfer> = []
    /// The nanobits that a transfer has got which has been here all along.
    private var attained: Int64 = 0
    /// The nanobits that the line has done but not yet handed to its transfers.
    private var remainder: Int64 = 0
    /// Up to when the line has worked.
    private var since = Instant.start
    private var busy = Duration.zero
    private var nextOrder: UInt32 = 0
    /// Whether the line stands still.
    private(set) var isPaused = false

    /// An idle line; a transfer alone gets the whole rate if there is no cap.
    init(rate: DataRate, cap: DataRate? = nil) {
        self.rate = rate
        self.cap = min(rate, cap ?? rate)
    }

    /// The copies on the line, in no particular order; for checks.
    var copies: [Copy] { transfers.map(\.copy) }

    /// How many transfers are on the line.
    var count: Int { transfers.count }

    /// When the first transfer is complete; nil if there is none or the line stands still.
    var nextFinish: Instant? {
        guard let first = transfers.first, !isPaused else { return nil }
        let (rate, parts) = sharing
        return since + rate.time(forNanobits: (first.mark - Int128(attained)) * Int128(parts) - Int128(remainder))
    }

    /// Puts a transfer onto the line, also while it stands still.
    ///
    /// - Complexity: O(log *n*)
    mutating func start(_ copy: Copy, size: ByteCount, at now: Instant) {
        invariant(size.bytes >= 0, "an amount of data to transfer cannot be negative, as \(size) is")
        advance(to: now)
        let mark = Int128(attained) + Int128(size.bytes) * 8_000_000_000
        insert(Transfer(mark: mark, order: nextOrder, copy: copy))
        nextOrder &+= 1
    }

    /// Takes the transfer off the line that is complete now, as `nextFinish` said.
    ///
    /// Several may be complete at an instant: they come one by one, equal ones in the order of their starts.
    ///
    /// - Complexity: O(log *n*)
    mutating func finish(at now: Instant) -> Copy {
        invariant(
            nextFinish == now,
            "a transfer was taken off a line at \(now) instead of \(nextFinish.map(\.description) ?? "never")")
        advance(to: now)
        let first = removeFirst()
        // The rest of the nanosecond is for the others, if they can take it.
        remainder = isFull ? remainder + Int64(Int128(attained) - first.mark) : 0
        if transfers.isEmpty { reset() }
        return first.copy
    }

    /// The line stands still from now on, and each transfer keeps what it has got; no effect on one that does already.
    mutating func pause(at now: Instant) {
        advance(to: now)
        isPaused = true
    }

    /// The line goes on; no effect on one that does not stand still.
    mutating func resume(at now: Instant) {
        advance(to: now)
        isPaused = false
    }

    /// Takes all transfers off the line, in the order of their starts; what they have got is lost.
    mutating func removeAll(at now: Instant) -> [Copy] {
        advance(to: now)
        let copies = transfers.sorted { $0.order < $1.order }.map(\.copy)
        transfers.removeAll(keepingCapacity: true)
        reset()
        return copies
    }

    /// For how long since the observation began at least one transfer was on the line and it did not stand still.
    func busyTime(at now: Instant) -> Duration { isWorking ? busy + (now - since) : busy }

    /// The observation begins anew.
    mutating func restart(at now: Instant) {
        advance(to: now)
        busy = .zero
    }

    private var isWorking: Bool { !transfers.isEmpty && !isPaused }

    /// Whether the transfers could take all that the line can do.
    private var isFull: Bool {
        let (most, overflows) = cap.bitsPerSecond.multipliedReportingOverflow(by: Int64(transfers.count))
        return overflows || most >= rate.bitsPerSecond
    }

    /// A rate, and into how many parts it is divided, one for each transfer.
    private var sharing: (rate: DataRate, parts: Int) { isFull ? (rate, transfers.count) : (cap, 1) }

    /// Lets the line work up to now.
    private mutating func advance(to now: Instant) {
        invariant(now >= since, "a line cannot go back from \(since) to \(now)")
        defer { since = now }
        guard isWorking else { return }
        busy += now - since
        let (rate, parts) = sharing
        var service = Int128(rate.bitsPerSecond) * Int128((now - since).nanoseconds) + Int128(remainder)
        remainder = 0
        if parts > 1 {
            let (part, rest) = service.quotientAndRemainder(dividingBy: Int128(parts))
            service = part
            remainder = Int64(rest)
        }
        service += Int128(attained)
        if let small = Int64(exactly: service) { attained = small } else { countAnew(from: service) }
    }

    /// Sets the counter back to zero before it outgrows its 64 bits, which takes a gigabyte per transfer.
    private mutating func countAnew(from service: Int128) {
        for index in transfers.indices { transfers[index].mark -= service }
        attained = 0
    }

    /// An empty line has nothing to remember.
    private mutating func reset() {
        attained = 0
        remainder = 0
        nextOrder = 0
    }
}

/// What is being sent on a line: 32 bytes.
private struct Transfer: BitwiseCopyable {
    /// The service attained at which it is complete, in nanobits; beyond 64 bits from a gigabyte on.
    var mark: Int128
    /// Its number among the starts.
    let order: UInt32
    let copy: Copy

    func finishes(before other: Transfer) -> Bool { (mark, order) < (other.mark, other.order) }
}

extension SharedLine {
    private mutating func insert(_ transfer: Transfer) {
        var hole = transfers.count
        transfers.append(transfer)
        while hole > 0 {
            let parent = (hole - 1) / 2
            guard transfer.finishes(before: transfers[parent]) else { break }
            transfers[hole] = transfers[parent]
            hole = parent
        }
        transfers[hole] = transfer
    }

    private mutating func removeFirst() -> Transfer {
        let last = transfers.removeLast()
        guard let first = transfers.first else { return last }
        var hole = 0
        while true {
            var child = 2 * hole + 1
            guard child < transfers.count else { break }
            if child + 1 < transfers.count, transfers[child + 1].finishes(before: transfers[child]) { child += 1 }
            guard transfers[child].finishes(before: last) else { break }
            transfers[hole] = transfers[child]
            hole = child
        }
        transfers[hole] = last
        return first
    }
}

extension DataRate {
    /// How long this many nanobits take, rounded up to a whole nanosecond and clamped to `0 ... Duration.limit`.
    ///
    /// For the nanobits of whole bytes it is what `time(for:)` says.
    fileprivate func time(forNanobits work: Int128) -> Duration {
        guard work > 0 else { return .zero }
        // A division of 128 bits takes several times as long as one of 64.
        if let small = Int64(exactly: work) {
            let (time, rest) = small.quotientAndRemainder(dividingBy: bitsPerSecond)
            return min(Duration(nanoseconds: rest > 0 ? time + 1 : time), .limit)
        }
        let time = (work - 1) / Int128(bitsPerSecond) + 1
        return Duration(nanoseconds: Int64(min(time, Int128(Duration.limit.nanoseconds))))
    }
}
