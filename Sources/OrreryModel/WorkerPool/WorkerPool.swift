import OrreryKernel

/// Equal workers: each asks the broker for an item, serves it, hands it to the store, and asks again.
struct WorkerPool: Sendable {
    private let plan: WorkerPoolPlan
    private var policy: any AssignmentPolicy
    private var stream: RandomStream
    /// What each worker serves.
    private var serving: ContiguousArray<ItemID?>

    /// A pool whose workers are all idle.
    init(plan: WorkerPoolPlan, stream: RandomStream) {
        self.plan = plan
        self.stream = stream
        policy = plan.assignment.make()
        serving = ContiguousArray(repeating: nil, count: plan.count)
    }

    /// How many workers serve an item.
    var busyCount: Int { serving.count { $0 != nil } }

    /// How many workers serve none.
    var idleCount: Int { serving.count { $0 == nil } }

    /// Every worker asks for work.
    mutating func start(agenda: inout Agenda<Message>) {
        for number in 0..<plan.count {
            policy.workerBecameIdle(WorkerID(number: UInt32(number)))
            agenda.schedule(.broker(.requested))
        }
    }

    mutating func handle(_ event: Message.WorkerPoolEvent, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        switch event {
        case .assigned(let item):
            let worker = policy.takeWorker()
            serving[Int(worker.number)] = item
            ledger.move(item, to: .service, at: agenda.now)
            agenda.schedule(.workers(.served(worker)), after: serviceTime(for: ledger.size(of: item)))
        case .served(let worker):
            guard let item = serving[Int(worker.number)] else {
                violation("worker \(worker.number) is done with nothing")
            }
            serving[Int(worker.number)] = nil
            policy.workerBecameIdle(worker)
            agenda.schedule(.store(.offered(item)))
            agenda.schedule(.broker(.requested))
        }
    }

    private mutating func serviceTime(for size: ByteCount) -> Duration {
        let base = plan.service.duration(using: &stream)
        guard let throughput = plan.throughput else { return base }
        return min(.limit, base + throughput.time(for: size))
    }
}
