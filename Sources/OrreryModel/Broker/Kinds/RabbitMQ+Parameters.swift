import OrreryKernel

extension RabbitMQ {
    /// What happens to a message that a full queue has no place for.
    enum Overflow: String, CaseIterable, Sendable {
        /// The oldest ready message is dropped, and the new one is let in and confirmed.
        case dropHead = "drop-head"
        /// The new message is turned away.
        case rejectPublish = "reject-publish"
        /// The new message is turned away and becomes a dead letter.
        case rejectPublishDeadLetter = "reject-publish-dlx"
    }

    /// The parameters, decoded.
    struct Settings: Sendable {
        let maxLength: Int?
        /// In bytes.
        let maxLengthBytes: Int64?
        let overflow: Overflow
        let hasConfirms: Bool
        let confirmLatency: Duration
        /// Zero for as many as there are.
        let prefetch: Int
        /// Nil for as often as it takes.
        let deliveryLimit: Int?
        let acknowledgementTimeout: Duration
        /// In bytes.
        let memoryLimit: Int64?
        let messageCost: Duration
        /// By how many seconds one ready message makes an operation longer.
        let backlogCost: Double

        /// Settings from checked values.
        init(_ values: ParameterValues) {
            guard let overflow = Overflow(rawValue: values[RabbitMQ.overflow]) else {
                violation("no overflow is called \(values[RabbitMQ.overflow])")
            }
            let limit = values[RabbitMQ.deliveryLimit]
            maxLength = values[optional: RabbitMQ.maxLength]
            maxLengthBytes = values[optional: RabbitMQ.maxLengthBytes]?.bytes
            self.overflow = overflow
            hasConfirms = values[RabbitMQ.confirms] == "yes"
            confirmLatency = values[RabbitMQ.confirmLatency]
            prefetch = values[RabbitMQ.prefetch]
            deliveryLimit = limit < 0 ? nil : limit
            acknowledgementTimeout = values[RabbitMQ.acknowledgementTimeout]
            memoryLimit = values[optional: RabbitMQ.memoryLimit]?.bytes
            messageCost = values[RabbitMQ.messageCost]
            backlogCost = messageCost.seconds * values[RabbitMQ.backlogCost] / 1000
        }
    }

    static let kind = Kind<any Broker>(
        "rabbitmq",
        summary: "one queue of RabbitMQ, with prefetch, acknowledgements, publisher confirms and flow control",
        source: "rabbitmq.com/docs: maxlength, confirms, consumers, memory, flow-control; observed on 3.10.8",
        parameters: [
            maxLength.spec, maxLengthBytes.spec, overflow.spec, confirms.spec, confirmLatency.spec, prefetch.spec,
            deliveryLimit.spec, acknowledgementTimeout.spec, memoryLimit.spec, messageCost.spec, backlogCost.spec,
        ],
        conflict: conflict
    ) { RabbitMQ(Settings($0)) }

    private static let maxLength = Parameter<Int>(
        optional: "max-length", range: .within(0...1e9),
        summary: "how many messages may be ready, those that consumers have not counted; left out, there is no limit"
    )
    .asCapacity()
    private static let maxLengthBytes = Parameter<ByteCount>(
        optional: "max-length-bytes", range: .nonNegative,
        summary: "how large the ready messages may be together; left out, there is no limit")
    private static let overflow = Parameter<String>(
        "overflow", dimension: .choice(Overflow.allCases.map(\.rawValue)), default: Overflow.dropHead.rawValue,
        summary: "what a full queue does: drop the oldest, turn the newest away, or turn it away as a dead letter",
        source: "drop-head (rabbitmq.com/docs/maxlength)")
    private static let confirms = Parameter<String>(
        "confirms", dimension: .choice(["yes", "no"]), default: "yes",
        summary: "whether producers hear what became of a message; without, what is turned away is lost silently",
        source: "yes, as reliable publishing needs them (rabbitmq.com/docs/confirms); the protocol's default is no")
    private static let confirmLatency = Parameter<Duration>(
        "confirm-latency", default: .zero, range: .within(0...3600),
        summary: "from taking a message in to confirming it; 100ms and more for a loaded disk",
        source: "none, as for messages that need not be on disk (rabbitmq.com/docs/confirms)")
    private static let prefetch = Parameter<Int>(
        "prefetch", default: 250, range: .within(0...1e9),
        summary: "how many unacknowledged messages a consumer may have; 0 for no limit",
        source: "250, Spring AMQP's default; 100 to 300 is usually optimal (rabbitmq.com/docs/confirms)")
    private static let deliveryLimit = Parameter<Int>(
        "delivery-limit", default: 20, range: .within(-1...1e6),
        summary: "how often a message may come back before it is a dead letter; -1 for no limit",
        source: "20, of quorum queues since 4.0 (rabbitmq.com/docs/quorum-queues); classic queues have no limit")
    private static let acknowledgementTimeout = Parameter<Duration>(
        "ack-timeout", default: .minutes(30), range: .within(60...31_536_000),
        summary: "how long a consumer may have a message before its channel is closed, checked once a minute",
        source: "30 min, not sensible below one minute (rabbitmq.com/docs/consumers)")
    private static let memoryLimit = Parameter<ByteCount>(
        optional: "memory-limit", range: .positive,
        summary: "producers are blocked while all messages, also those that consumers have, are larger than this"
    )
    .asCapacity()
    private static let messageCost = Parameter<Duration>(
        "message-cost", default: .zero, range: .within(0...3600),
        summary: "how long the queue process takes to take in a message, and again to deliver it",
        source: "none: one process handles tens of thousands of messages per second; ours")
    private static let backlogCost = Parameter<Double>(
        "backlog-cost", dimension: .share, default: 0, range: .within(0...1e3),
        summary: "by how much every thousand ready messages raise the message cost",
        source: "none; that a backlog costs, but not how much: rabbitmq.com/blog/2011/09/24/sizing-your-rabbits")

    @Sendable private static func conflict(_ values: ParameterValues) -> String? {
        let isLimited = values[optional: maxLength] != nil || values[optional: maxLengthBytes] != nil
        if values[overflow] != Overflow.dropHead.rawValue && !isLimited {
            return "overflow says what a full queue does, but neither max-length nor max-length-bytes limits it"
        }
        if values[confirms] == "no" && values[confirmLatency] > .zero {
            return "confirm-latency delays confirms, but confirms says no"
        }
        if values[backlogCost] > 0 && values[messageCost] == .zero {
            return "backlog-cost raises message-cost, which is zero"
        }
        return nil
    }
}
