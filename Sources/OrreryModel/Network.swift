public import OrreryKernel

/// The whole network, wired: who is connected to whom, and who handles which message.
public struct Network: SimulationModel, Sendable {
    /// The books of the run.
    public private(set) var ledger: Ledger
    private var sites: ContiguousArray<Site> = []
    /// The weather, by plan of sites.
    private let weather: ContiguousArray<WeatherPlan?>
    private var uplinks: ContiguousArray<Uplink> = []
    private var fleet: Fleet
    private var arrivals: ContiguousArray<Arrivals>
    private var broker: BrokerDesk
    private var workers: WorkerPool
    private var store: Store

    /// Handles one message by the component that it concerns.
    public mutating func handle(_ message: Message, agenda: inout Agenda<Message>) {
        switch message {
        case .site(let id, let event):
            let wasOpen = sites[Int(id.number)].isOpen
            let plan = Int(sites[Int(id.number)].plan)
            sites[Int(id.number)].handle(event, weather: weather[plan], agenda: &agenda)
            let isOpen = sites[Int(id.number)].isOpen
            if isOpen != wasOpen { fleet.tell(id, isOpen: isOpen, agenda: &agenda) }
        case .telescope(let id, let event):
            fleet.handle(event, of: id, ledger: &ledger, agenda: &agenda)
        case .arrivals(let id):
            arrivals[Int(id.number)].arrive(ledger: &ledger, agenda: &agenda)
        case .uplink(let id, let event):
            uplinks[Int(id.number)].handle(event, ledger: &ledger, agenda: &agenda)
        case .broker(let event):
            broker.handle(event, ledger: &ledger, agenda: &agenda)
        case .workers(let event):
            workers.handle(event, ledger: &ledger, agenda: &agenda)
        case .store(let event):
            store.handle(event, ledger: &ledger, agenda: &agenda)
        case .warmUpEnded:
            ledger.restart(at: agenda.now)
            for site in uplinks.indices { uplinks[site].restart(at: agenda.now) }
            fleet.restart()
        }
    }

    /// Exposures that the closing of the dome cut short.
    public var abortedExposures: Counter { fleet.abortedExposures }

    /// How long each site's uplink has been sending since the observation began.
    func uplinkBusyTimes(at now: Instant) -> [Duration] { uplinks.map { $0.busyTime(at: now) } }

    /// Closes the books at the end of a run and checks them.
    mutating func close(at end: Instant, agenda: borrowing Agenda<Message>) {
        ledger.close(at: end)
        checkInventory(agenda: agenda)
    }

    /// Stops the run if what the components hold is not what the books say, or if one is idle that has work; a check of
    /// the books from outside, for instants at which nothing more is to happen.
    func checkInventory(agenda: borrowing Agenda<Message>) {
        func compare(_ stages: [Stage], _ held: Int, _ place: String) {
            let booked = stages.reduce(0) { $0 + ledger.occupancy[$1.rawValue].level }
            invariant(booked == held, "the books have \(booked) items at the \(place), which holds \(held)")
        }
        compare([.readOut], fleet.readingOutCount, "cameras")
        compare([.uplinkWait, .uplinkTransfer], uplinks.reduce(0) { $0 + $1.load }, "uplinks")
        compare([.brokerWait], broker.depth, "broker")
        compare([.service], workers.busyCount, "workers")
        compare([.storeWait, .storeWrite], store.load, "store")
        invariant(
            broker.depth == 0 || workers.idleCount == 0,
            "\(broker.depth) items wait in the broker beside \(workers.idleCount) idle workers")
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
        uplinks.reserveCapacity(places.count)
        for (planNumber, sitePlan) in plan.sites.enumerated() {
            for index in 0..<sitePlan.count {
                let id = places.site(number: index, of: planNumber)
                sites.append(
                    Site(
                        id: id, plan: UInt32(planNumber),
                        darkness: sitePlan.darkness(index: index, epoch: plan.startDate),
                        stream: RandomStream(
                            seed: seed, entity: "site/\(sitePlan.name)/\(index)", purpose: "weather")))
                uplinks.append(Uplink(id: id, plan: sitePlan.uplink))
            }
        }
        arrivals = ContiguousArray(
            plan.arrivals.enumerated().map { index, arrivalPlan in
                Arrivals(
                    id: ArrivalsID(number: UInt32(index)), group: UInt32(plan.fleet.count + index), plan: arrivalPlan,
                    stream: RandomStream(seed: seed, entity: "arrivals/\(arrivalPlan.name)", purpose: "gaps"))
            })
        broker = BrokerDesk(plan.broker.make())
        workers = WorkerPool(
            plan: plan.workers, stream: RandomStream(seed: seed, entity: "workers", purpose: "service"))
        store = Store(plan: plan.store)
    }

    private mutating func start(plan: NetworkPlan, agenda: inout Agenda<Message>) {
        if plan.warmUp > .zero { agenda.schedule(.warmUpEnded, after: plan.warmUp) }
        workers.start(agenda: &agenda)
        for index in sites.indices {
            sites[index].start(weather: weather[Int(sites[index].plan)], agenda: &agenda)
            if sites[index].isOpen { fleet.tell(SiteID(number: UInt32(index)), isOpen: true, agenda: &agenda) }
        }
        for index in arrivals.indices { arrivals[index].start(agenda: &agenda) }
    }
}

/// Dense numbers for all sites: the sites of the first plan come first.
struct SitePlaces {
    private let first: [Int]
    private let counts: [Int]
    let count: Int

    init(_ plans: [SitePlan]) {
        var first: [Int] = []
        var next = 0
        for plan in plans {
            first.append(next)
            next += plan.count
        }
        self.first = first
        counts = plans.map(\.count)
        count = next
    }

    /// The site for the telescope of this index: round and round over the sites of a plan.
    func site(number index: Int, of plan: Int) -> SiteID {
        SiteID(number: UInt32(first[plan] + index % counts[plan]))
    }
}

extension SitePlan {
    /// The darkness at one of the plan's sites.
    ///
    /// Scattered sites lie at the same places for every seed.
    fileprivate func darkness(index: Int, epoch: CalendarDate) -> Darkness {
        var stream = RandomStream(seed: 0, entity: "site/\(name)/\(index)", purpose: "place")
        let north = count > 1 ? scatter * (2 * stream.unit() - 1) : 0
        let east = count > 1 ? scatter * (2 * stream.unit() - 1) : 0
        return Darkness(
            latitude: min(90, max(-90, latitude + north)), longitude: longitude + east, limit: darkBelow, epoch: epoch)
    }
}
