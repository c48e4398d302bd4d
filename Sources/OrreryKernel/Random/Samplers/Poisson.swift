/// How many independent events happen in a fixed time.
public struct Poisson: Sampler {
    /// The expected number of events.
    public let expectedCount: Double
    /// What one event stands for.
    public let unit: Double
    /// The expected number, in units.
    public var mean: Double { expectedCount * unit }
    /// The expected number, in squared units.
    public var variance: Double { expectedCount * unit * unit }

    /// A Poisson distribution with this expected number of events, up to 10⁹.
    public init(expectedCount: Double, unit: Double = 1) {
        invariant((0...1e9).contains(expectedCount), "a Poisson distribution cannot have the mean \(expectedCount)")
        self.expectedCount = expectedCount
        self.unit = unit
    }

    /// One sample.
    public func sample(using stream: inout RandomStream) -> Double { unit * stream.poisson(mean: expectedCount) }

    private static let mean = Parameter<Double>(
        "mean", range: .within(0...1e9), summary: "the expected number of events")

    static let kind = Kind<any Sampler>(
        "poisson", summary: "how many independent events happen in a fixed time",
        source: "W. Hörmann, Insurance: Mathematics and Economics 12 (1993), algorithm PTRS",
        parameters: [mean.spec, SampledUnit.parameter.spec]
    ) { Poisson(expectedCount: $0[mean], unit: SampledUnit.amount($0)) }
}
