import OrreryKernel

/// The scheduler at work: the computer at the centre, what it knows of the telescopes, and what goes to and fro.
///
/// ```
///   telescope ─ heartbeat, question, report ─► uplink ─► what is known ─► dispatch ─ computer ─► observations
///       ▲                                                                                            │
///       └───────────────────────────── command or answer ◄─ uplink ◄─────────────────────────────────┘
/// ```
///
/// It decides by what it has heard, which may be old. What telescopes and lines truly do it follows only for the books.
struct SchedulerDesk: Sendable {
    let plan: SchedulerPlan
    /// How telescopes ask; nil if they do not.
    let asking: Asking?
    let policy: any RetryPolicy
    private var dispatch: any Dispatch
    var observations: Observations
    var telescopes: ContiguousArray<KnownTelescope> = []
    /// How many observations a telescope gets at once, by group.
    private let slices: ContiguousArray<Int>
    /// Rings when the computer is done with what it is at.
    private let timer: Timer
    /// What the computer is at; nil while it waits.
    private var step: DispatchStep?
    /// What happens to telescopes, while it is taken in; otherwise empty.
    var news: ContiguousArray<Assignments.News> = []
    /// How many reasons there are for the centre to be away.
    private var closures = 0
    private var requestGaps: RandomStream
    private var services: RandomStream

    /// The scheduler of a network.
    init(_ plan: SchedulerPlan, of network: NetworkPlan, seed: UInt64, agenda: inout Agenda<Message>) {
        self.plan = plan
        dispatch = plan.dispatch.make()
        asking = dispatch.asking
        policy = plan.retry.make()
        timer = agenda.makeTimer()
        requestGaps = RandomStream(seed: seed, entity: "scheduler", purpose: "requests")
        services = RandomStream(seed: seed, entity: "scheduler", purpose: "service")
        let slice = dispatch.slice
        slices = ContiguousArray(
            network.fleet.map { group in
                slice.map { max(1, Int($0.nanoseconds / max(1, group.observationLength.nanoseconds))) } ?? 1
            })
        observations = Observations(
            telescopes: network.telescopeCount, requests: plan.requests, duration: network.duration)
        telescopes.reserveCapacity(network.telescopeCount)
        let places = SitePlaces(network.sites)
        for (group, groupPlan) in network.fleet.enumerated() {
            let interval = groupPlan.heartbeat?.interval
            for index in 0..<groupPlan.count {
                let entity = "telescope/\(groupPlan.name)/\(index)"
                telescopes.append(
                    KnownTelescope(
                        site: places.site(number: index, of: groupPlan.site), group: group, heartbeat: interval,
                        pulse: interval == nil ? nil : agenda.makeTimer(),
                        alarm: asking == nil ? nil : agenda.makeTimer(),
                        patience: interval == nil || plan.offlineAfter == nil ? nil : agenda.makeTimer(),
                        heartbeats: RandomStream(seed: seed, entity: entity, purpose: "heartbeats"),
                        returns: RandomStream(seed: seed, entity: entity, purpose: "rejoining"),
                        asker: Asker(random: RandomStream(seed: seed, entity: entity, purpose: "asking"))))
            }
        }
    }

    /// The computer begins, heartbeats do at drawn moments of their intervals, and the first request is awaited.
    mutating func start(sites: ContiguousArray<Site>, agenda: inout Agenda<Message>) {
        for index in telescopes.indices {
            awaitWord(of: TelescopeID(number: UInt32(index)), agenda: &agenda)
            guard let interval = telescopes[index].heartbeat else { continue }
            let phase = Duration(seconds: interval.seconds * telescopes[index].heartbeats.unit())
            awaitHeartbeat(of: TelescopeID(number: UInt32(index)), after: phase, agenda: &agenda)
        }
        if plan.requests != nil { awaitRequest(agenda: &agenda) }
        proceed(sites: sites, agenda: &agenda)
    }

    /// Handles what happens between centre and telescopes.
    mutating func handle(
        _ event: Message.SchedulerEvent, sites: ContiguousArray<Site>, fleet: inout Fleet, uplinks: inout UplinkDesk,
        agenda: inout Agenda<Message>
    ) {
        switch event {
        case .stepDone: finishStep(uplinks: &uplinks, agenda: &agenda)
        case .requested: takeRequest(agenda: &agenda)
        case .deadlinePassed(let request): observations.passDeadline(of: request, at: agenda.now)
        case .heartbeat(let id, let isAvailable):
            hear(TelescopeWord(telescope: id, isAvailable: isAvailable, asks: false), agenda: &agenda)
        case .asked(let id): hear(TelescopeWord(telescope: id, isAvailable: true, asks: true), agenda: &agenda)
        case .reported(let id, let observation):
            if closures == 0 {
                note(id, isAvailable: nil, agenda: &agenda)
                observations.report(observation, at: agenda.now)
            }
            observations.endMessage(of: observation, at: agenda.now)
        case .silent(let id): markOffline(id, isReachable: uplinks.isReachable(telescopes[id].site), at: agenda.now)
        case .told(let id, let observation):
            tell(id, observation, fleet: &fleet, uplinks: &uplinks, agenda: &agenda)
        case .heartbeatDue(let id): beat(id, fleet: fleet, uplinks: &uplinks, agenda: &agenda)
        case .askDue(let id): wake(id, uplinks: &uplinks, agenda: &agenda)
        }
        proceed(sites: sites, agenda: &agenda)
    }

    /// The warm-up is over.
    mutating func restart(at now: Instant) { observations.books.restart(at: now) }

    /// The run is over.
    mutating func close(at end: Instant) { observations.books.close(at: end) }
}

// The computer of the centre.
extension SchedulerDesk {
    /// A word of a telescope arrives; while the centre is away it is lost.
    private mutating func hear(_ word: TelescopeWord, agenda: inout Agenda<Message>) {
        if closures == 0 && !dispatch.hear(word) {
            note(word.telescope, isAvailable: word.isAvailable, agenda: &agenda)
        }
    }

    /// Begins with the next step if the computer is free.
    private mutating func proceed(sites: ContiguousArray<Site>, agenda: inout Agenda<Message>) {
        while step == nil && closures == 0 {
            let telescopes = telescopes
            let look = { SchedulerDesk.usable(telescopes, sites) }
            guard let next = dispatch.next(look, using: &services) else { return }
            if case .tell(let id, _) = next, self.telescopes[id].untold == .none { continue }
            step = next
            if next.isWork { observations.books.busy.add(+1, at: agenda.now) }
            if case .plan = next { makePlan(for: look(), at: agenda.now) }
            agenda.arm(timer, .scheduler(.stepDone), after: next.duration)
        }
    }

    /// The telescopes that the centre believes it can use: it is night there, and those with heartbeats said that they
    /// can observe and were not silent for too long.
    private static func usable(
        _ telescopes: ContiguousArray<KnownTelescope>, _ sites: ContiguousArray<Site>
    ) -> [TelescopeID] {
        telescopes.indices.filter { index in
            let telescope = telescopes[index]
            return sites[Int(telescope.site.number)].isDark
                && (telescope.heartbeat == nil || telescope.isAvailable && !telescope.isOffline)
        }.map { TelescopeID(number: UInt32($0)) }
    }

    /// Deals observations round and round to telescopes, up to a slice for each, and first to those of which it expects
    /// nothing; what is overdue is dealt anew.
    private mutating func makePlan(for telescopes: [TelescopeID], at now: Instant) {
        for index in self.telescopes.indices {
            observations.takeBackAll(of: TelescopeID(number: UInt32(index)), onlyOverdue: true, at: now)
        }
        let usable =
            telescopes.filter { observations.newestOpen(of: $0) == .none }
            + telescopes.filter { observations.newestOpen(of: $0) != .none }
        var last: [ObservationID] = Array(repeating: .none, count: usable.count)
        var round = 0
        while usable.contains(where: { slices[self.telescopes[$0].group] > round }) {
            for (place, id) in usable.enumerated() where slices[self.telescopes[id].group] > round {
                guard let observation = observations.make(for: id, seen: now, at: now) else { return }
                if last[place] == .none {
                    self.telescopes[id].untold = observation
                } else {
                    observations.append(observation, after: last[place])
                }
                last[place] = observation
            }
            round += 1
        }
    }

    /// The computer is done with what it was at.
    private mutating func finishStep(uplinks: inout UplinkDesk, agenda: inout Agenda<Message>) {
        guard let done = step else { violation("the scheduler's computer is done with nothing") }
        step = nil
        if done.isWork { observations.books.busy.add(-1, at: agenda.now) }
        switch done {
        case .plan, .rest: break
        case .tell(let id, _):
            let first = telescopes[id].untold
            telescopes[id].untold = .none
            if first != .none { send(first, to: id, uplinks: &uplinks, agenda: &agenda) }
        case .take(let word, _):
            note(word.telescope, isAvailable: word.isAvailable, agenda: &agenda)
            if word.asks { answer(word.telescope, uplinks: &uplinks, agenda: &agenda) }
        }
    }

    /// A telescope that asks gets the observation that it has not reported, or the next one, or hears that there is
    /// none.
    private mutating func answer(_ id: TelescopeID, uplinks: inout UplinkDesk, agenda: inout Agenda<Message>) {
        let open = observations.newestOpen(of: id)
        let observation = open == .none ? observations.make(for: id, seen: agenda.now, at: agenda.now) : open
        if let observation {
            send(observation, to: id, uplinks: &uplinks, agenda: &agenda)
        } else {
            _ = uplinks.carry(
                .told(id, .none), .fromCentre, of: telescopes[id].site, waits: true, agenda: &agenda)
        }
    }

    /// Sends a telescope an observation and those that follow it in its plan.
    private mutating func send(
        _ first: ObservationID, to id: TelescopeID, uplinks: inout UplinkDesk, agenda: inout Agenda<Message>
    ) {
        var observation = first
        while observation != .none {
            observations.sendMessage(of: observation)
            if let slice = dispatch.slice { observations.expect(observation, by: agenda.now + slice + slice) }
            observation = observations[observation].next
        }
        let isUnderWay = uplinks.carry(
            .told(id, first), .fromCentre, of: telescopes[id].site, waits: true, agenda: &agenda)
        if !isUnderWay { lose(first, at: agenda.now) }
    }

    /// A command is lost on its way.
    mutating func lose(_ first: ObservationID, at now: Instant) {
        var observation = first
        while observation != .none {
            let next = observations[observation].next
            observations.endMessage(of: observation, at: now)
            observation = next
        }
    }

    private mutating func awaitRequest(agenda: inout Agenda<Message>) {
        guard let gap = plan.requests?.interarrival.duration(using: &requestGaps) else { return }
        agenda.schedule(.scheduler(.requested), after: gap)
    }

    private mutating func takeRequest(agenda: inout Agenda<Message>) {
        let request = observations.request(at: agenda.now)
        if let deadline = plan.requests?.deadline {
            agenda.schedule(.scheduler(.deadlinePassed(request: request)), after: deadline)
        }
        awaitRequest(agenda: &agenda)
    }

    /// The centre is away: what its computer was at and what waited for it is lost.
    mutating func closeCentre(agenda: inout Agenda<Message>) {
        closures += 1
        guard closures == 1 else { return }
        if step?.isWork ?? false { observations.books.busy.add(-1, at: agenda.now) }
        step = nil
        agenda.cancel(timer)
        dispatch = plan.dispatch.make()
        for index in telescopes.indices {
            if let patience = telescopes[index].patience { agenda.cancel(patience) }
            while telescopes[index].untold != .none {
                let observation = telescopes[index].untold
                telescopes[index].untold = observations[observation].next
                observations.end(observation, .canceled, at: agenda.now)
                observations.takeBack(observation, at: agenda.now)
            }
        }
    }

    /// The centre is there again, unless it is away for another reason; the telescopes that can reach it say so.
    mutating func openCentre(sites: ContiguousArray<Site>, uplinks: UplinkDesk, agenda: inout Agenda<Message>) {
        closures -= 1
        guard closures == 0 else { return }
        for index in telescopes.indices {
            let id = TelescopeID(number: UInt32(index))
            if !telescopes[index].isOffline { awaitWord(of: id, agenda: &agenda) }
            if uplinks.isReachable(telescopes[index].site) { rejoin(id, agenda: &agenda) }
        }
        proceed(sites: sites, agenda: &agenda)
    }
}

extension ContiguousArray<KnownTelescope> {
    subscript(id: TelescopeID) -> KnownTelescope {
        get { self[Int(id.number)] }
        set { self[Int(id.number)] = newValue }
        _modify { yield &self[Int(id.number)] }
    }
}
