import OrreryKernel

/// All telescopes of the network, laid out by how often things are needed: what every exposure needs lies close
/// together, what only the opening of a dome needs lies apart.
struct Fleet: Sendable {
    private var telescopes: ContiguousArray<Telescope> = []
    private var uploaders: ContiguousArray<Uploader> = []
    private var senders: ContiguousArray<Sender> = []
    private var edge: EdgeComputers
    private let groups: ContiguousArray<TelescopeGroup>
    private let uploads: ContiguousArray<UploadGroup>
    /// From the opening of the dome to the first exposure, by group.
    private let setUps: ContiguousArray<Distribution>
    /// What draws the times of set-up, by telescope.
    private var setUpStreams: ContiguousArray<RandomStream> = []
    /// What the telescopes of a group observe, when they are down and when they crash, by group.
    private var targets: ContiguousArray<Targets?> = []
    private var downtimes: ContiguousArray<Downtime?> = []
    private var crashes: ContiguousArray<Crashes?> = []
    /// What the telescopes were told to observe; nil if they expose by themselves.
    private(set) var assignments: Assignments?
    /// When the last night of each site began; nil before the first nightfall.
    private var nightfalls: ContiguousArray<Instant?>
    /// The telescopes of the first site, then those of the second, and so on, each site's in order of number.
    private var residents: ContiguousArray<TelescopeID>
    /// Where the telescopes of each site end in `residents`.
    private var residentsEnd: ContiguousArray<UInt32>
    /// Exposures that the closing of the dome cut short.
    private(set) var abortedExposures = Counter()
    /// Exposures that the crash of a telescope's controller interrupted.
    private(set) var interruptedExposures = Counter()
    /// Exposures that were calibration frames.
    private(set) var calibrationExposures = Counter()
    /// How many telescopes are broken, or have crashed and not started again.
    private(set) var down: LevelSeries
    /// How many telescopes wait for room on their disks.
    private(set) var stalled: LevelSeries

    /// The telescopes of a plan, which has so many sites.
    init(plan: NetworkPlan, seed: UInt64, places: SitePlaces, agenda: inout Agenda<Message>) {
        down = LedgerSeries.level(over: plan.duration)
        stalled = down
        groups = ContiguousArray(plan.fleet.map(TelescopeGroup.init))
        uploads = ContiguousArray(plan.fleet.map(UploadGroup.init))
        edge = EdgeComputers(plan: plan, seed: seed)
        assignments = plan.scheduler == nil ? nil : Assignments(plan)
        setUps = ContiguousArray(plan.fleet.map(\.setUp))
        nightfalls = ContiguousArray(repeating: nil, count: places.count)
        let count = plan.telescopeCount
        telescopes.reserveCapacity(count)
        uploaders.reserveCapacity(count)
        senders.reserveCapacity(count)
        setUpStreams.reserveCapacity(count)
        var homes = ContiguousArray<SiteID>()
        homes.reserveCapacity(count)
        for (group, groupPlan) in plan.fleet.enumerated() {
            let first = UInt32(telescopes.count)
            targets.append(groupPlan.observations.map { Targets($0, of: groupPlan, first: first, seed: seed) })
            downtimes.append(groupPlan.downtime.map { Downtime($0, of: groupPlan, first: first, seed: seed) })
            crashes.append(groupPlan.crashes.map { Crashes($0, of: groupPlan, first: first, seed: seed) })
            for index in 0..<groupPlan.count {
                let site = places.site(number: index, of: groupPlan.site)
                homes.append(site)
                telescopes.append(
                    Telescope(
                        site: site, group: UInt32(group), timer: agenda.makeTimer(),
                        waitsForWork: assignments != nil))
                let name = "telescope/\(groupPlan.name)/\(index)"
                setUpStreams.append(RandomStream(seed: seed, entity: name, purpose: "set-up"))
                uploaders.append(Uploader())
                senders.append(
                    Sender(
                        timer: uploads[group].sendsAtOnce ? nil : agenda.makeTimer(),
                        longitude: plan.sites[groupPlan.site].longitude,
                        random: RandomStream(seed: seed, entity: name, purpose: "upload")))
            }
        }
        (residents, residentsEnd) = Fleet.sorted(homes, siteCount: places.count)
    }

    /// The telescopes of each site after those of the site before it, by counting.
    private static func sorted(
        _ homes: ContiguousArray<SiteID>, siteCount: Int
    ) -> (residents: ContiguousArray<TelescopeID>, ends: ContiguousArray<UInt32>) {
        var ends = ContiguousArray<UInt32>(repeating: 0, count: siteCount)
        for home in homes { ends[Int(home.number)] += 1 }
        for site in ends.indices.dropFirst() { ends[site] += ends[site - 1] }
        var next = ends
        var residents = ContiguousArray(repeating: TelescopeID(number: 0), count: homes.count)
        for (number, home) in homes.enumerated().reversed() {
            next[Int(home.number)] -= 1
            residents[Int(next[Int(home.number)])] = TelescopeID(number: UInt32(number))
        }
        return (residents, ends)
    }

    /// The run begins.
    mutating func start(agenda: inout Agenda<Message>) {
        for group in crashes.indices { crashes[group]?.start(agenda: &agenda) }
    }

    /// Handles what happens to a telescope at a site that looks so.
    mutating func handle(
        _ event: Message.TelescopeEvent, of id: TelescopeID, _ view: SiteView, ledger: inout Ledger,
        agenda: inout Agenda<Message>
    ) {
        let number = Int(id.number)
        let former = telescopes[number]
        let group = Int(former.group)
        switch event {
        case .domeOpened: openDome(id, number, group, agenda: &agenda)
        case .domeClosed: closeDome(id, number, group, isNight: view.isNight, agenda: &agenda)
        case .ready:
            telescopes[number].beginExposing(id, groups[group], hasRoom: hasRoom(number, group), agenda: &agenda)
        case .shutterClosed:
            if telescopes[number].readOut() {
                calibrationExposures.add()
            } else {
                moveOn(id, number, group, agenda: &agenda)
            }
            let item = edge.produce(id, group, groups[group].imageSize, ledger: &ledger, at: agenda.now)
            agenda.schedule(.telescope(id, .readOut(item)), after: groups[group].readOut)
        case .readOut(let item):
            if !edge.begin(id, group, ledger: &ledger, agenda: &agenda) {
                uploaders[number].store(item, uploads[group], &senders[number], ledger: &ledger, at: agenda.now)
            }
            telescopes[number].endReadOut(id, groups[group], hasRoom: hasRoom(number, group), agenda: &agenda)
            upload(id, number, group, view, ledger: &ledger, agenda: &agenda)
        case .processed(let item):
            edge.end(id, group, ledger: &ledger, agenda: &agenda)
            uploaders[number].store(item, uploads[group], &senders[number], ledger: &ledger, at: agenda.now)
            upload(id, number, group, view, ledger: &ledger, agenda: &agenda)
        case .uploadDue:
            upload(id, number, group, view, ledger: &ledger, agenda: &agenda)
        case .crashed: crash(id, number, group, agenda: &agenda)
        case .restarted: restart(id, number, group, agenda: &agenda)
        }
        note(number, after: former, at: agenda.now)
    }

    /// After an exposure that is not a calibration frame, a telescope may move, and may have nothing to do any more.
    private mutating func moveOn(
        _ id: TelescopeID, _ number: Int, _ group: Int, agenda: inout Agenda<Message>
    ) {
        var way = groups[group].hasTargets ? targets[group]?.move(id) : nil
        if assignments?.endExposure(of: id, way: way) ?? false {
            way = assignments?.takeUp(id, group: group, at: agenda.now)
            if way == nil { telescopes[number].endWork() }
        }
        if let way, way > .zero || assignments == nil { telescopes[number].move(id, for: way, agenda: &agenda) }
    }

    /// Handles what a telescope hears of a copy of its item, or that it has waited for long enough.
    mutating func handle(
        _ event: Message.CopyEvent, of copy: Copy, from id: TelescopeID, _ view: SiteView, ledger: inout Ledger,
        agenda: inout Agenda<Message>
    ) {
        let number = Int(id.number)
        let former = telescopes[number]
        let group = Int(former.group)
        switch event {
        case .heardConfirmed where ledger.isAwaited(copy):
            uploaders[number].confirm(copy, uploads[group], &senders[number], ledger: &ledger, at: agenda.now)
        case .heardRefused where ledger.isAwaited(copy):
            fail(copy, number, group, because: nil, ledger: &ledger, agenda: &agenda)
        case .timedOut where ledger.isAwaited(copy):
            ledger.loseHope(of: copy, at: agenda.now)
            fail(copy, number, group, because: .timedOut, ledger: &ledger, agenda: &agenda)
        case .backedOff where ledger.isHome(copy):
            uploaders[number].launch(
                copy.item, uploads[group], &senders[number], ledger: &ledger, agenda: &agenda)
        default: return
        }
        upload(id, number, group, view, ledger: &ledger, agenda: &agenda)
        note(number, after: former, at: agenda.now)
    }

    private mutating func fail(
        _ copy: Copy, _ number: Int, _ group: Int, because reason: LossReason?, ledger: inout Ledger,
        agenda: inout Agenda<Message>
    ) {
        uploaders[number].fail(
            copy, uploads[group], &senders[number], because: reason, ledger: &ledger, agenda: &agenda)
    }

    /// Sends what may go; a telescope that waited for room goes on if there is some now.
    private mutating func upload(
        _ id: TelescopeID, _ number: Int, _ group: Int, _ view: SiteView, ledger: inout Ledger,
        agenda: inout Agenda<Message>
    ) {
        uploaders[number].send(id, uploads[group], &senders[number], view, ledger: &ledger, agenda: &agenda)
        if telescopes[number].isStalled && hasRoom(number, group) {
            telescopes[number].resume(id, groups[group], agenda: &agenda)
        }
    }

    /// Whether the disk of a telescope has room for one more image.
    private func hasRoom(_ number: Int, _ group: Int) -> Bool {
        uploads[group].disk.whenFull != .stopObserving
            || uploaders[number].hasRoom(for: uploads[group].roomNeeded, uploads[group].disk)
    }

    /// How long a telescope of a group waits for an answer once it has sent; nil for ever.
    func patience(of group: UInt32) -> Duration? { uploads[Int(group)].retrier.plan.timeout }

    /// Whether a telescope looks at its site when it decides whether to send.
    func looksAtSite(_ id: TelescopeID) -> Bool { uploads[Int(telescopes[Int(id.number)].group)].looksAtSite }

    /// How many groups there are.
    var groupCount: Int { groups.count }

    /// Where a telescope stands.
    func site(of id: TelescopeID) -> SiteID { telescopes[Int(id.number)].site }

    /// A night begins at a site, before its telescopes hear of it; in the run's first instant it may have begun before.
    ///
    /// What happens at once to all telescopes of a site has no messages of its own, so that it comes before the opening
    /// and the closing of the dome in every order of ties.
    mutating func beginNight(_ site: SiteID, isNightfall: Bool, agenda: inout Agenda<Message>) {
        if isNightfall { nightfalls[Int(site.number)] = agenda.now }
        for id in residents(of: site) {
            let number = Int(id.number)
            guard let isBroken = downtimes[Int(telescopes[number].group)]?.beginNight(id) else { continue }
            let former = telescopes[number]
            telescopes[number].beginNight(isBroken: isBroken, agenda: &agenda)
            note(number, after: former, at: agenda.now)
        }
    }

    /// A night ends at a site, before its telescopes hear of it: calibration frames are due.
    mutating func endNight(_ site: SiteID, isClear: Bool, agenda: inout Agenda<Message>) {
        for id in residents(of: site) {
            let number = Int(id.number)
            let group = groups[Int(telescopes[number].group)]
            guard group.isCalibrated else { continue }
            telescopes[number].endNight(frames: group.darks + (isClear ? group.dawnFlats : 0))
            let former = telescopes[number]
            calibrate(id, number, Int(former.group), agenda: &agenda)
            note(number, after: former, at: agenda.now)
        }
    }

    /// Asks the telescopes of a site whose uploads depend on the night, which begins or ends.
    func tellNight(_ site: SiteID, agenda: inout Agenda<Message>) {
        for id in residents(of: site) where uploads[Int(telescopes[Int(id.number)].group)].policy.watchesNight {
            agenda.schedule(.telescope(id, .uploadDue))
        }
    }

    /// Tells the telescopes of a site that its domes open or close.
    func tell(_ site: SiteID, isOpen: Bool, agenda: inout Agenda<Message>) {
        for id in residents(of: site) { agenda.schedule(.telescope(id, isOpen ? .domeOpened : .domeClosed)) }
    }

    /// The warm-up is over.
    mutating func restart(at now: Instant) {
        abortedExposures.restart()
        interruptedExposures.restart()
        calibrationExposures.restart()
        down.restart(at: now)
        stalled.restart(at: now)
    }

    /// The run is over.
    mutating func close(at end: Instant) {
        down.close(at: end)
        stalled.close(at: end)
    }

    /// How many items are being read out.
    var readingOutCount: Int {
        telescopes.reduce(0) { $0 + ($1.isReadingOut ? edge.productCounts[Int($1.group)] : 0) }
    }

    /// How many items wait for the telescopes' computers or are processed by them.
    var processingCount: Int { edge.processingCount }

    /// How many items wait on disks to be sent.
    var waitingCount: Int { uploaders.reduce(0) { $0 + $1.waiting.count } }

    /// Stops the run if the books have other numbers of telescopes that wait for room or are down than there are.
    func checkLevels() {
        let (waiting, broken) = (telescopes.count { $0.isStalled }, telescopes.count { $0.isDown })
        invariant(stalled.gauge.level == waiting, "\(stalled.gauge.level) telescopes count as stalled, \(waiting) are")
        invariant(down.gauge.level == broken, "\(down.gauge.level) telescopes count as down, \(broken) are")
    }

    /// Stops the run if a telescope of a site does not do what it should under its sky.
    func check(_ site: SiteID, isOpen: Bool, agenda: borrowing Agenda<Message>) {
        for id in residents(of: site) { telescopes[Int(id.number)].check(id, isOpen: isOpen, agenda: agenda) }
    }

    private mutating func openDome(
        _ id: TelescopeID, _ number: Int, _ group: Int, agenda: inout Agenda<Message>
    ) {
        // Drawn also for an opening that is void at once, so that every order of ties draws the same numbers.
        let setUpTime = setUps[group].duration(using: &setUpStreams[number])
        let isNightfall = nightfalls[Int(telescopes[number].site.number)] == agenda.now
        telescopes[number].setUp(
            id, for: setUpTime, frames: isNightfall ? groups[group].duskFlats : 0, agenda: &agenda)
        targets[group]?.begin(id)
    }

    private mutating func closeDome(
        _ id: TelescopeID, _ number: Int, _ group: Int, isNight: Bool, agenda: inout Agenda<Message>
    ) {
        if telescopes[number].close(isNight: isNight, agenda: &agenda) { abortedExposures.add() }
        calibrate(id, number, group, agenda: &agenda)
    }

    /// Begins with the calibration frames of dawn, if they are due and the dome is closed for observing.
    private mutating func calibrate(
        _ id: TelescopeID, _ number: Int, _ group: Int, agenda: inout Agenda<Message>
    ) {
        guard telescopes[number].isDueToCalibrate else { return }
        telescopes[number].beginExposing(id, groups[group], hasRoom: hasRoom(number, group), agenda: &agenda)
    }

    private mutating func crash(_ id: TelescopeID, _ number: Int, _ group: Int, agenda: inout Agenda<Message>) {
        if telescopes[number].crash(agenda: &agenda) { interruptedExposures.add() }
        crashes[group]?.restart(id, agenda: &agenda)
    }

    private mutating func restart(_ id: TelescopeID, _ number: Int, _ group: Int, agenda: inout Agenda<Message>) {
        guard let time = crashes[group]?.setUp(id, setUps[group]) else {
            violation("telescope \(number) starts again that never crashes")
        }
        telescopes[number].restart(id, setUp: time, agenda: &agenda)
        targets[group]?.begin(id)
        crashes[group]?.awaitCrash(id, agenda: &agenda)
    }

    /// Counts a telescope that was so before as what it is now.
    private mutating func note(_ number: Int, after former: Telescope, at now: Instant) {
        let telescope = telescopes[number]
        if telescope.isStalled != former.isStalled { stalled.add(telescope.isStalled ? +1 : -1, at: now) }
        if telescope.isDown != former.isDown { down.add(telescope.isDown ? +1 : -1, at: now) }
        if assignments != nil { tellScheduler(TelescopeID(number: UInt32(number)), after: former) }
    }

    /// Says what the scheduler cares for of what happened to a telescope that was so before.
    private mutating func tellScheduler(_ id: TelescopeID, after former: Telescope) {
        let number = Int(id.number)
        if telescopes[number].isObserving && !former.isObserving { assignments?.beginExposure(of: id) }
        if former.canObserve && !telescopes[number].canObserve {
            assignments?.abandon(id, hasCrashed: telescopes[number].isCrashed)
            telescopes[number].endWork()
        }
        let telescope = telescopes[number]
        if telescope.isCrashed != former.isCrashed {
            assignments?.note(telescope.isCrashed ? .crashed : .restarted, of: id)
        }
        if telescope.wantsWork != former.wantsWork { assignments?.note(.wantsWork(telescope.wantsWork), of: id) }
        let open = (telescope.canObserve ? 1 : 0) - (former.canObserve ? 1 : 0)
        let idle = (telescope.isIdle ? 1 : 0) - (former.isIdle ? 1 : 0)
        if open != 0 || idle != 0 { assignments?.note(.levels(open: Int8(open), idle: Int8(idle)), of: id) }
    }

    /// What happened since the scheduler last looked, in exchange for an empty list.
    mutating func swapNews(with other: inout ContiguousArray<Assignments.News>) {
        assignments?.swapNews(with: &other)
    }

    /// Whether a telescope's dome is open and it works; nil if its controller crashed, so that it says nothing.
    func isAvailable(_ id: TelescopeID) -> Bool? {
        let telescope = telescopes[Int(id.number)]
        return telescope.isCrashed ? nil : telescope.canObserve
    }

    /// A telescope whose controller runs is to forget what it has not begun.
    mutating func dropPlan(of id: TelescopeID) { assignments?.clearWaiting(of: id, .canceled) }

    /// It is to make one more observation.
    mutating func extendPlan(of id: TelescopeID, by entry: Assignments.Entry) { assignments?.add(entry, to: id) }

    /// It has heard the whole plan, and begins with it if it is not at something else.
    mutating func followPlan(_ id: TelescopeID, agenda: inout Agenda<Message>) {
        let number = Int(id.number)
        let (former, group) = (telescopes[number], Int(telescopes[number].group))
        if !former.canObserve {
            assignments?.clearWaiting(of: id, .notAttempted)
        } else if !former.hasWork, let way = assignments?.takeUp(id, group: group, at: agenda.now) {
            telescopes[number].beginWork(
                id, way: way, groups[group], hasRoom: hasRoom(number, group), agenda: &agenda)
        }
        note(number, after: former, at: agenda.now)
    }

    /// The telescopes of a site.
    func residents(of site: SiteID) -> ArraySlice<TelescopeID> {
        let number = Int(site.number)
        return residents[(number == 0 ? 0 : Int(residentsEnd[number - 1]))..<Int(residentsEnd[number])]
    }
}
