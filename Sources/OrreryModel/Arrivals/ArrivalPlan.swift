public import OrreryKernel

/// A plain stream of arrivals straight at the broker, without telescopes: what makes a scenario a textbook station.
public struct ArrivalPlan: Sendable {
    /// The name in the scenario.
    public let name: String
    /// The gaps between arrivals.
    public let interarrival: Distribution
    /// The size of every item.
    public let size: ByteCount

    /// A stream from checked values.
    public init(name: String, values: ParameterValues) {
        self.name = name
        interarrival = values[ArrivalPlan.interarrival]
        size = values[ArrivalPlan.size]
    }

    private static let interarrival = Parameter<Distribution>(
        "interarrival", range: .within(1e-6...315_360_000),
        summary: "the gaps between arrivals; their mean is at least 1us")
    private static let size = Parameter<ByteCount>(
        "size", default: ByteCount(1000), range: .within(0...1e15), summary: "the size of every item",
        source: "1 kB, as in the published RabbitMQ sizing tests")

    /// The parameters of a stream.
    public static let parameters = [interarrival.spec, size.spec]
}
