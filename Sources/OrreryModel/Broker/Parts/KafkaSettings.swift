import OrreryKernel

/// What can be set about a Kafka topic, its producers and its consumer group.
struct KafkaSettings: Sendable {
    let partitions: Int
    let batchSize: ByteCount
    let maxRequestSize: ByteCount
    let ingestRate: DataRate?
    let bufferMemory: ByteCount
    let maxBlock: Duration
    let retention: Duration
    let retentionBytes: ByteCount?
    let retentionCheckInterval: Duration
    let maxPollRecords: Int
    let maxPollInterval: Duration
    let sessionTimeout: Duration
    let isStatic: Bool
    let isCooperative: Bool
    let revokesAtOnce: Bool
    let rebalanceTime: Duration
    let initialRebalanceDelay: Duration
    let maxAttempts: Int

    init(_ values: ParameterValues) {
        partitions = values[Self.partitions]
        batchSize = values[Self.batchSize]
        maxRequestSize = values[Self.maxRequestSize]
        ingestRate = values[optional: Self.ingestRate]
        bufferMemory = values[Self.bufferMemory]
        maxBlock = values[Self.maxBlock]
        retention = values[Self.retention]
        retentionBytes = values[optional: Self.retentionBytes]
        retentionCheckInterval = values[Self.retentionCheckInterval]
        maxPollRecords = values[Self.maxPollRecords]
        maxPollInterval = values[Self.maxPollInterval]
        sessionTimeout = values[Self.sessionTimeout]
        isStatic = values[Self.staticMembership] == "yes"
        isCooperative = values[Self.assignor] == "cooperative-sticky"
        revokesAtOnce = values[Self.revocation] == "at-once"
        rebalanceTime = values[Self.rebalanceTime]
        initialRebalanceDelay = values[Self.initialRebalanceDelay]
        maxAttempts = values[Self.maxAttempts]
    }

    private static let partitions = Parameter<Int>(
        "partitions", default: 1, range: .within(1...100_000),
        summary: "into how many logs the topic is divided; more members of the group than that are idle",
        source: "Kafka 3.9, num.partitions"
    )
    .asCapacity()
    private static let batchSize = Parameter<ByteCount>(
        "batch-size", default: ByteCount(16_384), range: .positive,
        summary: "how much without a key goes to one partition before another is chosen",
        source: "Kafka 3.9, batch.size and BuiltInPartitioner")
    private static let maxRequestSize = Parameter<ByteCount>(
        "max-request-size", default: ByteCount(1_048_576), range: .positive,
        summary: "the largest message; a larger one is refused", source: "Kafka 3.9, max.request.size")
    private static let ingestRate = Parameter<DataRate>(
        optional: "ingest-rate", range: .positive,
        summary: "how fast the broker can write; left out, it is fast enough and producers never wait",
        source: "your own measurement: it depends on disks, network and replication")
    private static let bufferMemory = Parameter<ByteCount>(
        "buffer-memory", default: ByteCount(33_554_432), range: .positive,
        summary: "how much waits with the producers, all together, while the broker writes more slowly than they send",
        source: "Kafka 3.9, buffer.memory, for one producer")
    private static let maxBlock = Parameter<Duration>(
        "max-block", default: .seconds(60), range: .nonNegative,
        summary: "how long a producer waits for room in its buffer; what would wait longer is refused at once",
        source: "Kafka 3.9, max.block.ms")
    private static let retention = Parameter<Duration>(
        "retention", default: .days(7), range: .positive,
        summary: "how long a message is kept, whether or not anybody has read it", source: "Kafka 3.9, retention.ms")
    private static let retentionBytes = Parameter<ByteCount>(
        optional: "retention-bytes", range: .positive,
        summary: "how much of a partition is kept, read or not; left out, there is no limit",
        source: "Kafka 3.9, retention.bytes")
    private static let retentionCheckInterval = Parameter<Duration>(
        "retention-check-interval", default: .minutes(5), range: .positive,
        summary: "how often what is too old or too much is removed",
        source: "Kafka 3.9, log.retention.check.interval.ms")
    private static let maxPollRecords = Parameter<Int>(
        "max-poll-records", default: 500, range: .within(1...1e9),
        summary: "how many messages a worker gets at a time; it gets more when it has done them all",
        source: "Kafka 3.9, max.poll.records")
    private static let maxPollInterval = Parameter<Duration>(
        "max-poll-interval", default: .minutes(5), range: .positive,
        summary: "how long a worker may take for what it got before it is expelled and others do it again",
        source: "Kafka 3.9, max.poll.interval.ms")
    private static let sessionTimeout = Parameter<Duration>(
        "session-timeout", default: .seconds(45), range: .positive,
        summary: "after how long without a heartbeat a worker counts as gone", source: "Kafka 3.9, session.timeout.ms")
    private static let staticMembership = Parameter<String>(
        "static-membership", dimension: .choice(["no", "yes"]), default: "no",
        summary: "whether a worker that is back within the session time-out gets its partitions without a rebalance",
        source: "Kafka 3.9: group.instance.id is not set")
    private static let assignor = Parameter<String>(
        "assignor", dimension: .choice(["range", "cooperative-sticky"]), default: "range",
        summary: "in a rebalance all give up everything (range) or only what must move (cooperative-sticky)",
        source: "Kafka 3.9, partition.assignment.strategy: the first of the list is in force")
    private static let revocation = Parameter<String>(
        "revocation", dimension: .choice(["after-batch", "at-once"]), default: "after-batch",
        summary: "whether a worker finishes what it got before it gives partitions up, or others do that again",
        source: "Kafka 3.9, ConsumerRebalanceListener: the Java client gives up partitions within poll")
    private static let rebalanceTime = Parameter<Duration>(
        "rebalance-time", default: .seconds(3), range: .nonNegative,
        summary: "how long a rebalance takes at least: until all workers have heard of it and joined again",
        source: "Kafka 3.9, heartbeat.interval.ms; that a rebalance takes one such interval is ours"
    )
    .asCapacity(.less)
    private static let initialRebalanceDelay = Parameter<Duration>(
        "initial-rebalance-delay", default: .seconds(3), range: .nonNegative,
        summary: "how long the first worker of an empty group waits for others, and again if others came",
        source: "Kafka 3.9, group.initial.rebalance.delay.ms")
    private static let maxAttempts = Parameter<Int>(
        "max-attempts", default: 10, range: .within(1...1e9),
        summary: "after how many failures a message is skipped as a dead letter; Kafka leaves that to the client",
        source: "Spring for Apache Kafka, DefaultErrorHandler: nine retries without a pause")

    static let parameters = [
        partitions.spec, batchSize.spec, maxRequestSize.spec, ingestRate.spec, bufferMemory.spec, maxBlock.spec,
        retention.spec, retentionBytes.spec, retentionCheckInterval.spec, maxPollRecords.spec, maxPollInterval.spec,
        sessionTimeout.spec, staticMembership.spec, assignor.spec, revocation.spec, rebalanceTime.spec,
        initialRebalanceDelay.spec, maxAttempts.spec,
    ]
}

extension Kafka {
    static let kind = Kind<any Broker>(
        "kafka", summary: "a topic of logs that a group of workers reads in order; who reads which is rebalanced",
        source: "Apache Kafka 3.9", parameters: KafkaSettings.parameters
    ) { Kafka(KafkaSettings($0)) }
}
