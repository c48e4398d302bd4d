public import OrreryKernel

/// The whole network, wired: who is connected to whom, and who handles which message.
public struct Network: SimulationModel, Sendable {
    /// The books of the run.
    public internal(set) var ledger: Ledger
    private(set) var sites: ContiguousArray<Site> = []
    /// The weather, by plan of sites.
    private let weather: ContiguousArray<WeatherPlan?>
    var uplinks: UplinkDesk
    private(set) var fleet: Fleet
    private var arrivals: ContiguousArray<Arrivals>
    var broker: BrokerDesk
    var workers: WorkerPool
    private(set) var store: Store
    var cluster: Cluster?
    private(set) var autoscaler: Autoscaler?
    var coordination: Coordination?
    var state: StateDesk?
    private(set) var operators: Operators?
    var scheduler: SchedulerDesk?
    private var faults: ContiguousArray<Fault>
    /// How many faults are going on.
    private(set) var activeFaults: LevelSeries

    /// Handles one message by the component that it concerns.
    public mutating func handle(_ message: Message, agenda: inout Agenda<Message>) {
        switch message {
        case .site(let id, let event): handle(event, of: id, agenda: &agenda)
        case .telescope(let id, let event):
            let view = view(of: id)
            fleet.handle(event, of: id, view, ledger: &ledger, agenda: &agenda)
        case .arrivals(let id, let source):
            arrivals[Int(id.number)].arrive(from: source, ledger: &ledger, agenda: &agenda)
        case .copy(let copy, let event): handle(event, of: copy, agenda: &agenda)
        case .uplink(let id, .changed):
            switch uplinks.change(of: id, agenda: &agenda) {
            case .finished(let copy): leaveUplink(copy, of: id, agenda: &agenda)
            case .broken(let copies): breakUplink(copies, agenda: &agenda)
            }
        case .uplink(let id, .spellEnded): uplinks.endSpell(of: id, agenda: &agenda)
        case .broker(let event): handle(event, agenda: &agenda)
        case .workers(let event): handle(event, agenda: &agenda)
        case .store(let event): store.handle(event, ledger: &ledger, agenda: &agenda)
        case .cluster(let event): cluster?.handle(event, ledger: &ledger, agenda: &agenda)
        case .autoscaler(let event): handle(event, agenda: &agenda)
        case .coordination(let event):
            coordination?.handle(event, agenda: &agenda)
            settleLocks(agenda: &agenda)
        case .state(let event): handle(event, agenda: &agenda)
        case .operators(let event): handle(event, agenda: &agenda)
        case .scheduler(let event):
            scheduler?.handle(event, sites: sites, fleet: &fleet, uplinks: &uplinks, agenda: &agenda)
        case .fault(let id, .begins):
            activeFaults.add(+1, at: agenda.now)
            let effect = faults[Int(id.number)].effect
            effect.begin(in: &self, agenda: &agenda)
            autoscaler?.count(workers.tally, at: agenda.now)
        case .fault(let id, .ends):
            activeFaults.add(-1, at: agenda.now)
            let effect = faults[Int(id.number)].effect
            effect.end(in: &self, agenda: &agenda)
            faults[Int(id.number)].restart(agenda: &agenda)
            autoscaler?.count(workers.tally, at: agenda.now)
        case .warmUpEnded:
            ledger.restart(at: agenda.now)
            uplinks.restart(at: agenda.now)
            fleet.restart(at: agenda.now)
            workers.restart(at: agenda.now)
            broker.restart(at: agenda.now)
            store.restart(at: agenda.now)
            cluster?.restart(at: agenda.now)
            autoscaler?.restart(at: agenda.now)
            coordination?.restart(at: agenda.now)
            state?.restart()
            operators?.restart(at: agenda.now)
            scheduler?.restart(at: agenda.now)
        }
        scheduler?.settle(fleet: &fleet, uplinks: &uplinks, agenda: &agenda)
    }

    private mutating func handle(_ event: Message.SiteEvent, of id: SiteID, agenda: inout Agenda<Message>) {
        let number = Int(id.number)
        let (wasOpen, wasDark) = (sites[number].isOpen, sites[number].isDark)
        sites[number].handle(event, weather: weather[Int(sites[number].plan)], agenda: &agenda)
        let (isOpen, isDark) = (sites[number].isOpen, sites[number].isDark)
        if isDark && !wasDark { fleet.beginNight(id, isNightfall: true, agenda: &agenda) }
        if wasDark && !isDark { fleet.endNight(id, isClear: wasOpen, agenda: &agenda) }
        if isOpen != wasOpen { fleet.tell(id, isOpen: isOpen, agenda: &agenda) }
        if isDark != wasDark { fleet.tellNight(id, agenda: &agenda) }
    }

    private mutating func handle(_ event: Message.CopyEvent, of copy: Copy, agenda: inout Agenda<Message>) {
        switch event {
        case .reachedUplink:
            uplinks.send(copy, from: fleet.site(of: telescope(of: copy)), ledger: ledger, agenda: &agenda)
        case .reachedBroker where cluster != nil: cluster?.receive(copy, ledger: &ledger, agenda: &agenda)
        case .reachedBroker:
            autoscaler?.offer(workers.expectedWork(for: ledger.size(of: copy.item)), at: agenda.now)
            broker.receive(copy, ledger: &ledger, agenda: &agenda)
            settleBroker(agenda: &agenda)
        case .reachedStore: store.receive(copy, ledger: &ledger, agenda: &agenda)
        case .confirmed, .refused: passOn(event, of: copy, agenda: &agenda)
        case .heardConfirmed, .heardRefused, .timedOut, .backedOff: tellProducer(event, of: copy, agenda: &agenda)
        }
    }

    /// A copy has left its site: it travels, unless it is lost on the way, and its producer waits for an answer.
    private mutating func leaveUplink(_ copy: Copy, of site: SiteID, agenda: inout Agenda<Message>) {
        ledger.move(copy, to: .propagation, at: agenda.now)
        if let patience = fleet.patience(of: ledger.items[copy.item].group) {
            agenda.schedule(.copy(copy, .timedOut), after: patience)
        }
        if let latency = uplinks.latency(of: site, .toCentre) {
            agenda.schedule(.copy(copy, .reachedBroker), after: latency)
        } else {
            ledger.drop(copy, because: .unreachable, at: agenda.now)
        }
    }

    /// The connections of a site break: its telescopes see that what they were sending is lost.
    private mutating func breakUplink(_ copies: [Copy], agenda: inout Agenda<Message>) {
        for copy in copies {
            if ledger.isAwaited(copy) { agenda.schedule(.copy(copy, .heardRefused)) }
            ledger.drop(copy, because: .unreachable, at: agenda.now)
        }
    }

    /// The broker's answer leaves the centre: it travels to a telescope, unless it is lost on the way, and is at once
    /// with a stream's producer.
    private mutating func passOn(_ answer: Message.CopyEvent, of copy: Copy, agenda: inout Agenda<Message>) {
        guard ledger.isAwaited(copy) else { return }
        let heard = answer == .confirmed ? Message.CopyEvent.heardConfirmed : .heardRefused
        guard isFromTelescope(copy) else { return tellProducer(heard, of: copy, agenda: &agenda) }
        uplinks.answer(copy, heard, to: fleet.site(of: telescope(of: copy)), agenda: &agenda)
    }

    private mutating func tellProducer(
        _ event: Message.CopyEvent, of copy: Copy, agenda: inout Agenda<Message>
    ) {
        if isFromTelescope(copy) {
            let id = telescope(of: copy)
            let view = view(of: id)
            fleet.handle(event, of: copy, from: id, view, ledger: &ledger, agenda: &agenda)
        } else {
            let stream = Int(ledger.items[copy.item].group) - fleet.groupCount
            arrivals[stream].handle(event, of: copy, ledger: &ledger, agenda: &agenda)
        }
    }

    private mutating func handle(_ event: Message.BrokerEvent, agenda: inout Agenda<Message>) {
        switch event {
        case .joined(let worker):
            guard workers.connect(worker) else { return }
            broker.feed(.joined(worker), ledger: &ledger, agenda: &agenda)
        case .answered:
            guard let answer = workers.nextAnswer() else { return }
            tellBroker(answer, agenda: &agenda)
        case .leaving(let worker):
            if workers.isConnected(worker) { broker.feed(.leaving(worker), ledger: &ledger, agenda: &agenda) }
            workers.hearGoodbye(worker, agenda: &agenda)
        case .left(let worker):
            guard workers.hangUp(worker) else { return }
            // What the worker said before it crashed is heard before, also if it was said at the same instant.
            while let answer = workers.takeAnswer(of: worker) { tellBroker(answer, agenda: &agenda) }
            for copy in broker.takeBack(from: worker) + workers.takeAll(from: worker) {
                broker.feed(.returned(copy, from: worker), ledger: &ledger, agenda: &agenda)
            }
            broker.feed(.left(worker), ledger: &ledger, agenda: &agenda)
        case .woken: broker.wake(ledger: &ledger, agenda: &agenda)
        }
        settleBroker(agenda: &agenda)
    }

    /// The broker hears of a worker; what is done, it has no longer.
    private mutating func tellBroker(_ answer: BrokerInput, agenda: inout Agenda<Message>) {
        broker.feed(answer, ledger: &ledger, agenda: &agenda)
        settleBroker(agenda: &agenda)
        if case .acknowledged(let copy, _) = answer { ledger.finish(copy, at: agenda.now) }
    }

    private mutating func handle(_ event: Message.WorkerPoolEvent, agenda: inout Agenda<Message>) {
        switch event {
        case .delivered:
            guard let (copy, worker) = broker.nextDelivery() else { return }
            workers.receive(copy, worker, ledger: &ledger, agenda: &agenda)
        case .served(let worker, let shift) where state != nil && workers.mayWrite(worker, shift, ledger):
            state?.hearWorked(workers.visitor(worker), agenda: &agenda)
        case .served(let worker, let shift):
            if workers.isAt(worker, shift) { finish(WorkDone(worker: worker), agenda: &agenda) }
        case .crashed(let worker): workers.crash(worker, ledger: &ledger, agenda: &agenda)
        case .restarted(let worker): workers.restart(worker, agenda: &agenda)
        case .booted(let worker, let shift): workers.finishBoot(worker, shift: shift, agenda: &agenda)
        case .released(let worker): workers.release(worker, agenda: &agenda)
        }
        settleLocks(agenda: &agenda)
        autoscaler?.count(workers.tally, at: agenda.now)
    }

    /// A worker is done with its copy; under a lock that it has lost, it may have to begin again.
    private mutating func finish(_ done: WorkDone, agenda: inout Agenda<Message>) {
        guard coordination?.finish(done.worker, agenda: &agenda) ?? true else {
            return workers.awaitLock(done.worker, ledger: &ledger, at: agenda.now)
        }
        let unwritten = workers.finish(
            done.worker, isConflicted: done.isConflicted, ledger: &ledger, agenda: &agenda)
        if let unwritten { handToOperators(unwritten, agenda: &agenda) }
    }

    /// Workers tell the coordination service what they want of it, and hear what it has for them.
    mutating func settleLocks(agenda: inout Agenda<Message>) {
        while true {
            if let call = workers.takeLockCall() {
                tellCoordination(call, agenda: &agenda)
            } else if let news = coordination?.takeNews() {
                switch news {
                case .granted(let worker): workers.takeLock(worker, ledger: &ledger, agenda: &agenda)
                case .gaveUp(let worker): workers.giveUpLock(worker, ledger: &ledger, agenda: &agenda)
                }
            } else {
                return
            }
        }
    }

    private mutating func tellCoordination(_ call: LockCall, agenda: inout Agenda<Message>) {
        switch call {
        case .wants(let worker, let item):
            guard let lock = coordination?.lock(for: ledger.items[item]) else { violation("a lock that nobody keeps") }
            coordination?.acquire(lock, for: worker, agenda: &agenda)
        case .left(let worker): coordination?.forget(worker, saysGoodbye: true, agenda: &agenda)
        case .crashed(let worker): coordination?.forget(worker, saysGoodbye: false, agenda: &agenda)
        }
    }

    private mutating func handle(_ event: Message.StateEvent, agenda: inout Agenda<Message>) {
        if let done = state?.handle(event, &workers, ledger: &ledger, agenda: &agenda) {
            finish(done, agenda: &agenda)
            settleLocks(agenda: &agenda)
        }
        autoscaler?.count(workers.tally, at: agenda.now)
    }

    private mutating func handle(_ event: Message.OperatorEvent, agenda: inout Agenda<Message>) {
        switch event {
        case .finished(let number):
            guard let copy = operators?.finish(number, agenda: &agenda) else { return }
            state?.reconcile(copy, ledger: ledger, agenda: &agenda)
            agenda.schedule(.copy(copy, .reachedStore))
        case .lostPatience(let ticket): operators?.losePatience(ticket, ledger: &ledger, at: agenda.now)
        }
    }

    /// What no worker could write goes to the operators; without any it is lost.
    private mutating func handToOperators(_ copy: Copy, agenda: inout Agenda<Message>) {
        guard operators != nil else { return ledger.drop(copy, because: .conflicted, at: agenda.now) }
        operators?.receive(copy, ledger: &ledger, agenda: &agenda)
    }

    private mutating func handle(_ event: Message.AutoscalerEvent, agenda: inout Agenda<Message>) {
        switch event {
        case .scrape:
            let backlog = broker.depth + broker.underWay.count + workers.backlog
            autoscaler?.scrape(workers, backlog: backlog, agenda: &agenda)
        case .observed(let number): autoscaler?.observe(number)
        case .evaluate: autoscaler?.evaluate(&workers, agenda: &agenda)
        }
    }

    /// Takes from the workers what the broker has taken back, and lets those whose connections it closed join again.
    private mutating func settleBroker(agenda: inout Agenda<Message>) {
        for (copy, other, worker) in broker.reclaimed {
            if !workers.giveUp(copy, worker, for: other) { ledger.finish(other, at: agenda.now) }
        }
        for worker in broker.disconnected {
            workers.disconnect(worker, agenda: &agenda)
        }
        broker.settle()
    }

    private func isFromTelescope(_ copy: Copy) -> Bool { Int(ledger.items[copy.item].group) < fleet.groupCount }

    private func telescope(of copy: Copy) -> TelescopeID { TelescopeID(number: ledger.items[copy.item].source) }

    /// What a telescope sees of its site; one whose uploads and calibration do not depend on it sees nothing.
    ///
    /// It changes nothing; but what does not mutate would be given a copy of the whole network, at every event.
    private mutating func view(of id: TelescopeID) -> SiteView {
        guard fleet.looksAtSite(id) else { return .unseen }
        let site = fleet.site(of: id)
        let number = Int(site.number)
        return SiteView(
            isNight: sites[number].isDark, dawn: sites[number].dawn, uplinkLoad: uplinks.load(of: site),
            uplinkRate: uplinks.rate(of: site))
    }

    /// How much has to be kept in memory: items on their way, or copies of them, or requests that are pending.
    var load: Int {
        max(ledger.inFlight.level, ledger.holderCount, scheduler?.observations.books.pending.gauge.level ?? 0)
    }

    /// Closes the books at the end of a run and checks them.
    mutating func close(at end: Instant, agenda: borrowing Agenda<Message>) {
        ledger.close(at: end)
        uplinks.close(at: end)
        fleet.close(at: end)
        broker.close(at: end)
        workers.close(at: end)
        store.close(at: end)
        cluster?.close(at: end)
        autoscaler?.close(at: end)
        coordination?.close(at: end)
        operators?.close(at: end)
        scheduler?.close(at: end)
        activeFaults.close(at: end)
        checkInventory(agenda: agenda)
    }

    /// Stops the run if what the components hold is not what the books say, or if one is idle that has work; a check of
    /// the books from outside, for instants at which nothing more is to happen.
    func checkInventory(agenda: borrowing Agenda<Message>) {
        func compare(_ stages: [Stage], _ held: Int, _ place: String) {
            let booked = stages.reduce(0) { $0 + ledger.occupancy[$1.rawValue].level }
            invariant(booked == held, "the books have \(booked) items at the \(place), which holds \(held)")
        }
        // An item is where its newest copy is; other copies are in the parts, but not in these books.
        func current(_ copies: [Copy]) -> Int { copies.count { ledger.isCurrent($0) } }
        compare([.readOut], fleet.readingOutCount, "cameras")
        compare([.edgeWait, .edgeWork], fleet.processingCount, "telescopes' computers")
        compare([.disk], fleet.waitingCount, "disks")
        compare([.uplink], current(uplinks.copies), "uplinks")
        compare([.doorWait], current(broker.atDoor), "broker's door")
        compare([.brokerWait], current(broker.held), "broker")
        compare(
            [.workerWait],
            current(broker.underWay) + current(workers.buffered) + current(cluster?.waiting ?? []),
            "workers' buffers and nodes' inboxes")
        compare([.lockWait], current(workers.waitingForLock), "workers that wait for a lock")
        compare([.service], current(workers.served) + current(cluster?.served ?? []), "workers and nodes")
        compare([.reconciliation], current(operators?.copies ?? []), "operators")
        compare([.storeWait, .storeWrite], current(store.copies), "store")
        invariant(broker.depth == broker.held.count, "a broker of \(broker.depth) copies has \(broker.held.count)")
        store.check(agenda: agenda)
        cluster?.check()
        coordination?.check(waiting: workers.workers.count(where: \.isWaiting))
        scheduler?.observations.check(held: fleet.assignments?.heldCount ?? 0)
        fleet.checkLevels()
        for (number, site) in sites.enumerated() {
            fleet.check(SiteID(number: UInt32(number)), isOpen: site.isOpen, agenda: agenda)
        }
    }
}

extension Network {
    /// A simulation of the plan with a seed, started: the first events are on the agenda.
    ///
    /// With a tie seed, events of the same instant happen in an order drawn by it; the random numbers stay the same.
    public static func simulation(
        of plan: NetworkPlan, seed: UInt64, tieSeed: UInt64? = nil
    ) -> Simulation<Network> {
        var agenda = Agenda<Message>(tieSeed: tieSeed)
        let network = Network(plan: plan, seed: seed, agenda: &agenda)
        var simulation = Simulation(network, agenda: agenda)
        simulation.model.start(plan: plan, agenda: &simulation.agenda)
        return simulation
    }

    private init(plan: NetworkPlan, seed: UInt64, agenda: inout Agenda<Message>) {
        let places = SitePlaces(plan.sites)
        ledger = Ledger(duration: plan.duration, groupCount: plan.fleet.count + plan.arrivals.count)
        fleet = Fleet(plan: plan, seed: seed, places: places, agenda: &agenda)
        weather = ContiguousArray(plan.sites.map(\.weather))
        sites.reserveCapacity(places.count)
        uplinks = UplinkDesk(plans: plan.sites.map(\.uplink), siteCount: places.count, duration: plan.duration)
        for (planNumber, sitePlan) in plan.sites.enumerated() {
            for index in 0..<sitePlan.count {
                let id = places.site(number: index, of: planNumber)
                sites.append(
                    Site(
                        id: id, plan: UInt32(planNumber),
                        darkness: sitePlan.darkness(index: index, epoch: plan.startDate),
                        stream: RandomStream(
                            seed: seed, entity: "site/\(sitePlan.name)/\(index)", purpose: "weather")))
                uplinks.add(
                    plan: planNumber,
                    stream: RandomStream(seed: seed, entity: "site/\(sitePlan.name)/\(index)", purpose: "uplink"),
                    words: plan.scheduler.map { _ in
                        RandomStream(seed: seed, entity: "site/\(sitePlan.name)/\(index)", purpose: "words")
                    },
                    agenda: &agenda)
            }
        }
        arrivals = ContiguousArray(plan.arrivals.indices.map { Arrivals($0, of: plan, seed: seed) })
        broker = BrokerDesk(
            plan.broker.make(),
            port: BrokerPort(
                random: RandomStream(seed: seed, entity: "broker", purpose: "choices"),
                idle: plan.workers.assignment.make()),
            delay: plan.workers.halfRoundTrip, timer: agenda.makeTimer(), duration: plan.duration)
        workers = WorkerPool(
            plan: plan.workers, worksOffBuffers: !plan.broker.make().takesBack, changesState: plan.state != nil,
            stream: RandomStream(seed: seed, entity: "workers", purpose: "service"),
            failures: RandomStream(seed: seed, entity: "workers", purpose: "failures"), duration: plan.duration)
        store = Store(plan: plan.store, timer: agenda.makeTimer(), duration: plan.duration)
        cluster = plan.cluster.map { Cluster(plan: $0, seed: seed, duration: plan.duration, agenda: &agenda) }
        autoscaler = plan.workers.autoscaler.map { Autoscaler($0, of: plan, seed: seed) }
        if let service = plan.coordination, let locks = plan.workers.lock {
            coordination = Coordination(plan: service, locks: locks, seed: seed, duration: plan.duration)
        }
        state = plan.state.map { StateDesk($0, of: plan, seed: seed) }
        operators = plan.operators.map { Operators($0, seed: seed, duration: plan.duration) }
        faults = ContiguousArray(
            plan.faults.enumerated().map { Fault($1, id: FaultID(number: UInt32($0)), seed: seed) })
        scheduler = plan.scheduler.map { SchedulerDesk($0, of: plan, seed: seed, agenda: &agenda) }
        activeFaults = LedgerSeries.level(over: plan.duration)
    }

    private mutating func start(plan: NetworkPlan, agenda: inout Agenda<Message>) {
        if plan.warmUp > .zero { agenda.schedule(.warmUpEnded, after: plan.warmUp) }
        workers.start(agenda: &agenda)
        cluster?.start(agenda: &agenda)
        autoscaler?.start(agenda: &agenda)
        state?.start(agenda: &agenda)
        uplinks.start(agenda: &agenda)
        fleet.start(agenda: &agenda)
        for index in sites.indices {
            sites[index].start(weather: weather[Int(sites[index].plan)], agenda: &agenda)
            let id = SiteID(number: UInt32(index))
            if sites[index].isDark { fleet.beginNight(id, isNightfall: false, agenda: &agenda) }
            if sites[index].isOpen { fleet.tell(id, isOpen: true, agenda: &agenda) }
        }
        scheduler?.start(sites: sites, agenda: &agenda)
        for index in arrivals.indices { arrivals[index].start(agenda: &agenda) }
        for index in faults.indices { faults[index].start(agenda: &agenda) }
    }
}
