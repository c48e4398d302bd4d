public import OrreryKernel
public import OrreryModel

/// What one process of `orrery verify` says about its runs: checkpoints of every run, and the result file.
///
/// It travels as lines of text over a pipe, so that nothing of it depends on the memory of a process.
///
/// ```
///   scenario 0f3c…             the digest of what was run
///   library 77ab…              the digest of what the C library's functions give
///   at 3 8192 1250000000 9e…   run 3: after 8192 events, at 1.25 s, the digest of all events so far
///   total 6561234 fc8a…        all events, and the result's fingerprint
///   result 81234               so many bytes of the result file follow, then a line break
///   done
/// ```
public struct RunLog: Sendable {
    /// The digest of the scenario that was run.
    public private(set) var scenario: Fingerprint?
    /// The digest of what the C library's functions give in that process.
    public private(set) var probe: Fingerprint?
    /// The checkpoints of every run, by its place in the experiment's list.
    public private(set) var checkpoints: [[Checkpoint]]
    /// The events of all runs.
    public private(set) var events: UInt64 = 0
    /// The result's fingerprint.
    public private(set) var fingerprint: Fingerprint?
    /// The bytes of the result file.
    public private(set) var result: [UInt8] = []
    /// Whether everything has come.
    public private(set) var isComplete = false

    private var pending: [UInt8] = []
    /// How many bytes of the result are still to come.
    private var missing = 0

    /// What does not belong into a log.
    public struct Unreadable: Error {
        /// The line.
        public let line: String
    }

    /// An empty log of so many runs.
    public init(runs: Int) {
        checkpoints = Array(repeating: [], count: runs)
    }

    /// Reads the next bytes, which may end anywhere; says which runs got a checkpoint, one after the other.
    @discardableResult
    public mutating func read(_ bytes: some Sequence<UInt8>) throws(Unreadable) -> [Int] {
        var runs: [Int] = []
        for byte in bytes {
            if missing > 0 {
                result.append(byte)
                missing -= 1
            } else if byte == UInt8(ascii: "\n") {
                if let run = try take(String(decoding: pending, as: UTF8.self)), runs.last != run { runs.append(run) }
                pending.removeAll(keepingCapacity: true)
            } else {
                pending.append(byte)
            }
        }
        return runs
    }

    /// Takes a line in; gives the run that it is about.
    private mutating func take(_ line: String) throws(Unreadable) -> Int? {
        let words = line.split(separator: " ")
        switch (words.first, words.count) {
        case (nil, _): break
        case ("scenario", 2): scenario = try parse(words[1], in: line)
        case ("library", 2): probe = try parse(words[1], in: line)
        case ("at", 5):
            let run: Int = try parse(words[1], in: line)
            guard checkpoints.indices.contains(run) else { throw Unreadable(line: line) }
            checkpoints[run].append(
                Checkpoint(
                    events: try parse(words[2], in: line), time: Instant(nanoseconds: try parse(words[3], in: line)),
                    fingerprint: try parse(words[4], in: line)))
            return run
        case ("total", 3):
            events = try parse(words[1], in: line)
            fingerprint = try parse(words[2], in: line)
        case ("result", 2):
            missing = try parse(words[1], in: line)
            result.reserveCapacity(missing)
        case ("done", 1): isComplete = true
        default: throw Unreadable(line: line)
        }
        return nil
    }

    private func parse<Value: LosslessStringConvertible>(
        _ word: Substring, in line: String
    ) throws(Unreadable) -> Value {
        guard let value = Value(String(word)) else { throw Unreadable(line: line) }
        return value
    }
}

extension RunLog {
    /// The first lines: what is run, and with which C library.
    public static func opening(scenario: Fingerprint, probe: Fingerprint) -> String {
        "scenario \(scenario)\nlibrary \(probe)\n"
    }

    /// The line of a checkpoint.
    public static func line(_ checkpoint: Checkpoint, run: Int) -> String {
        "at \(run) \(checkpoint.events) \(checkpoint.time.nanoseconds) \(checkpoint.fingerprint)\n"
    }

    /// The last lines: the totals and the result file.
    public static func closing(events: UInt64, fingerprint: String, result: String) -> String {
        "total \(events) \(fingerprint)\nresult \(result.utf8.count)\n\(result)\ndone\n"
    }
}

extension Fingerprint {
    /// The digest of a text.
    public init(of text: String) {
        self.init()
        for byte in text.utf8 { absorb(UInt64(byte), 0, 0, 2) }
    }
}
