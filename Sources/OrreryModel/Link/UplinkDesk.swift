import OrreryKernel

/// The uplinks of all sites at work: feeds them what happens, and does in the network what comes of it.
struct UplinkDesk: Sendable {
    private var lines: ContiguousArray<SiteLine> = []
    /// What draws outages and jitter, by site.
    private var streams: ContiguousArray<RandomStream> = []
    /// Answers of the centre that wait until a line works again.
    private var answers: [(site: SiteID, copy: Copy, heard: Message.CopyEvent)] = []
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

    /// Adds the uplink of the next site.
    mutating func add(plan: Int, stream: RandomStream, agenda: inout Agenda<Message>) {
        lines.append(
            SiteLine(uplink: Uplink(plan: groups[plan].plan), timer: agenda.makeTimer(), group: UInt32(plan)))
        streams.append(stream)
    }

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
        lines[number].downCount = isDown ? lines[number].downCount + 1 : lines[number].downCount - 1
        if lines[number].downCount == 0 { releaseAnswers(to: site, agenda: &agenda) }
        if lines[number].downCount > 0 {
            lines[number].uplink.goDown(at: agenda.now)
        } else {
            lines[number].uplink.goUp(at: agenda.now)
        }
        awaitChange(of: site, wasSending: wasSending, agenda: &agenda)
    }

    /// What goes one way between a site and the centre is lost, or no longer.
    mutating func set(_ site: SiteID, _ direction: Direction, isCut: Bool) {
        if isCut {
            lines[Int(site.number)].uplink.cut(direction)
        } else {
            lines[Int(site.number)].uplink.mend(direction)
        }
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
