/// A probability distribution that can be sampled: the same numbers from the same stream on every machine.
///
/// Samplers use only + − × ÷ √ and bit operations (and `PortableMath`, which is made of them), because what they return
/// becomes event times. A sampler draws from no stream but the one it is given.
public protocol Sampler: Sendable {
    /// One sample, in the unit of the quantity: seconds for a duration, bytes for a size, else a plain number.
    func sample(using stream: inout RandomStream) -> Double

    /// The expected value, in the same unit; infinite where it does not exist.
    var mean: Double { get }

    /// The variance, in the square of the unit; infinite where it does not exist.
    var variance: Double { get }
}

/// A distribution as a scenario states it: a kind of sampler with its parameters.
public struct Distribution: Sendable {
    /// Draws the samples.
    public let sampler: any Sampler
    /// How a scenario file would write it, for instance `{ kind: exponential, mean: 2s }`.
    public let text: String

    /// A sampler and the text that describes it.
    public init(_ sampler: any Sampler, text: String) {
        self.sampler = sampler
        self.text = text
    }

    /// One sample of a length of time; a negative one counts as no time.
    public func duration(using stream: inout RandomStream) -> Duration {
        max(.zero, Duration(seconds: sampler.sample(using: &stream)))
    }
}
