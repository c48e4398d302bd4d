import OrreryKernel

/// One classic queue of a RabbitMQ server.
///
/// The limits count only what is ready, not what consumers have. Consumers with credit take turns; a copy that comes
/// back takes its original place, and is a dead letter once it came back more often than the delivery limit.
///
/// A queue is one process: with a message cost it takes turns between taking in and delivering, so that publications
/// slow deliveries down; a backlog slows both. Publications that it has not taken in yet use up credit, and without
/// credit producers are not listened to. All producers count as one connection.
///
/// Left out: replication (a quorum queue overshoots its limit by what is under way), the disk alarm (the memory alarm
/// with another name), unroutable messages, time to live, priorities, and dead-letter queues as queues.
///
/// Sources: rabbitmq.com/docs; limits, confirms and alarm as observed on 3.10.8.
struct RabbitMQ: Broker {
    private let settings: Settings
    /// What was published and the queue process has not taken in yet.
    private var mailbox = Line<QueuedMessage>()
    private var ready = ReadyQueue()
    private var unacknowledged = DeliveryTable()
    private var consumers: ConsumerTurns
    /// How many messages were ever let in.
    private var sequence = 0
    /// The size of all bodies, also of those that consumers have.
    private var storedBytes: Int64 = 0

    /// What the queue process is at, until `freeTime`.
    private var operation: Operation?
    private var lastOperation = Operation.delivery
    private var freeTime = Instant.start
    /// How many more messages producers may send, and how many were taken in since they last got more credit.
    private var credit = RabbitMQ.initialCredit
    private var takenInSinceGrant = 0
    private var isDoorClosed = false

    private var confirms = Line<PendingConfirm>()
    /// When deliveries are looked through next for one that is too old; nil if there are none.
    private var checkTime: Instant?

    private enum Operation { case takingIn, delivery }

    private struct PendingConfirm: BitwiseCopyable, Sendable {
        let copy: Copy
        let time: Instant
    }

    /// A queue with these settings.
    init(_ settings: Settings) {
        self.settings = settings
        consumers = ConsumerTurns(prefetch: settings.prefetch)
    }

    /// The limit in messages; what the queue process has not taken in yet can only push out others when it is.
    var capacity: Int? {
        let takesInLater = settings.overflow == .dropHead && settings.messageCost > .zero
        return settings.maxLength.map { $0 + (takesInLater ? RabbitMQ.initialCredit : 0) }
    }

    var closesDoor: Bool { settings.memoryLimit != nil || settings.messageCost > .zero }
    var depth: Int { mailbox.count + ready.count }
    var held: [Copy] { mailbox.elements.map(\.copy) + ready.copies }

    mutating func handle(_ input: BrokerInput, port: inout BrokerPort) {
        switch input {
        case .published(let publication): publish(publication, port: &port)
        case .joined(let worker): consumers.connect(worker)
        case .acknowledged(let copy, let worker):
            if let message = unacknowledged.remove(copy, of: worker) {
                storedBytes -= message.size.bytes
                consumers.returnCredit(of: worker)
            }
        case .rejected(let copy, let worker):
            if let message = unacknowledged.remove(copy, of: worker) {
                consumers.returnCredit(of: worker)
                port.hold(copy)
                requeue(message, port: &port)
                dropHead(port: &port)
            }
        case .returned(let copy, let worker):
            consumers.disconnect(worker)
            if let message = unacknowledged.remove(copy, of: worker) {
                port.hold(copy)
                requeue(message, port: &port)
            }
            // Everything is back in its place before anything is delivered again.
            return
        // A consumer that goes cancels its subscription first.
        case .leaving(let worker): consumers.disconnect(worker)
        case .left(let worker):
            consumers.disconnect(worker)
            dropHead(port: &port)
        case .acknowledgedLate: break
        case .woken:
            sendConfirms(port: &port)
            closeChannels(port: &port)
        }
        run(port: &port)
        moveDoor(port: &port)
        askToBeWoken(port: &port)
    }

    private mutating func publish(_ publication: Publication, port: inout BrokerPort) {
        let copy = publication.copy
        // Without confirms a producer keeps nothing, and hears of nothing.
        if !settings.hasConfirms { port.confirm(copy) }
        if settings.overflow != .dropHead && isFull(for: publication.size) {
            let reason = settings.overflow == .rejectPublish ? LossReason.brokerFull : .deadLettered
            if settings.hasConfirms { port.refuse(copy, reason) } else { port.drop(copy, reason) }
            return
        }
        let message = QueuedMessage(copy: copy, size: publication.size, sequence: sequence)
        sequence += 1
        storedBytes += message.size.bytes
        if settings.messageCost == .zero, let worker = consumers.takeTurn() {
            confirm(copy, port: &port)
            send(message, to: worker, port: &port)
        } else {
            port.hold(copy)
            credit -= 1
            mailbox.append(message)
        }
    }

    /// Whether another message of this size would exceed a limit; what is not taken in yet counts as ready.
    private func isFull(for size: ByteCount) -> Bool {
        depth >= settings.maxLength ?? Int.max
            || storedBytes - unacknowledged.bytes + size.bytes > settings.maxLengthBytes ?? Int64.max
    }

    /// A copy that is held again goes to its place, or is a dead letter.
    private mutating func requeue(_ returned: QueuedMessage, port: inout BrokerPort) {
        var message = returned
        message.failures += 1
        if let limit = settings.deliveryLimit, message.failures > limit {
            storedBytes -= message.size.bytes
            port.drop(message.copy, .deadLettered)
        } else {
            ready.putBack(message)
        }
    }

    /// Drops the oldest of what is ready until the limits are kept.
    private mutating func dropHead(port: inout BrokerPort) {
        if settings.overflow != .dropHead { return }
        while ready.count > settings.maxLength ?? Int.max || ready.bytes > settings.maxLengthBytes ?? Int64.max {
            guard let message = ready.removeFirst() else { return }
            storedBytes -= message.size.bytes
            port.drop(message.copy, .pushedOut)
        }
    }

    private mutating func send(_ message: QueuedMessage, to worker: WorkerID, port: inout BrokerPort) {
        port.deliver(message.copy, to: worker)
        unacknowledged.insert(Delivery(message: message, worker: worker, time: port.now))
        if checkTime == nil { checkTime = firstCheck(afterDeliveryAt: port.now) }
    }
}

// MARK: - The queue process

extension RabbitMQ {
    /// How many messages producers may send at first; they may send 200 more whenever 200 were taken in.
    ///
    /// Source: `credit_flow_default_credit` {400, 200} (rabbitmq.com/blog/2024/08/21/amqp-benchmarks); it was {200, 50}
    /// in 3.5.5 (rabbitmq.com/blog/2015/10/06/new-credit-flow-settings-on-rabbitmq-3-5-5).
    private static let initialCredit = 400
    private static let creditGrant = 200

    /// Does one operation after the other, as far as time has come.
    private mutating func run(port: inout BrokerPort) {
        while true {
            if let current = operation {
                if freeTime > port.now { return }
                operation = nil
                lastOperation = current
                switch current {
                case .takingIn: takeIn(port: &port)
                case .delivery: deliverFirst(port: &port)
                }
            }
            guard let next = nextOperation else { return }
            operation = next
            freeTime = port.now + cost
        }
    }

    /// What to do next: both in turn, if there is both to do.
    private var nextOperation: Operation? {
        let canDeliver = !ready.isEmpty && consumers.hasCredit
        if mailbox.isEmpty { return canDeliver ? .delivery : nil }
        return canDeliver && lastOperation == .takingIn ? .delivery : .takingIn
    }

    /// How long an operation takes now.
    private var cost: Duration {
        settings.messageCost + Duration(seconds: settings.backlogCost * Double(ready.count))
    }

    private mutating func takeIn(port: inout BrokerPort) {
        guard let message = mailbox.removeFirst() else { return }
        takenInSinceGrant += 1
        if takenInSinceGrant == RabbitMQ.creditGrant {
            credit += RabbitMQ.creditGrant
            takenInSinceGrant = 0
        }
        confirm(message.copy, port: &port)
        ready.append(message)
        // What finds the queue empty and a consumer waiting goes to it, also if the queue has no place at all.
        if ready.count > 1 || !consumers.hasCredit { dropHead(port: &port) }
    }

    private mutating func deliverFirst(port: inout BrokerPort) {
        // While it worked, the copy may have been pushed out, or the consumer may have left.
        if ready.isEmpty { return }
        guard let worker = consumers.takeTurn(), let message = ready.removeFirst() else { return }
        send(message, to: worker, port: &port)
    }

    /// Producers are blocked while they have no credit, and during a memory alarm.
    private mutating func moveDoor(port: inout BrokerPort) {
        let isBlocked = credit == 0 || storedBytes > settings.memoryLimit ?? Int64.max
        if isBlocked == isDoorClosed { return }
        isDoorClosed = isBlocked
        if isBlocked { port.closeDoor() } else { port.openDoor() }
    }
}

// MARK: - What happens later

extension RabbitMQ {
    /// Deliveries are looked through at every full minute of the run, if one can be too old by then.
    ///
    /// Source: rabbitmq.com/docs/consumers: the time-out is checked once a minute.
    private static let checkInterval = Duration.minutes(1)

    private mutating func askToBeWoken(port: inout BrokerPort) {
        if operation != nil { port.wake(at: freeTime) }
        if let pending = confirms.first { port.wake(at: pending.time) }
        if let checkTime { port.wake(at: checkTime) }
    }

    private mutating func confirm(_ copy: Copy, port: inout BrokerPort) {
        if !settings.hasConfirms { return }
        if settings.confirmLatency == .zero {
            port.confirm(copy)
        } else {
            confirms.append(PendingConfirm(copy: copy, time: port.now + settings.confirmLatency))
        }
    }

    private mutating func sendConfirms(port: inout BrokerPort) {
        while let pending = confirms.first, pending.time <= port.now {
            _ = confirms.removeFirst()
            port.confirm(pending.copy)
        }
    }

    /// The first check at which a delivery of this time is older than the time-out.
    private func firstCheck(afterDeliveryAt time: Instant) -> Instant {
        let interval = RabbitMQ.checkInterval.nanoseconds
        let deadline = time + settings.acknowledgementTimeout
        return Instant(nanoseconds: (deadline.nanoseconds / interval + 1) * interval)
    }

    /// Closes the channel of every consumer that has had something for too long; all that it has comes back.
    private mutating func closeChannels(port: inout BrokerPort) {
        guard let time = checkTime, time <= port.now else { return }
        let deliveries = unacknowledged.deliveries.sorted { $0.message.sequence < $1.message.sequence }
        var late: ContiguousArray<WorkerID> = []
        for delivery in deliveries where firstCheck(afterDeliveryAt: delivery.time) <= port.now {
            if !late.contains(delivery.worker) { late.append(delivery.worker) }
        }
        for delivery in deliveries where late.contains(delivery.worker) {
            guard let message = unacknowledged.remove(delivery.message.copy, of: delivery.worker) else { continue }
            port.reclaim(message.copy, from: delivery.worker)
            requeue(message, port: &port)
        }
        for worker in late {
            consumers.disconnect(worker)
            port.disconnect(worker)
        }
        dropHead(port: &port)
        checkTime = unacknowledged.deliveries.lazy.map(\.time).min().map { firstCheck(afterDeliveryAt: $0) }
    }
}
