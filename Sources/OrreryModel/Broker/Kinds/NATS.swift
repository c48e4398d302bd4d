import OrreryKernel

/// NATS without JetStream, at most once: nothing is stored, and nothing is ever sent again.
///
/// The workers are one queue group: each message goes at once to one of them, by chance, and waits in that worker's
/// client library. There the limits on what is pending lie; what exceeds them is lost, and the worker does not slow
/// down the producers. Plain subscribers can: see `StallGate`. A worker that goes drains its subscription: it gets
/// nothing more and works off what is pending, as `Drain` of nats.go does.
///
/// Left out: the bytes of the protocol around a message, and the pings by which the server finds a peer that is gone.
struct NATS: Broker {
    private let limits: Limits
    /// The queue group, in no particular order.
    private var members: ContiguousArray<Member> = []
    /// The place of each worker among the members, by its number; nil if it is not connected.
    private var places: ContiguousArray<Int?> = []
    private var gate: StallGate

    /// A server with these limits, and what its plain subscribers do.
    init(limits: Limits, gate: StallGate) {
        self.limits = limits
        self.gate = gate
    }

    var capacity: Int? { 0 }
    var closesDoor: Bool { true }
    var takesBack: Bool { false }
    var depth: Int { 0 }
    var held: [Copy] { [] }

    mutating func handle(_ input: BrokerInput, port: inout BrokerPort) {
        switch input {
        case .published(let publication): publish(publication, port: &port)
        case .joined(let worker): join(worker)
        case .leaving(let worker), .left(let worker): leave(worker)
        case .acknowledged(let copy, let worker): finish(copy, by: worker)
        case .rejected(let copy, let worker):
            port.drop(copy, .deadLettered)
            finish(copy, by: worker)
        case .returned(let copy, _): port.drop(copy, .crashed)
        case .acknowledgedLate: break
        case .woken: gate.settle(port: &port)
        }
    }

    private mutating func publish(_ publication: Publication, port: inout BrokerPort) {
        guard publication.size <= limits.maxPayload else {
            port.refuse(publication.copy, .tooLarge)
            return
        }
        // Fire and forget: the producer keeps nothing once it has sent it.
        port.confirm(publication.copy)
        if members.isEmpty {
            port.drop(publication.copy, .noSubscriber)
        } else {
            let place = port.random.index(below: members.count)
            if members[place].take(publication, limits: limits) {
                port.deliver(publication.copy, to: members[place].worker)
            } else {
                port.drop(publication.copy, .slowConsumer)
            }
        }
        gate.send(publication.size, port: &port)
    }

    private mutating func join(_ worker: WorkerID) {
        let number = Int(worker.number)
        while places.count <= number { places.append(nil) }
        guard places[number] == nil else { return }
        places[number] = members.count
        members.append(Member(worker: worker))
    }

    private mutating func leave(_ worker: WorkerID) {
        guard let place = place(of: worker), let last = members.popLast() else { return }
        places[Int(worker.number)] = nil
        if last.worker != worker {
            members[place] = last
            places[Int(last.worker.number)] = place
        }
    }

    private mutating func finish(_ copy: Copy, by worker: WorkerID) {
        if let place = place(of: worker) { members[place].finish(copy) }
    }

    private func place(of worker: WorkerID) -> Int? {
        Int(worker.number) < places.count ? places[Int(worker.number)] : nil
    }

    /// What a client and the server allow.
    struct Limits: BitwiseCopyable, Sendable {
        /// How many messages may wait in a worker's client.
        let pendingMessages: Int
        /// How many bytes may wait there.
        let pendingBytes: Int64
        /// The largest message.
        let maxPayload: ByteCount
    }
}

/// A worker's subscription in its client library.
private struct Member: Sendable {
    let worker: WorkerID
    /// The message that the worker works on; it is not pending any more.
    private var current: Copy?
    private var pending = Line<Pending>()
    private var pendingBytes: Int64 = 0

    init(worker: WorkerID) {
        self.worker = worker
    }

    /// Takes a message if the limits allow.
    mutating func take(_ publication: Publication, limits: NATS.Limits) -> Bool {
        let size = publication.size.bytes
        if pending.count >= limits.pendingMessages || pendingBytes + size > limits.pendingBytes { return false }
        if current == nil {
            current = publication.copy
        } else {
            pending.append(Pending(copy: publication.copy, size: size))
            pendingBytes += size
        }
        return true
    }

    /// The worker is done with a message, and takes the next.
    ///
    /// - Complexity: O(1) if the worker does them in turn, else O(pending)
    mutating func finish(_ copy: Copy) {
        if copy == current {
            let next = pending.removeFirst()
            pendingBytes -= next?.size ?? 0
            current = next?.copy
        } else if let other = pending.elements.first(where: { $0.copy == copy }) {
            pendingBytes -= other.size
            _ = pending.removeAll { $0.copy == copy }
        }
    }

    private struct Pending: BitwiseCopyable, Sendable {
        let copy: Copy
        let size: Int64
    }
}

extension NATS {
    private static let pendingMessages = Parameter<Int>(
        "pending-messages", default: 500_000, range: .within(1...1e9),
        summary: "how many messages may wait in a worker's client; what exceeds it is lost",
        source: "nats.go, DefaultSubPendingMsgsLimit; 65536 in older clients and on the page on slow consumers")
    private static let pendingBytes = Parameter<ByteCount>(
        "pending-bytes", default: ByteCount(64 << 20), range: .positive,
        summary: "how many bytes may wait in a worker's client; what exceeds it is lost",
        source: "nats.go, DefaultSubPendingBytesLimit")
    private static let subscriberRate = Parameter<DataRate>(
        optional: "subscriber-rate", range: .positive,
        summary: "how fast the slowest plain subscriber reads; left out, all read at once what they are sent")
    private static let stuckSubscribers = Parameter<Int>(
        "stuck-subscribers", default: 0, range: .within(0...1000),
        summary: "how many plain subscribers, which get every message, stop reading; one is enough to stall everybody",
        source: "a fault, so none")
    private static let stuckAt = Parameter<Duration>(
        "stuck-at", default: .zero, range: .nonNegative,
        summary: "how long after the start they stop reading, for good",
        source: "from the start, unless said otherwise")
    private static let stuckReconnect = Parameter<String>(
        "stuck-reconnect", dimension: .choice(["no", "yes"]), default: "no",
        summary: "whether a stuck subscriber that the server has cut off connects again and is stuck again",
        source: "a process that hangs does not notice that it was cut off")
    private static let maxPending = Parameter<ByteCount>(
        "max-pending", default: ByteCount(64 << 20), range: .positive,
        summary: "how many bytes the server keeps for one plain subscriber; beyond half of it producers wait",
        source: "docs.nats.io, server configuration, max_pending; the half: nats-server 2.9, client.go, queueOutbound")
    private static let writeDeadline = Parameter<Duration>(
        "write-deadline", default: .seconds(10), range: .positive,
        summary: "how long a write to a plain subscriber may be blocked until the server cuts it off",
        source: "docs.nats.io, server configuration, write_deadline")
    private static let socketBuffer = Parameter<ByteCount>(
        "socket-buffer", default: ByteCount(64_000), range: .nonNegative,
        summary: "how many bytes the operating system takes for a peer that does not read",
        source: "a usual order of magnitude; Linux adapts its buffers from some kilobytes to some megabytes")
    private static let reconnectWait = Parameter<Duration>(
        "reconnect-wait", default: .seconds(2), range: .nonNegative,
        summary: "how long a subscriber that was cut off waits before it connects again",
        source: "nats.go, DefaultReconnectWait")
    private static let reconnectJitter = Parameter<Duration>(
        "reconnect-jitter", default: .milliseconds(100), range: .nonNegative,
        summary: "how much longer it waits at most, by chance", source: "nats.go, DefaultReconnectJitter")
    private static let fastProducerStall = Parameter<String>(
        "fast-producer-stall", dimension: .choice(["stall", "drop"]), default: "stall",
        summary: "whether producers wait for a slow plain subscriber, or what it does not read is dropped for it alone",
        source: "nats-server, client.go; drop is no_fast_producer_stall of version 2.11")

    /// Parameters that every kind of NATS has.
    static let maxPayload = Parameter<ByteCount>(
        "max-payload", default: ByteCount(1 << 20), range: .positive,
        summary: "the largest message; larger ones are refused", source: "nats-server, const.go, MAX_PAYLOAD_SIZE")

    static let kind = Kind<any Broker>(
        "nats", summary: "NATS core: at most once; each message to a worker by chance, lost if that one is too slow",
        source: "docs.nats.io, Core NATS, slow consumers; nats-server 2.9; checked against a server 2.9.10",
        parameters: [
            pendingMessages.spec, pendingBytes.spec, maxPayload.spec, subscriberRate.spec, stuckSubscribers.spec,
            stuckAt.spec, stuckReconnect.spec, maxPending.spec, writeDeadline.spec, socketBuffer.spec,
            reconnectWait.spec, reconnectJitter.spec, fastProducerStall.spec,
        ]
    ) { values in
        let rules = StallGate.Rules(
            maxPending: values[maxPending].bytes, writeDeadline: values[writeDeadline],
            socketBuffer: values[socketBuffer].bytes, reconnectWait: values[reconnectWait],
            reconnectJitter: values[reconnectJitter], stuckReconnect: values[stuckReconnect] == "yes")
        let stalls = values[fastProducerStall] == "stall"
        return NATS(
            limits: Limits(
                pendingMessages: values[pendingMessages], pendingBytes: values[pendingBytes].bytes,
                maxPayload: values[maxPayload]),
            gate: StallGate(
                rules: rules, stuck: stalls ? values[stuckSubscribers] : 0, stuckAt: .start + values[stuckAt],
                readerRate: stalls ? values[optional: subscriberRate] : nil))
    }
}
