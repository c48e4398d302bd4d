import OrreryKernel

/// No broker at all: producers send their requests straight to a server and wait for its answer.
///
/// An idle worker takes a request at once; else it waits in a backlog, and when that is full it is turned away. The
/// producer hears nothing before a worker is done. A worker that crashes takes its request with it and answers nothing
/// more, so that the producer learns of it only by its own time-out; one that goes answers first what it took in. What
/// a worker cannot do is answered with an error.
///
/// Left out: a kernel with a full backlog may also stay silent and let the client try again (`tcp_abort_on_overflow`
/// is off by default); here it refuses, as a server does that answers "503".
struct Direct: Broker {
    let capacity: Int?
    private let isNewestFirst: Bool
    private var waiting = Line<Copy>()
    private var idleCount = 0
    /// Who said that it goes.
    private var leaving: Set<WorkerID> = []

    /// A server with so many places in its backlog, from which it takes the newest or the oldest request first.
    init(backlog: Int, isNewestFirst: Bool) {
        capacity = backlog
        self.isNewestFirst = isNewestFirst
    }

    var fillsBuffers: Bool { false }
    var takesBack: Bool { false }
    var depth: Int { waiting.count }
    var held: [Copy] { waiting.elements }

    mutating func handle(_ input: BrokerInput, port: inout BrokerPort) {
        switch input {
        case .published(let publication): accept(publication.copy, port: &port)
        case .joined(let worker): serve(worker, port: &port)
        case .acknowledged(let copy, let worker):
            port.confirm(copy)
            serve(worker, port: &port)
        case .rejected(let copy, let worker):
            port.refuse(copy, .deadLettered)
            serve(worker, port: &port)
        case .returned(let copy, _): port.drop(copy, .crashed)
        case .leaving(let worker):
            if port.idle.workerLeft(worker) { idleCount -= 1 }
            leaving.insert(worker)
        case .left(let worker):
            if port.idle.workerLeft(worker) { idleCount -= 1 }
            leaving.remove(worker)
        case .acknowledgedLate, .woken: break
        }
    }

    private mutating func accept(_ copy: Copy, port: inout BrokerPort) {
        if idleCount > 0 {
            idleCount -= 1
            port.deliver(copy, to: port.idle.takeWorker())
        } else if depth == capacity {
            port.refuse(copy, .brokerFull)
        } else {
            port.hold(copy)
            if isNewestFirst { waiting.prepend(copy) } else { waiting.append(copy) }
        }
    }

    /// A worker is free: it takes what waits, or is idle.
    private mutating func serve(_ worker: WorkerID, port: inout BrokerPort) {
        if leaving.contains(worker) { return }
        if let copy = waiting.removeFirst() {
            port.deliver(copy, to: worker)
        } else {
            idleCount += 1
            port.idle.workerBecameIdle(worker)
        }
    }

    private static let newestFirst = "last-in-first-out"

    private static let backlog = Parameter<Int>(
        "backlog", default: 4096, range: .within(0...1e9),
        summary: "how many requests may wait for a worker; what comes on top is refused",
        source: "net.core.somaxconn, 4096 since Linux 5.4 (kernel.org ip-sysctl)"
    )
    .asCapacity()
    private static let order = Parameter<String>(
        "order", dimension: .choice(["first-in-first-out", newestFirst]), default: "first-in-first-out",
        summary: "which waiting request comes first; the newest first keeps some answers in time under overload",
        source: "accept(2) takes the first connection; newest first: B. Maurer, Fail at Scale, ACM Queue 13 (2015)")

    static let kind = Kind<any Broker>(
        "direct", summary: "no broker: producers call the server and wait for its answer",
        parameters: [backlog.spec, order.spec]
    ) { Direct(backlog: $0[backlog], isNewestFirst: $0[order] == newestFirst) }
}
