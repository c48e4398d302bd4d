import OrreryKernel

/// The uplinks of all sites at work: feeds them what happens, and does in the network what comes of it.
struct UplinkDesk: Sendable {
    private var lines: ContiguousArray<SiteLine> = []
    /// What draws outages and jitter, by site.
    private var streams: ContiguousArray<RandomStream> = []
    /// What draws the jitter of the scheduler's words, by site; empty without a scheduler.
    private var wordStreams: ContiguousArray<RandomStream> = []
    /// Answers of the centre and words of the scheduler that wait until a line works again.
    private var waiting: [(site: SiteID, direction: Direction, message: Message)] = []
    /// Words that were lost after they had waited, and sites that were cut off and no longer are, since anybody looked.
    private(set) var news = UplinkNews()
    private let groups: ContiguousArray<UplinkGroup>
    /// How many uplinks send.
    private(set) var busy: LevelSeries
    /// How many uplinks have an outage of their own.
    private(set) var inOutage: LevelSeries

    /// Uplinks of the sites of these plans, which are added one by one, for a run of this length.
    init(plans: [UplinkPlan], siteCount: Int, duration: Duration) {
        busy = LedgerSeries.level(over: duration)
        inOutage = busy
        groups = ContiguousArray(plans.map(UplinkGroup.init))
        lines.reserveCapacity(siteCount)
        streams.reserveCapacity(siteCount)
    }

    /// Adds the uplink of the next site; words of a scheduler have a stream of their own.
    mutating func add(
        plan: Int, stream: RandomStream, words: RandomStream?, agenda: inout Agenda<Message>
    ) {
        if let words { wordStreams.append(words) }
        lines.append(
            SiteLine(uplink: Uplink(plan: groups[plan].plan), timer: agenda.makeTimer(), group: UInt32(plan)))
        streams.append(stream)
    }

    /// How many there are.
    var count: Int { lines.count }

    /// The copies that are being sent.
    var copies: [Copy] { lines.flatMap(\.uplink.copies) }

    /// How long each has been sending since the observation began.
    func busyTimes(at now: Instant) -> [Duration] { lines.map { $0.uplink.busyTime(at: now) } }

    /// How many copies a site is sending.
    func load(of site: SiteID) -> Int { lines[Int(site.number)].uplink.load }

    /// The speed of a site's uplink.
    func rate(of site: SiteID) -> DataRate { plan(of: site).rate }

    /// Those that can be down wait for their outages.
    mutating func start(agenda: inout Agenda<Message>) {
        for number in lines.indices {
            let site = SiteID(number: UInt32(number))
            guard let outages = plan(of: site).outages else { continue }
            if !outages.startsUp(using: &streams[number]) {
                lines[number].isInOutage = true
                inOutage.add(+1, at: agenda.now)
                set(site, isDown: true, agenda: &agenda)
            }
            awaitSpell(of: site, outages, agenda: &agenda)
        }
    }

    /// The observation begins anew.
    mutating func restart(at now: Instant) {
        for number in lines.indices { lines[number].uplink.restart(at: now) }
        busy.restart(at: now)
    }

    /// The run is over.
    mutating func close(at end: Instant) {
        busy.close(at: end)
        inOutage.close(at: end)
    }

    /// A copy is handed over.
    mutating func send(_ copy: Copy, from site: SiteID, ledger: borrowing Ledger, agenda: inout Agenda<Message>) {
        let wasSending = lines[Int(site.number)].uplink.isSending
        lines[Int(site.number)].uplink.start(copy, size: ledger.size(of: copy.item), at: agenda.now)
        awaitChange(of: site, wasSending: wasSending, agenda: &agenda)
    }

    /// A spell of work or of an outage ends.
    mutating func endSpell(of site: SiteID, agenda: inout Agenda<Message>) {
        guard let outages = plan(of: site).outages else { violation("an uplink without outages had one") }
        let number = Int(site.number)
        lines[number].isInOutage.toggle()
        inOutage.add(lines[number].isInOutage ? +1 : -1, at: agenda.now)
        set(site, isDown: lines[number].isInOutage, agenda: &agenda)
        awaitSpell(of: site, outages, agenda: &agenda)
    }

    /// An uplink has one reason more to be down, or one less.
    mutating func set(_ site: SiteID, isDown: Bool, agenda: inout Agenda<Message>) {
        let number = Int(site.number)
        let wasSending = lines[number].uplink.isSending
        let couldReach = isReachable(site)
        lines[number].downCount = isDown ? lines[number].downCount + 1 : lines[number].downCount - 1
        if lines[number].downCount == 0 { release(at: site, agenda: &agenda) }
        if lines[number].downCount > 0 {
            lines[number].uplink.goDown(at: agenda.now)
        } else {
            lines[number].uplink.goUp(at: agenda.now)
        }
        awaitChange(of: site, wasSending: wasSending, agenda: &agenda)
        noteReach(of: site, before: couldReach)
    }

    /// What goes one way between a site and the centre is lost, or no longer.
    mutating func set(_ site: SiteID, _ direction: Direction, isCut: Bool) {
        let couldReach = isReachable(site)
        if isCut {
            lines[Int(site.number)].uplink.cut(direction)
        } else {
            lines[Int(site.number)].uplink.mend(direction)
        }
        noteReach(of: site, before: couldReach)
    }

    /// Whether words go both ways between a site and the centre.
    func isReachable(_ site: SiteID) -> Bool {
        let uplink = lines[Int(site.number)].uplink
        return !uplink.isDown && !uplink.isCut(.toCentre) && !uplink.isCut(.fromCentre)
    }

    private mutating func noteReach(of site: SiteID, before couldReach: Bool) {
        if !wordStreams.isEmpty && !couldReach && isReachable(site) { news.reachable.append(site) }
    }

    /// The share of packets that a site's line loses.
    func loss(of site: SiteID) -> Double { plan(of: site).loss }

    /// Hands the news over.
    mutating func takeNews() -> UplinkNews {
        defer { news = UplinkNews() }
        return news
    }

    /// What changes on an uplink now.
    mutating func change(of site: SiteID, agenda: inout Agenda<Message>) -> Uplink.Change {
        let wasSending = lines[Int(site.number)].uplink.isSending
        defer { awaitChange(of: site, wasSending: wasSending, agenda: &agenda) }
        return lines[Int(site.number)].uplink.change(at: agenda.now)
    }

    /// How long an item or an answer of a site travels; nil if it is lost on the way.
    mutating func latency(of site: SiteID, _ direction: Direction) -> Duration? {
        let number = Int(site.number)
        let latency = groups[Int(lines[number].group)].latency(using: &streams[number])
        return lines[number].uplink.isCut(direction) ? nil : latency
    }

    /// An answer of the centre goes to a site: while its line is down it waits, on a way that is cut it is lost.
    mutating func answer(
        _ copy: Copy, _ heard: Message.CopyEvent, to site: SiteID, agenda: inout Agenda<Message>
    ) {
        if lines[Int(site.number)].uplink.isDown {
            waiting.append((site, .fromCentre, .copy(copy, heard)))
        } else if let latency = latency(of: site, .fromCentre) {
            agenda.schedule(.copy(copy, heard), after: latency)
        }
    }

    /// A word goes between a site and the centre.
    ///
    /// - Parameter waits: whether it waits while the line is down; otherwise it is lost then.
    /// - Returns: whether it is on its way; false if it is lost.
    mutating func carry(
        _ word: Message.SchedulerEvent, _ direction: Direction, of site: SiteID, waits: Bool,
        agenda: inout Agenda<Message>
    ) -> Bool {
        let number = Int(site.number)
        if lines[number].uplink.isDown {
            if waits { waiting.append((site, direction, .scheduler(word))) }
            return waits
        }
        let latency = groups[Int(lines[number].group)].latency(using: &wordStreams[number])
        if lines[number].uplink.isCut(direction) { return false }
        agenda.schedule(.scheduler(word), after: latency)
        return true
    }

    /// The line of a site works again: what waited for it goes out.
    private mutating func release(at site: SiteID, agenda: inout Agenda<Message>) {
        let ready = waiting.filter { $0.site == site }
        if ready.isEmpty { return }
        waiting.removeAll { $0.site == site }
        let group = groups[Int(lines[Int(site.number)].group)]
        for (site, direction, message) in ready {
            guard case .scheduler(let word) = message else {
                if let latency = latency(of: site, direction) { agenda.schedule(message, after: latency) }
                continue
            }
            let latency = group.latency(using: &wordStreams[Int(site.number)])
            if lines[Int(site.number)].uplink.isCut(direction) {
                news.lost.append(word)
            } else {
                agenda.schedule(message, after: latency)
            }
        }
    }

    private func plan(of site: SiteID) -> UplinkPlan { groups[Int(lines[Int(site.number)].group)].plan }

    private mutating func awaitSpell(of site: SiteID, _ outages: OutagePlan, agenda: inout Agenda<Message>) {
        let number = Int(site.number)
        let spell = outages.spell(isUp: !lines[number].isInOutage, using: &streams[number])
        agenda.schedule(.uplink(site, .spellEnded), after: spell)
    }

    /// Notes whether an uplink sends now, and waits for its next change.
    private mutating func awaitChange(of site: SiteID, wasSending: Bool, agenda: inout Agenda<Message>) {
        let number = Int(site.number)
        let isSending = lines[number].uplink.isSending
        if isSending != wasSending { busy.add(isSending ? +1 : -1, at: agenda.now) }
        if let instant = lines[number].uplink.nextChange {
            agenda.arm(lines[number].timer, .uplink(site, .changed), after: instant - agenda.now)
        } else {
            agenda.cancel(lines[number].timer)
        }
    }
}

/// What has become of words and ways since the scheduler looked.
struct UplinkNews: Sendable {
    /// Words that were lost after they had waited for a line.
    fileprivate(set) var lost: [Message.SchedulerEvent] = []
    /// Sites that were cut off, and no longer are.
    fileprivate(set) var reachable: [SiteID] = []

    /// Whether there are none.
    var isEmpty: Bool { lost.isEmpty && reachable.isEmpty }
}

/// The uplink of a site, and what its owner knows of it.
private struct SiteLine: Sendable {
    var uplink: Uplink
    /// Rings for its next change.
    let timer: Timer
    /// The number of its plan.
    let group: UInt32
    /// How many reasons it has to be down: an outage of its own, and faults.
    var downCount: UInt32 = 0
    /// Whether it has an outage of its own.
    var isInOutage = false
}

/// What the uplinks of a plan have in common; a class, so that nothing is copied to look at it.
private final class UplinkGroup: Sendable {
    let plan: UplinkPlan
    /// The latency without jitter, if there is none.
    private let latency: Duration?

    init(_ plan: UplinkPlan) {
        self.plan = plan
        latency = plan.jitter == nil ? plan.latency : nil
    }

    /// How long an item or an answer travels.
    func latency(using stream: inout RandomStream) -> Duration { latency ?? plan.latency(using: &stream) }
}
