public import OrreryKernel

/// A plain stream of arrivals straight at the broker, without telescopes: what makes a scenario a textbook station.
public struct ArrivalPlan: Sendable {
    /// The name in the scenario.
    public let name: String
    /// The gaps between arrivals.
    public let interarrival: Distribution
    /// The size of every item.
    public let size: ByteCount

    /// How many keys its items have; nil if they have none.
    public let keys: Int?
    /// How unevenly the keys are drawn, as Zipf's exponent; nil if they come one after the other.
    public let skew: Double?
    /// The share of items that no worker can do.
    public let poison: Double
    /// Whether every node of the cluster has a stream of its own, with that node as its items' source.
    public let isPerNode: Bool
    /// How the rate of arrivals swings; nil if it does not.
    public let swing: SwingPlan?
    /// What the producer does about a refusal or no answer.
    public let retry: RetryPlan

    /// A stream from checked values.
    public init(name: String, values: ParameterValues, swing: SwingPlan? = nil, retry: RetryPlan = .none) {
        self.name = name
        interarrival = values[ArrivalPlan.interarrival]
        size = values[ArrivalPlan.size]
        keys = values[optional: ArrivalPlan.keys]
        skew = values[optional: ArrivalPlan.skew]
        poison = values[ArrivalPlan.poison]
        isPerNode = values[ArrivalPlan.per] == ArrivalPlan.perNode
        self.swing = swing
        self.retry = retry
    }

    private static let interarrival = Parameter<Distribution>(
        "interarrival", range: .within(1e-6...315_360_000),
        summary: "the gaps between arrivals; their mean is at least 1us")
    private static let size = Parameter<ByteCount>(
        "size", default: ByteCount(1000), range: .within(0...1e13), summary: "the size of every item",
        source: "1 kB, as in the published RabbitMQ sizing tests")
    private static let keys = Parameter<Int>(
        optional: "keys", range: .within(1...1e9),
        summary: "how many keys the items have; left out, they have none")
    private static let skew = Parameter<Double>(
        optional: "skew", range: .within(0...10),
        summary:
            "how unevenly each item's key is drawn: the n-th key comes in proportion to n to the minus this power, "
            + "so that 0 draws all equally; left out, the keys come one after the other")
    private static let poison = Parameter<Double>(
        "poison", dimension: .share, default: 0, range: .within(0...1),
        summary: "the share of items that no worker can do, however often it tries", source: "none unless stated")

    private static let perNode = "node"
    private static let per = Parameter<String>(
        "per", dimension: .choice(["network", perNode]), default: "network",
        summary: "whether there is one stream, or one for every node of the cluster, so that the load grows with it",
        source: "one stream unless stated")

    /// The parameters of a stream, besides its swing and its retries.
    public static let parameters = [interarrival.spec, size.spec, keys.spec, skew.spec, poison.spec, per.spec]
}
