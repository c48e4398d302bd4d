import Foundation
public import OrreryDiagnosis
public import OrreryKernel
import OrreryModel

/// What became of a run, in a form that can be kept.
public enum RunOutcome: Codable, Equatable, Sendable {
    /// It came to its end.
    case finished(RunRecord)
    /// More items were on their way than memory should hold.
    case overwhelmed(after: Duration, items: Int)
    /// It was given up because somebody wanted it so; this is never kept.
    case abandoned

    /// What became of a run of the model.
    init(_ outcome: Run.Outcome) {
        switch outcome {
        case .finished(let recording): self = .finished(RunRecord(recording))
        case .overwhelmed(let instant, let items): self = .overwhelmed(after: instant - .start, items: items)
        case .abandoned: self = .abandoned
        }
    }

    /// The outcome as a binary property list: for a finished run 10 to 95 kB.
    func encoded() throws -> Data {
        let encoder = PropertyListEncoder()
        encoder.outputFormat = .binary
        return try encoder.encode(self)
    }

    /// The outcome that ``encoded()`` wrote; throws a `DecodingError` for any other bytes.
    init(encoded data: Data) throws {
        self = try PropertyListDecoder().decode(RunOutcome.self, from: data)
    }
}
