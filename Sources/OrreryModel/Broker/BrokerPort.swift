public import OrreryKernel

/// Through which a broker sees the clock and says what it does.
public struct BrokerPort: Sendable {
    /// The current instant.
    public internal(set) var now = Instant.start
    /// Random numbers of the broker's own.
    public var random: RandomStream
    /// Which of the idle workers takes the next copy, for kinds that leave the choice to the pool.
    public var idle: any AssignmentPolicy
    /// What was done since the last look, in order.
    public internal(set) var actions: ContiguousArray<BrokerAction> = []
    /// When the broker wants to be woken; nil if it does not.
    public internal(set) var wakeTime: Instant?

    /// A port with random numbers and a choice among idle workers.
    public init(random: RandomStream, idle: any AssignmentPolicy) {
        self.random = random
        self.idle = idle
    }

    /// A published copy waits in the broker from now on.
    public mutating func hold(_ copy: Copy) { actions.append(.hold(copy)) }

    /// The producer hears that it need not keep the copy.
    public mutating func confirm(_ copy: Copy) { actions.append(.confirm(copy)) }

    /// A published copy is turned away, and the producer hears so.
    public mutating func refuse(_ copy: Copy, _ reason: LossReason) { actions.append(.refuse(copy, reason)) }

    /// A copy goes to a worker.
    public mutating func deliver(_ copy: Copy, to worker: WorkerID) { actions.append(.deliver(copy, worker)) }

    /// A copy that a worker has is taken back and waits again; what the worker does with it is in vain.
    public mutating func reclaim(_ copy: Copy, from worker: WorkerID) { actions.append(.reclaim(copy, worker)) }

    /// A copy that the broker holds, or that a worker who left or handed it back had, is gone; nobody hears of it.
    public mutating func drop(_ copy: Copy, _ reason: LossReason) { actions.append(.drop(copy, reason)) }

    /// A copy that the broker holds, or that was handed back or returned, is done after all: a worker from whom it was
    /// reclaimed has acknowledged it.
    public mutating func finish(_ copy: Copy) { actions.append(.finish(copy)) }

    /// The broker closes a worker's connection.
    ///
    /// Everything that the worker has not acknowledged must have been reclaimed before. The worker connects again after
    /// its reconnection time.
    public mutating func disconnect(_ worker: WorkerID) { actions.append(.disconnect(worker)) }

    /// Producers are not listened to from now on: what they send waits at the door.
    public mutating func closeDoor() { actions.append(.closeDoor) }

    /// Producers are listened to again.
    public mutating func openDoor() { actions.append(.openDoor) }

    /// The broker wants to be woken at an instant, if no earlier wish is open; one wake-up fulfils all wishes.
    public mutating func wake(at instant: Instant) { wakeTime = min(wakeTime ?? instant, instant) }
}

/// What a broker does.
public enum BrokerAction: BitwiseCopyable, Hashable, Sendable {
    case hold(Copy)
    case confirm(Copy)
    case refuse(Copy, LossReason)
    case deliver(Copy, WorkerID)
    case reclaim(Copy, WorkerID)
    case drop(Copy, LossReason)
    case finish(Copy)
    case disconnect(WorkerID)
    case closeDoor
    case openDoor
}
