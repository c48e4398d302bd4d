import OrreryKernel

// What an autoscaler does to the pool.
//
// ```
//   start ─► booting ── boot time ──► active ── stop ─► retiring ── broker knows, work done ──► absent
//               └──────────────── stop ──────────────────────────────────────────────────────────►
// ```
//
// A worker that is to go tells the broker, which gives it nothing more, and goes when it is done with the copy that it
// works on. The rest of what it has goes back, or, where the broker cannot take it back, is worked off first.
extension WorkerPool {
    /// How many replicas are asked for: those that boot and those that take part.
    var replicaCount: Int { workers.count { $0.phase == .booting || $0.phase == .active } }

    /// How many copies the workers have.
    var backlog: Int {
        workers.reduce(0) { $0 + $1.buffer.count + ($1.serving == nil || $1.isTakenBack ? 0 : 1) }
    }

    /// How long a copy of this size takes on average.
    func expectedWork(for size: ByteCount) -> Double {
        plan.service.sampler.mean + (plan.throughput?.time(for: size).seconds ?? 0)
    }

    /// Starts a replica that boots for so long.
    mutating func startReplica(booting time: Duration, agenda: inout Agenda<Message>) {
        let number = workers.firstIndex(where: \.isFree) ?? workers.count
        if number == workers.count {
            var unused = Worker()
            unused.phase = .absent
            workers.append(unused)
        }
        let worker = WorkerID(number: UInt32(number))
        let now = agenda.now
        change(worker, at: now) { $0.boot(at: now) }
        agenda.schedule(.workers(.booted(worker, shift: workers[worker].shift)), after: time)
    }

    /// A replica has booted, and is slow for a while; nothing happens if it was given up before.
    mutating func finishBoot(_ worker: WorkerID, shift: UInt32, agenda: inout Agenda<Message>) {
        guard workers[worker].phase == .booting && workers[worker].shift == shift else { return }
        let slowEnd = agenda.now + (plan.autoscaler?.slowStart ?? .zero)
        change(worker, at: agenda.now) { state in
            state.phase = .active
            state.slowUntil = slowEnd
        }
        if haltCount == 0 { rise(worker, agenda: &agenda) }
        if !workers[worker].mayCrash {
            workers[worker].mayCrash = true
            awaitCrash(of: worker, agenda: &agenda)
        }
    }

    /// Stops so many replicas: those that are not ready first, then the newest.
    ///
    /// Source: kubernetes, `pkg/controller/controller_utils.go`, `ActivePodsWithRanks`.
    mutating func stopReplicas(_ count: Int, agenda: inout Agenda<Message>) {
        let candidates = workers.indices.filter { workers[$0].phase == .booting || workers[$0].phase == .active }
        let ordered = candidates.sorted { one, other in
            let (first, second) = (workers[one], workers[other])
            if first.rank != second.rank { return first.rank < second.rank }
            if first.started != second.started { return first.started > second.started }
            return one > other
        }
        for number in ordered.prefix(count) { stopReplica(WorkerID(number: UInt32(number)), agenda: &agenda) }
    }

    private mutating func stopReplica(_ worker: WorkerID, agenda: inout Agenda<Message>) {
        // What boots, or has crashed, has nothing to finish.
        let isWorking = workers[worker].phase == .active && workers[worker].isUp
        change(worker, at: agenda.now) { $0.phase = isWorking ? .retiring : .absent }
        if isWorking { agenda.schedule(.broker(.leaving(worker)), after: plan.halfRoundTrip) }
    }

    /// The broker has heard that a worker is going; its consent travels back.
    mutating func hearGoodbye(_ worker: WorkerID, agenda: inout Agenda<Message>) {
        agenda.schedule(.workers(.released(worker)), after: plan.halfRoundTrip)
    }

    /// A worker hears that the broker will send it nothing more.
    mutating func release(_ worker: WorkerID, agenda: inout Agenda<Message>) {
        guard workers[worker].phase == .retiring else { return }
        workers[worker].isReleased = true
        departIfDone(worker, agenda: &agenda)
    }

    /// A worker that is going goes, if nothing holds it any more.
    mutating func departIfDone(_ worker: WorkerID, agenda: inout Agenda<Message>) {
        guard workers[worker].phase == .retiring, workers[worker].serving == nil,
            !worksOffBuffers || workers[worker].buffer.isEmpty
        else { return }
        goDown(worker, agenda: &agenda)
        callLocks(.left(worker))
    }

    /// A worker is down, for good if it was going; the broker learns of it half a round trip later.
    mutating func goDown(_ worker: WorkerID, agenda: inout Agenda<Message>) {
        change(worker, at: agenda.now) { state in
            state.isUp = false
            state.departures += 1
            state.life &+= 1
            if state.phase == .retiring { state.phase = .absent }
        }
        agenda.schedule(.broker(.left(worker)), after: plan.halfRoundTrip)
    }

    /// Whether a worker may begin with a copy.
    func mayBegin(_ worker: WorkerID) -> Bool {
        workers[worker].isListening && (workers[worker].phase == .active || worksOffBuffers)
    }

    /// Changes a worker, and with it the numbers of replicas.
    mutating func change(_ worker: WorkerID, at now: Instant, _ body: (inout Worker) -> Void) {
        tally.count(workers[worker], -1)
        let wasReady = workers[worker].isUp
        body(&workers[worker])
        if workers[worker].isUp != wasReady { workers[worker].changed = now }
        tally.count(workers[worker], +1)
    }

    /// The replicas that are asked for, as the controller sees them without their usage, with their numbers.
    var replicas: [(worker: UInt32, view: ReplicaView)] {
        workers.indices.compactMap { number in
            let worker = workers[number]
            guard worker.phase == .booting || worker.phase == .active else { return nil }
            let state: ReplicaView.State = worker.phase == .booting ? .booting : worker.isUp ? .ready : .down
            let view = ReplicaView(state: state, started: worker.started, changed: worker.changed, usage: nil)
            return (UInt32(number), view)
        }
    }
}

extension Worker {
    /// Who is stopped first: what boots, then what has crashed.
    fileprivate var rank: Int { phase == .booting ? 0 : isUp ? 2 : 1 }
}
