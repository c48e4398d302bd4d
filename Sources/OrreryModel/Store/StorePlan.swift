public import OrreryKernel

/// The archive: one writer with a write rate.
public struct StorePlan: Sendable {
    /// How fast it writes.
    public let writeRate: DataRate
    /// The part of a write that does not depend on the size.
    public let overhead: Duration

    /// A store from checked values.
    public init(values: ParameterValues) {
        writeRate = values[StorePlan.writeRate]
        overhead = values[StorePlan.overhead]
    }

    private static let writeRate = Parameter<DataRate>(
        "write-rate", default: DataRate(bitsPerSecond: 1_600_000_000), range: .within(1000...1e15),
        summary: "how fast the store writes",
        source: "200 MB/s, the sequential write rate of one hard disk; ours")
    private static let overhead = Parameter<Duration>(
        "overhead", default: .milliseconds(10), range: .within(0...3600),
        summary: "the part of every write that does not depend on its size",
        source: "one seek and one commit of a hard disk; ours")

    /// The parameters of a store.
    public static let parameters = [writeRate.spec, overhead.spec]
}
