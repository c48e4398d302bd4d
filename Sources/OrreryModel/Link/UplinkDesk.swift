import OrreryKernel

/// The uplinks of all sites at work: feeds them what happens, and does in the network what comes of it.
struct UplinkDesk: Sendable {
    private var uplinks: ContiguousArray<Uplink> = []
    /// Ring for the next change of each uplink.
    private var timers: ContiguousArray<Timer> = []
    /// What draws outages and jitter, by site.
    private var streams: ContiguousArray<RandomStream> = []
    /// Whether each has an outage of its own.
    private var isInOutage: ContiguousArray<Bool> = []
    /// How many reasons each has to be down: an outage of its own, and faults.
    private var downCounts: ContiguousArray<UInt32> = []
    /// Answers of the centre that wait until a line works again.
    private var answers: [(site: SiteID, copy: Copy, heard: Message.CopyEvent)] = []
    /// The number of its plan, by site.
    private var planNumbers: ContiguousArray<UInt32> = []
    private let plans: ContiguousArray<UplinkPlan>
    /// How many uplinks send.
    private(set) var busy: LevelSeries
    /// How many uplinks have an outage of their own.
    private(set) var inOutage: LevelSeries

    /// Uplinks of the sites of these plans, which are added one by one, for a run of this length.
    init(plans: [UplinkPlan], siteCount: Int, duration: Duration) {
        busy = LedgerSeries.level(over: duration)
        inOutage = busy
        self.plans = ContiguousArray(plans)
        uplinks.reserveCapacity(siteCount)
        timers.reserveCapacity(siteCount)
        streams.reserveCapacity(siteCount)
        downCounts.reserveCapacity(siteCount)
        planNumbers.reserveCapacity(siteCount)
    }

    /// Adds the uplink of the next site.
    mutating func add(plan: Int, stream: RandomStream, agenda: inout Agenda<Message>) {
        uplinks.append(Uplink(plan: plans[plan]))
        timers.append(agenda.makeTimer())
        streams.append(stream)
        isInOutage.append(false)
        downCounts.append(0)
        planNumbers.append(UInt32(plan))
    }

    /// The copies that are being sent.
    var copies: [Copy] { uplinks.flatMap(\.copies) }

    /// How long each has been sending since the observation began.
    func busyTimes(at now: Instant) -> [Duration] { uplinks.map { $0.busyTime(at: now) } }

    /// How many copies a site is sending.
    func load(of site: SiteID) -> Int { uplinks[Int(site.number)].load }

    /// The speed of a site's uplink.
    func rate(of site: SiteID) -> DataRate { plan(of: site).rate }

    /// Those that can be down wait for their outages.
    mutating func start(agenda: inout Agenda<Message>) {
        for number in uplinks.indices {
            let site = SiteID(number: UInt32(number))
            guard let outages = plan(of: site).outages else { continue }
            if !outages.startsUp(using: &streams[number]) {
                isInOutage[number] = true
                inOutage.add(+1, at: agenda.now)
                set(site, isDown: true, agenda: &agenda)
            }
            awaitSpell(of: site, outages, agenda: &agenda)
        }
    }

    /// The observation begins anew.
    mutating func restart(at now: Instant) {
        for number in uplinks.indices { uplinks[number].restart(at: now) }
        busy.restart(at: now)
    }

    /// The run is over.
    mutating func close(at end: Instant) {
        busy.close(at: end)
        inOutage.close(at: end)
    }

    /// A copy is handed over.
    mutating func send(_ copy: Copy, from site: SiteID, ledger: borrowing Ledger, agenda: inout Agenda<Message>) {
        let wasSending = uplinks[Int(site.number)].isSending
        uplinks[Int(site.number)].start(copy, size: ledger.size(of: copy.item), at: agenda.now)
        awaitChange(of: site, wasSending: wasSending, agenda: &agenda)
    }

    /// A spell of work or of an outage ends.
    mutating func endSpell(of site: SiteID, agenda: inout Agenda<Message>) {
        guard let outages = plan(of: site).outages else { violation("an uplink without outages had one") }
        let number = Int(site.number)
        isInOutage[number].toggle()
        inOutage.add(isInOutage[number] ? +1 : -1, at: agenda.now)
        set(site, isDown: isInOutage[number], agenda: &agenda)
        awaitSpell(of: site, outages, agenda: &agenda)
    }

    /// An uplink has one reason more to be down, or one less.
    mutating func set(_ site: SiteID, isDown: Bool, agenda: inout Agenda<Message>) {
        let number = Int(site.number)
        let wasSending = uplinks[number].isSending
        downCounts[number] = isDown ? downCounts[number] + 1 : downCounts[number] - 1
        if downCounts[number] == 0 { releaseAnswers(to: site, agenda: &agenda) }
        if downCounts[number] > 0 {
            uplinks[number].goDown(at: agenda.now)
        } else {
            uplinks[number].goUp(at: agenda.now)
        }
        awaitChange(of: site, wasSending: wasSending, agenda: &agenda)
    }

    /// What goes one way between a site and the centre is lost, or no longer.
    mutating func set(_ site: SiteID, _ direction: Direction, isCut: Bool) {
        if isCut { uplinks[Int(site.number)].cut(direction) } else { uplinks[Int(site.number)].mend(direction) }
    }

    /// What changes on an uplink now.
    mutating func change(of site: SiteID, agenda: inout Agenda<Message>) -> Uplink.Change {
        let wasSending = uplinks[Int(site.number)].isSending
        defer { awaitChange(of: site, wasSending: wasSending, agenda: &agenda) }
        return uplinks[Int(site.number)].change(at: agenda.now)
    }

    /// How long an item or an answer of a site travels; nil if it is lost on the way.
    mutating func latency(of site: SiteID, _ direction: Direction) -> Duration? {
        let number = Int(site.number)
        let latency = plan(of: site).latency(using: &streams[number])
        return uplinks[number].isCut(direction) ? nil : latency
    }

    /// An answer of the centre goes to a site: while its line is down it waits, on a way that is cut it is lost.
    mutating func answer(
        _ copy: Copy, _ heard: Message.CopyEvent, to site: SiteID, agenda: inout Agenda<Message>
    ) {
        if uplinks[Int(site.number)].isDown {
            answers.append((site, copy, heard))
        } else if let latency = latency(of: site, .fromCentre) {
            agenda.schedule(.copy(copy, heard), after: latency)
        }
    }

    /// The line of a site works again: the answers that waited for it go out.
    private mutating func releaseAnswers(to site: SiteID, agenda: inout Agenda<Message>) {
        let ready = answers.filter { $0.site == site }
        if ready.isEmpty { return }
        answers.removeAll { $0.site == site }
        for (site, copy, heard) in ready {
            guard let latency = latency(of: site, .fromCentre) else { continue }
            agenda.schedule(.copy(copy, heard), after: latency)
        }
    }

    private func plan(of site: SiteID) -> UplinkPlan { plans[Int(planNumbers[Int(site.number)])] }

    private mutating func awaitSpell(of site: SiteID, _ outages: OutagePlan, agenda: inout Agenda<Message>) {
        let number = Int(site.number)
        let spell = outages.spell(isUp: !isInOutage[number], using: &streams[number])
        agenda.schedule(.uplink(site, .spellEnded), after: spell)
    }

    /// Notes whether an uplink sends now, and waits for its next change.
    private mutating func awaitChange(of site: SiteID, wasSending: Bool, agenda: inout Agenda<Message>) {
        let number = Int(site.number)
        let isSending = uplinks[number].isSending
        if isSending != wasSending { busy.add(isSending ? +1 : -1, at: agenda.now) }
        if let instant = uplinks[number].nextChange {
            agenda.arm(timers[number], .uplink(site, .changed), after: instant - agenda.now)
        } else {
            agenda.cancel(timers[number])
        }
    }
}
