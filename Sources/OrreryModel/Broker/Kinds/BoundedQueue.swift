import OrreryKernel

/// One queue with a limited number of places, first in first out; when it is full, the newest item is refused.
///
/// A worker has one item at a time and asks for the next when it is done. What a worker had that crashed goes back to
/// the front; what a worker hands back is a dead letter.
struct BoundedQueue: Broker {
    let capacity: Int?
    private var waiting = Line<Copy>()
    private var idleCount = 0
    /// Who said that it goes.
    private var leaving: Set<WorkerID> = []

    /// A queue with this many places; nil for as many as needed.
    init(capacity: Int?) {
        self.capacity = capacity
    }

    var fillsBuffers: Bool { false }
    var depth: Int { waiting.count }
    var held: [Copy] { waiting.elements }

    mutating func handle(_ input: BrokerInput, port: inout BrokerPort) {
        switch input {
        case .published(let publication):
            if idleCount > 0 {
                port.confirm(publication.copy)
                idleCount -= 1
                port.deliver(publication.copy, to: port.idle.takeWorker())
            } else if let capacity, depth >= capacity {
                port.refuse(publication.copy, .brokerFull)
            } else {
                port.confirm(publication.copy)
                port.hold(publication.copy)
                waiting.append(publication.copy)
            }
        case .joined(let worker), .acknowledged(_, let worker):
            if leaving.contains(worker) { return }
            if let copy = waiting.removeFirst() {
                port.idle.workerBecameIdle(worker)
                port.deliver(copy, to: port.idle.takeWorker())
            } else {
                idleCount += 1
                port.idle.workerBecameIdle(worker)
            }
        case .rejected(let copy, let worker):
            port.drop(copy, .deadLettered)
            handle(.joined(worker), port: &port)
        case .returned(let copy, _):
            port.hold(copy)
            waiting.prepend(copy)
        case .leaving(let worker):
            if port.idle.workerLeft(worker) { idleCount -= 1 }
            leaving.insert(worker)
        case .left(let worker):
            if port.idle.workerLeft(worker) { idleCount -= 1 }
            leaving.remove(worker)
        case .acknowledgedLate, .woken: break
        }
    }

    private static let capacity = Parameter<Int>(
        optional: "capacity", range: .within(0...1e9), summary: "how many items may wait; left out, there is no limit"
    )
    .asCapacity()

    static let kind = Kind<any Broker>(
        "bounded-queue", summary: "one first-in first-out queue; when it is full, the newest item is refused",
        parameters: [capacity.spec]
    ) { BoundedQueue(capacity: $0[optional: capacity]) }
}
