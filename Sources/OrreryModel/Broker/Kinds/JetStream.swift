import OrreryKernel

/// JetStream, the storage of NATS: one stream, and one durable consumer that all workers share.
///
/// The stream keeps what is published, within its limits, whether it was done or not; the consumer hands it out in
/// order, and again what was not acknowledged in time, before anything new. The connection of a worker plays no role:
/// what a crashed worker had comes back only when its time to acknowledge is over. One that goes gets nothing more and
/// works off what it has, as `Drain` of nats.go does.
///
/// What the limits remove while a worker has it stays with the worker, but is not delivered again. An acknowledgement
/// that comes too late, when the message waits again or another worker has it, counts, as it does in the real server.
///
/// Left out: the bytes that a server adds to each message, the duplicate window (a retry is a message of its own),
/// limits per subject, delayed naks and growing waits, a worker's word that it is still at it, replicas.
struct JetStream: Broker {
    private let limits: Limits
    private let rules: Rules
    /// What is stored, oldest first, and, until they are swept out, messages that are not stored any more.
    private var log = Line<Stored>()
    private var storedCount = 0
    private var storedBytes: Int64 = 0
    /// How many messages at the end of the log were never delivered.
    private var freshCount = 0
    /// What was delivered and is not acknowledged.
    private var pending: [Copy: Pending] = [:]
    /// How many of these count towards `maxAckPending`.
    private var pendingCount = 0
    /// How many of these the broker holds.
    private var returnedCount = 0
    /// What is to be delivered again, in order; some of it may have been settled since.
    private var redeliveries = Line<Copy>()
    /// The ends of the waits for acknowledgements, in order; most have been settled when their time comes.
    private var deadlines = Line<Deadline>()
    private var requests: PullRequests

    /// An empty stream.
    init(limits: Limits, rules: Rules) {
        self.limits = limits
        self.rules = rules
        requests = PullRequests(batch: rules.pullBatch)
    }

    var capacity: Int? { limits.maxMessages }
    var takesBack: Bool { false }
    var depth: Int { freshCount + returnedCount }
    var held: [Copy] {
        log.elements.enumerated().compactMap { place, stored in
            let isFresh = place >= log.count - freshCount
            return isFresh || pending[stored.copy]?.isHeld == true ? stored.copy : nil
        }
    }

    /// The messages that are stored, done or not; for checks.
    var stored: [Copy] {
        log.elements.enumerated().compactMap { place, stored in
            let isFresh = place >= log.count - freshCount
            return isFresh || !limits.removesDone || pending[stored.copy] != nil ? stored.copy : nil
        }
    }

    mutating func handle(_ input: BrokerInput, port: inout BrokerPort) {
        expire(port: &port)
        switch input {
        case .published(let publication): publish(publication, port: &port)
        case .joined(let worker): requests.join(worker)
        case .leaving(let worker), .left(let worker): requests.leave(worker)
        case .acknowledged(let copy, let worker), .acknowledgedLate(let copy, let worker):
            acknowledge(copy, by: worker, port: &port)
        case .rejected(let copy, let worker):
            guard pending[copy]?.worker == worker else {
                port.finish(copy)
                break
            }
            takeBack(copy, port: &port)
            requests.give(back: worker)
            redeliver(copy, port: &port)
        case .returned(let copy, let worker):
            if pending[copy]?.worker == worker { takeBack(copy, port: &port) } else { port.finish(copy) }
        case .woken: break
        }
        endWaits(port: &port)
        deliver(port: &port)
        wake(port: &port)
    }

    /// What the stream keeps.
    struct Limits: BitwiseCopyable, Sendable {
        let maxMessages: Int?
        let maxBytes: Int64?
        let maxAge: Duration?
        let maxMessageSize: ByteCount
        /// Whether a full stream refuses new messages; else it drops the oldest.
        let discardsNew: Bool
        /// Whether a message that is acknowledged is not stored any more.
        let removesDone: Bool
    }

    /// How the consumer delivers.
    struct Rules: BitwiseCopyable, Sendable {
        let ackWait: Duration
        let maxDeliver: Int?
        let maxAckPending: Int
        /// How many messages a worker asks for at once; nil if the server pushes.
        let pullBatch: Int?
    }

    private struct Stored: BitwiseCopyable, Sendable {
        let copy: Copy
        let size: Int64
        let time: Instant
    }

    private struct Deadline: BitwiseCopyable, Sendable {
        let copy: Copy
        /// Which delivery of it.
        let delivery: Int
        let time: Instant
    }

    private struct Pending: BitwiseCopyable, Sendable {
        let size: Int64
        /// Who has it; nil if the broker holds it.
        var worker: WorkerID?
        /// How often it was delivered.
        var deliveries = 0
        /// Whether it is to be delivered again.
        var isQueued = false
        /// Whether it is in the stream.
        var isStored = true
        /// Why it is not delivered again, and so lost if the worker that has it does not do it; nil if it would be.
        var loss: LossReason?

        /// Whether it waits in the broker.
        var isHeld: Bool { worker == nil && loss == nil }
    }
}

// MARK: - The stream

extension JetStream {
    private mutating func publish(_ publication: Publication, port: inout BrokerPort) {
        let size = publication.size.bytes
        if publication.size > limits.maxMessageSize {
            port.refuse(publication.copy, .tooLarge)
            return
        }
        if limits.discardsNew, exceeds(count: storedCount + 1, bytes: storedBytes + size) {
            port.refuse(publication.copy, .brokerFull)
            return
        }
        port.confirm(publication.copy)
        port.hold(publication.copy)
        log.append(Stored(copy: publication.copy, size: size, time: port.now))
        freshCount += 1
        storedCount += 1
        storedBytes += size
        while exceeds(count: storedCount, bytes: storedBytes) { removeOldest(.pushedOut, port: &port) }
    }

    private func exceeds(count: Int, bytes: Int64) -> Bool {
        count > limits.maxMessages ?? .max || bytes > limits.maxBytes ?? .max
    }

    private mutating func expire(port: inout BrokerPort) {
        guard let maxAge = limits.maxAge else { return }
        while let oldest = log.first, oldest.time + maxAge <= port.now { removeOldest(.expired, port: &port) }
    }

    /// Takes the first message out of the log, and drops it if the broker holds it.
    private mutating func removeOldest(_ reason: LossReason, port: inout BrokerPort) {
        let isFresh = freshCount == log.count
        guard let oldest = log.removeFirst() else { return }
        let copy = oldest.copy
        if isFresh {
            freshCount -= 1
            port.drop(copy, reason)
        } else if var message = pending[copy] {
            if message.loss == nil { pendingCount -= 1 }
            if message.isHeld {
                returnedCount -= 1
                port.drop(copy, reason)
            }
            message.isStored = false
            message.loss = message.loss ?? reason
            pending[copy] = message.worker == nil ? nil : message
        } else if limits.removesDone {
            return
        }
        storedCount -= 1
        storedBytes -= oldest.size
    }

    /// A message that is done is not stored any more.
    ///
    /// The log loses such messages when they come to its front, and everywhere if they prevail.
    private mutating func removeDone(_ message: Pending) {
        storedCount -= 1
        storedBytes -= message.size
        while log.count > freshCount, let first = log.first, pending[first.copy] == nil { _ = log.removeFirst() }
        guard log.count > 2 * storedCount + 64 else { return }
        let deliveredCount = log.count - freshCount
        for place in 0..<log.count {
            guard let stored = log.removeFirst() else { return }
            if place >= deliveredCount || pending[stored.copy] != nil { log.append(stored) }
        }
    }
}

// MARK: - The consumer

extension JetStream {
    /// Gives messages to workers that ask, as long as there are both.
    private mutating func deliver(port: inout BrokerPort) {
        while !requests.isEmpty, let (copy, next) = takeNext(), let worker = requests.take(random: &port.random) {
            var message = next
            message.worker = worker
            message.isQueued = false
            message.deliveries += 1
            pending[copy] = message
            deadlines.append(Deadline(copy: copy, delivery: message.deliveries, time: port.now + rules.ackWait))
            port.deliver(copy, to: worker)
        }
    }

    /// The next message to deliver: first what is delivered again, which needs no room among the pending ones because
    /// it never left them.
    private mutating func takeNext() -> (Copy, Pending)? {
        while let copy = redeliveries.removeFirst() {
            if let message = pending[copy], message.isQueued {
                returnedCount -= 1
                return (copy, message)
            }
        }
        if freshCount == 0 || pendingCount >= rules.maxAckPending { return nil }
        let stored = log[log.count - freshCount]
        freshCount -= 1
        pendingCount += 1
        return (stored.copy, Pending(size: stored.size))
    }

    private mutating func acknowledge(_ copy: Copy, by worker: WorkerID, port: inout BrokerPort) {
        guard let message = pending.removeValue(forKey: copy) else { return }
        guard message.worker == worker || message.loss == nil else {
            pending[copy] = message
            return
        }
        if let holder = message.worker {
            requests.give(back: holder)
        } else {
            returnedCount -= 1
            port.finish(copy)
        }
        if message.loss == nil { pendingCount -= 1 }
        if message.isStored && limits.removesDone { removeDone(message) }
    }

    /// A worker has a message no longer: the broker holds it, unless it is not to be delivered again.
    private mutating func takeBack(_ copy: Copy, port: inout BrokerPort) {
        guard var message = pending[copy] else { return }
        message.worker = nil
        pending[copy] = message
        if let loss = message.loss {
            if !message.isStored { pending[copy] = nil }
            port.drop(copy, loss)
        } else {
            returnedCount += 1
            port.hold(copy)
        }
    }

    /// A message that the broker holds is delivered again next, or given up if it was delivered too often; then it
    /// stays stored, as in the real server, until the limits remove it.
    private mutating func redeliver(_ copy: Copy, port: inout BrokerPort) {
        guard var message = pending[copy], message.isHeld else { return }
        if mayDeliver(message) {
            message.isQueued = true
            redeliveries.append(copy)
        } else {
            message.loss = .deadLettered
            pendingCount -= 1
            returnedCount -= 1
            port.drop(copy, .deadLettered)
        }
        pending[copy] = message
    }

    private func mayDeliver(_ message: Pending) -> Bool { message.deliveries < rules.maxDeliver ?? .max }

    /// Delivers again what was not acknowledged in time, and forgets the deadlines of what was.
    private mutating func endWaits(port: inout BrokerPort) {
        guard let next = deadlines.first, next.time <= port.now else { return }
        while let deadline = deadlines.first {
            if let message = pending[deadline.copy], message.deliveries == deadline.delivery, !message.isQueued,
                message.loss == nil
            {
                if deadline.time > port.now { return }
                endWait(deadline.copy, message, port: &port)
            }
            _ = deadlines.removeFirst()
        }
    }

    private mutating func endWait(_ copy: Copy, _ message: Pending, port: inout BrokerPort) {
        var message = message
        if let worker = message.worker {
            if mayDeliver(message) {
                message.worker = nil
                returnedCount += 1
                port.reclaim(copy, from: worker)
                // The server hears nothing of a worker that goes on in vain, so the worker counts as asking again.
                requests.give(back: worker)
            } else {
                // Nobody else gets it; the worker may still do it.
                message.loss = .deadLettered
                pendingCount -= 1
            }
            pending[copy] = message
        }
        redeliver(copy, port: &port)
    }

    /// Wakes when the next wait ends, and when the age limit next concerns a message that the broker holds or one that
    /// stands in the way of others.
    private func wake(port: inout BrokerPort) {
        if let deadline = deadlines.first { port.wake(at: deadline.time) }
        guard let maxAge = limits.maxAge else { return }
        let place = returnedCount > 0 || pendingCount >= rules.maxAckPending ? 0 : log.count - freshCount
        if place < log.count { port.wake(at: log[place].time + maxAge) }
    }
}

// MARK: - The parameters

extension JetStream {
    private static let maxMessages = Parameter<Int>(
        optional: "max-messages", range: .within(1...1e9),
        summary: "how many messages the stream stores; left out, there is no limit")
    private static let maxBytes = Parameter<ByteCount>(
        optional: "max-bytes", range: .positive, summary: "how many bytes it stores; left out, there is no limit")
    private static let maxAge = Parameter<Duration>(
        optional: "max-age", range: .positive, summary: "how long it stores a message; left out, there is no limit")
    private static let maxMessageSize = Parameter<ByteCount>(
        optional: "max-message-size", range: .positive,
        summary: "the largest message; left out, only the server's max-payload is a limit")
    private static let discard = Parameter<String>(
        "discard", dimension: .choice(["old", "new"]), default: "old",
        summary: "whether a full stream drops its oldest message or refuses the new one",
        source: "docs.nats.io, JetStream, streams, DiscardPolicy")
    private static let retention = Parameter<String>(
        "retention", dimension: .choice(["limits", "work-queue"]), default: "limits",
        summary: "whether messages that are done stay stored until a limit removes them, or are removed at once",
        source: "docs.nats.io, JetStream, streams, RetentionPolicy")
    private static let ackWait = Parameter<Duration>(
        "ack-wait", default: .seconds(30), range: .positive,
        summary: "how long after its delivery a message that is not acknowledged is delivered again",
        source: "nats-server, consumer.go, JsAckWaitDefault")
    private static let maxDeliver = Parameter<Int>(
        optional: "max-deliver", range: .within(1...1e9),
        summary: "how often a message is delivered at most; left out, there is no limit",
        source: "docs.nats.io, JetStream, consumers, MaxDeliver")
    private static let maxAckPending = Parameter<Int>(
        "max-ack-pending", default: 1000, range: .within(1...1e9),
        summary: "how many messages all workers together have without acknowledging them; at this limit delivery stops",
        source: "nats-server, consumer.go, JsDefaultMaxAckPending")
    private static let mode = Parameter<String>(
        "mode", dimension: .choice(["pull", "push"]), default: "pull",
        summary: "whether workers ask for messages, or the server sends each to a worker by chance as soon as it can",
        source: "docs.nats.io, JetStream, consumers, which recommends pull for new projects")
    private static let pullBatch = Parameter<Int>(
        "pull-batch", default: 1, range: .within(1...1e9),
        summary: "how many messages a worker asks for at once, again when all are done; without meaning in mode push",
        source: "nats.go, jetstream, Consumer.Next, which asks for one; Consume asks for 500")

    static let kind = Kind<any Broker>(
        "jetstream", summary: "a stream that stores messages and delivers each again until it is acknowledged",
        source: "docs.nats.io, JetStream; nats-server, stream.go and consumer.go; checked against a server 2.9.10",
        parameters: [
            maxMessages.spec, maxBytes.spec, maxAge.spec, maxMessageSize.spec, NATS.maxPayload.spec, discard.spec,
            retention.spec, ackWait.spec, maxDeliver.spec, maxAckPending.spec, mode.spec, pullBatch.spec,
        ]
    ) { values in
        let maxMessages = values[optional: maxMessages]
        let maxBytes = values[optional: maxBytes]
        let maxAge = values[optional: maxAge]
        let maxPayload = values[NATS.maxPayload]
        // Without a limit nobody can tell whether a message that is done is still stored.
        let isLimited = maxMessages != nil || maxBytes != nil || maxAge != nil
        return JetStream(
            limits: Limits(
                maxMessages: maxMessages, maxBytes: maxBytes?.bytes, maxAge: maxAge,
                maxMessageSize: min(maxPayload, values[optional: maxMessageSize] ?? maxPayload),
                discardsNew: values[discard] == "new",
                removesDone: values[retention] == "work-queue" || !isLimited),
            rules: Rules(
                ackWait: values[ackWait], maxDeliver: values[optional: maxDeliver],
                maxAckPending: values[maxAckPending],
                pullBatch: values[mode] == "pull" ? values[pullBatch] : nil))
    }
}
