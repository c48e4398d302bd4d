import OrreryKernel
public import OrreryModel

/// Where the log of one process first differs from another's.
public enum LogDifference: Equatable, Sendable {
    /// A run went another way after the last checkpoint that both have in common; nil at its start, or where one side
    /// had ended.
    case events(run: Int, common: Checkpoint?, reference: Checkpoint?, other: Checkpoint?)
    /// The events are the same, but the result file is not, from this line on.
    case result(line: Int, reference: String, other: String)

    /// The first difference; nil if there is none.
    public init?(from reference: RunLog, to other: RunLog) {
        for (run, (left, right)) in zip(reference.checkpoints, other.checkpoints).enumerated() where left != right {
            let count = zip(left, right).prefix { $0 == $1 }.count
            self = .events(
                run: run, common: count > 0 ? left[count - 1] : nil,
                reference: count < left.count ? left[count] : nil, other: count < right.count ? right[count] : nil)
            return
        }
        guard reference.result != other.result || reference.fingerprint != other.fingerprint else { return nil }
        let lines = [reference, other].map {
            $0.result.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
                String(decoding: $0, as: UTF8.self)
            }
        }
        let line = zip(lines[0], lines[1]).prefix { $0 == $1 }.count
        self = .result(
            line: line + 1, reference: line < lines[0].count ? lines[0][line] : "",
            other: line < lines[1].count ? lines[1][line] : "")
    }
}
