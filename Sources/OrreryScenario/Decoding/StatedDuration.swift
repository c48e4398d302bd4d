public import OrreryKernel

/// A duration outside a scenario, such as in an option, written as in a scenario: `480s`, `1.5h`.
public struct StatedDuration: Sendable {
    /// The duration.
    public let duration: Duration

    /// Why a text states no duration.
    public struct Flaw: Error, CustomStringConvertible {
        /// What is wrong, as the rest of a sentence about the text.
        public let description: String
    }

    /// The duration that a text states; fails with what is wrong with it.
    public init(_ text: String) throws(Flaw) {
        do throws(ValueFlaw) {
            guard case .duration(let duration) = try ScalarDecoder.value(text, .duration) else {
                throw ValueFlaw(category: .wrongType, problem: "is not \(Dimension.duration.phrase)")
            }
            self.duration = duration
        } catch {
            let hints = [error.allowed.map { "(\($0))" }, error.nearest.map { "did you mean \($0)?" }]
            throw Flaw(description: ([error.problem] + hints.compactMap(\.self)).joined(separator: " "))
        }
    }
}
