/// A Pareto body with an exponential tail: most samples are about the least, a few are of another order.
///
/// The form in which the latencies of replicated stores were fitted.
///
/// Source: P. Bailis et al., "Probabilistically Bounded Staleness for Practical Partial Quorums", VLDB 2012, table 3.
public struct ParetoExponential: Sampler {
    /// The share of samples from the body.
    public let bodyShare: Double
    /// The body.
    public let body: Pareto
    /// The tail.
    public let tail: Exponential
    /// Infinite where the body's is.
    public var mean: Double { mixed(body.mean, tail.mean) }
    /// Infinite where the body's is.
    public var variance: Double {
        guard body.variance.isFinite || bodyShare == 0 else { return .infinity }
        let (first, second) = (body.mean - mean, tail.mean - mean)
        return mixed(body.variance + first * first, tail.variance + second * second)
    }

    /// A mixture of the two with this share of the body.
    public init(bodyShare: Double, body: Pareto, tail: Exponential) {
        invariant(bodyShare >= 0 && bodyShare <= 1, "a mixture cannot have \(bodyShare) of one part")
        self.bodyShare = bodyShare
        self.body = body
        self.tail = tail
    }

    /// One sample.
    public func sample(using stream: inout RandomStream) -> Double {
        stream.unit() < bodyShare ? body.sample(using: &stream) : tail.sample(using: &stream)
    }

    /// A part without a share contributes nothing, not even an infinite mean.
    private func mixed(_ ofBody: Double, _ ofTail: Double) -> Double {
        (bodyShare > 0 ? bodyShare * ofBody : 0) + (1 - bodyShare) * ofTail
    }

    private static let share = Parameter<Double>(
        "body", dimension: .share, range: .within(0...1), summary: "the share of samples from the Pareto body")
    private static let minimum = Parameter<SampledQuantity>(
        "minimum", range: .sampledPositive, summary: "the smallest value of the body")
    private static let shape = Parameter<Double>(
        "shape", range: .within(0.1...1000), summary: "the power of the body: the larger, the narrower it is")
    private static let tailMean = Parameter<SampledQuantity>(
        "tail", range: .sampledPositive, summary: "the mean of the exponential tail")

    static let kind = Kind<any Sampler>(
        "pareto-exponential", summary: "a Pareto body with an exponential tail, as latencies of stores are fitted",
        source: "P. Bailis et al., Probabilistically Bounded Staleness, VLDB 2012, table 3",
        parameters: [share.spec, minimum.spec, shape.spec, tailMean.spec]
    ) {
        ParetoExponential(
            bodyShare: $0[share], body: Pareto(minimum: $0[minimum].amount, shape: $0[shape]),
            tail: Exponential(mean: $0[tailMean].amount))
    }
}
