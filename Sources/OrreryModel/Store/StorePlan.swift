public import OrreryKernel

/// The archive: one writer that writes batches to a hot tier, from which data may move on to a cold tier.
public struct StorePlan: Sendable {
    /// How fast it writes.
    public let writeRate: DataRate
    /// The part of a write that depends neither on the size nor on the number of items.
    public let overhead: Duration
    /// How many items are written together at most.
    public let batchSize: Int
    /// How long the first item of a batch waits for others; a full batch does not wait.
    public let batchWait: Duration
    /// How much the hot tier holds; nil if there is no limit.
    public let hotCapacity: ByteCount?
    /// How fast data moves from the hot tier to the cold one; nil if it stays.
    public let coldRate: DataRate?
    /// How much the cold tier holds; nil if there is no limit.
    public let coldCapacity: ByteCount?
    /// What happens when the next item has no room in the hot tier.
    public let whenFull: FullStorePolicy

    /// A store from checked values.
    public init(values: ParameterValues) {
        writeRate = values[StorePlan.writeRate]
        overhead = values[StorePlan.overhead]
        batchSize = values[StorePlan.batchSize]
        batchWait = values[StorePlan.batchWait]
        hotCapacity = values[optional: StorePlan.hotCapacity]
        coldRate = values[optional: StorePlan.coldRate]
        coldCapacity = values[optional: StorePlan.coldCapacity]
        guard let policy = FullStorePolicy(rawValue: values[StorePlan.whenFull]) else {
            violation("nothing is known of a store that does \(values[StorePlan.whenFull])")
        }
        whenFull = policy
    }

    private static let writeRate = Parameter<DataRate>(
        "write-rate", default: DataRate(bitsPerSecond: 1_600_000_000), range: .within(1000...1e15),
        summary: "how fast the store writes",
        source: "200 MB/s, the sequential write rate of one hard disk; ours"
    )
    .asCapacity()
    private static let overhead = Parameter<Duration>(
        "overhead", default: .milliseconds(10), range: .within(0...3600),
        summary: "the part of every write that depends neither on its size nor on the number of items",
        source: "one seek and one commit of a hard disk; ours")
    private static let batchSize = Parameter<Int>(
        "batch-size", default: 1, range: .within(1...1_000_000),
        summary: "how many items are written together at most, with one overhead; all are delivered at its end",
        source: "one commit an item unless stated")
    private static let batchWait = Parameter<Duration>(
        "batch-wait", default: .zero, range: .within(0...86_400),
        summary: "how long the first item of a batch that is not full waits for others",
        source: "nothing that could be written waits unless stated")
    private static let hotCapacity = Parameter<ByteCount>(
        optional: "hot-capacity", range: .within(1e6...1e18),
        summary: "how much the hot tier holds, to which everything is written; left out, there is no limit"
    )
    .asCapacity()
    private static let coldRate = Parameter<DataRate>(
        optional: "cold-rate", range: .within(1000...1e15),
        summary: "how fast what is written moves from the hot tier to the cold one; left out, it stays"
    )
    .asCapacity()
    private static let coldCapacity = Parameter<ByteCount>(
        optional: "cold-capacity", range: .within(1e6...1e18),
        summary: "how much the cold tier holds, after which nothing more moves; left out, there is no limit")
    private static let whenFull = Parameter<String>(
        "when-full", dimension: .choice(FullStorePolicy.allCases.map(\.rawValue)),
        default: FullStorePolicy.wait.rawValue,
        summary: "what happens when the next item has no room in the hot tier",
        source: "no data is thrown away unless the scenario says so; ours")

    /// The parameters of a store.
    public static let parameters = [
        writeRate.spec, overhead.spec, batchSize.spec, batchWait.spec, hotCapacity.spec, coldRate.spec,
        coldCapacity.spec, whenFull.spec,
    ]
}

/// What the store does when the next item has no room.
public enum FullStorePolicy: String, CaseIterable, Sendable {
    /// It stops writing until there is room; for ever, if the item is larger than the hot tier.
    case wait
    /// It loses the item.
    case drop
}
