import OrreryKernel

/// What can be set about a Kinesis stream and the client that reads it.
struct KinesisSettings: Sendable {
    let shards: Int
    let retention: Duration
    let pollInterval: Duration
    let maxRecords: Int
    let failoverTime: Duration
    let reshardTo: Int?
    let reshardAt: Duration?
    let reshardTime: Duration

    init(_ values: ParameterValues) {
        shards = values[Self.shards]
        retention = values[Self.retention]
        pollInterval = values[Self.pollInterval]
        maxRecords = values[Self.maxRecords]
        failoverTime = values[Self.failoverTime]
        reshardTo = values[optional: Self.reshardTo]
        reshardAt = values[optional: Self.reshardAt]
        reshardTime = values[Self.reshardTime]
    }

    private static let shards = Parameter<Int>(
        "shards", default: 4, range: .within(1...10_000),
        summary: "into how many shards the stream is divided; each takes 1 MiB and 1000 messages a second",
        source: "AWS, Kinesis quotas: a new on-demand stream takes 4 MB/s"
    )
    .asCapacity()
    private static let retention = Parameter<Duration>(
        "retention", default: .hours(24), range: .within(86_400...31_536_000),
        summary: "how long a message is kept, whether or not anybody has read it",
        source: "AWS, Kinesis quotas: 24 hours, at most 365 days")
    private static let pollInterval = Parameter<Duration>(
        "poll-interval", default: .seconds(1), range: .within(0.2...3600),
        summary: "how long a worker waits between two polls of a shard; a shard allows five a second",
        source: "Kinesis Client Library, idleTimeBetweenReadsInMillis")
    private static let maxRecords = Parameter<Int>(
        "max-records", default: 10_000, range: .within(1...10_000), summary: "how many messages a poll brings at most",
        source: "Kinesis Client Library, maxRecords; the most that GetRecords allows")
    private static let failoverTime = Parameter<Duration>(
        "failover-time", default: .seconds(10), range: .positive,
        summary: "how long after a worker's crash others take over its shards",
        source: "Kinesis Client Library, failoverTimeMillis")
    private static let reshardTo = Parameter<Int>(
        optional: "reshard-to", range: .within(1...10_000),
        summary: "to how many shards the stream changes; left out, it does not",
        source: "AWS, UpdateShardCount: at most double and at least half")
    private static let reshardAt = Parameter<Duration>(
        optional: "reshard-at", range: .nonNegative, summary: "how long after the start the change is asked for")
    private static let reshardTime = Parameter<Duration>(
        "reshard-time", default: .minutes(3), range: .nonNegative,
        summary: "how long the change takes; meanwhile the old shards do the work",
        source: "AWS, UpdateShardCount: a few minutes; that it is three is ours")

    static let parameters = [
        shards.spec, retention.spec, pollInterval.spec, maxRecords.spec, failoverTime.spec, reshardTo.spec,
        reshardAt.spec, reshardTime.spec,
    ]

    /// What is wrong with values that are each in range.
    static func conflict(_ values: ParameterValues) -> String? {
        let settings = KinesisSettings(values)
        guard let target = settings.reshardTo, settings.reshardAt != nil else {
            return (settings.reshardTo == nil) == (settings.reshardAt == nil)
                ? nil : "reshard-to and reshard-at belong together: give both or neither"
        }
        if target > 2 * settings.shards || 2 * target < settings.shards {
            return "a stream of \(settings.shards) shards can change to at most double and at least half as many, "
                + "not to \(target)"
        }
        return nil
    }
}

extension Kinesis {
    static let kind = Kind<any Broker>(
        "kinesis", summary: "a stream of shards, each with a limited rate; what comes faster is refused",
        source: "Amazon Kinesis Data Streams", parameters: KinesisSettings.parameters,
        conflict: KinesisSettings.conflict
    ) { Kinesis(KinesisSettings($0)) }
}
