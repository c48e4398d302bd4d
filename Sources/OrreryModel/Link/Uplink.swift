import OrreryKernel

/// interim
struct Uplink: Sendable {
    private let rate: DataRate
    let latency: Duration
    private var sendingSince = Instant.start
    private var sentTime = Duration.zero
    private var line = Line<Copy>()
    private var sending: Copy?
    private let id: SiteID

    init(id: SiteID, plan: UplinkPlan) {
        self.id = id
        rate = plan.rate
        latency = plan.latency
    }
    var copies: [Copy] { line.elements + [sending].compactMap(\.self) }
    var load: Int { line.count + (sending == nil ? 0 : 1) }
    var fullRate: DataRate { rate }
    func busyTime(at now: Instant) -> Duration {
        sending == nil ? sentTime : sentTime + (now - sendingSince)
    }
    mutating func restart(at now: Instant) {
        sentTime = .zero
        sendingSince = now
    }
    mutating func start(_ copy: Copy, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        if sending == nil { send(copy, ledger: &ledger, agenda: &agenda) } else { line.append(copy) }
    }
    mutating func finish(ledger: inout Ledger, agenda: inout Agenda<Message>) -> Copy {
        guard let copy = sending else { violation("an uplink that sends nothing has sent it") }
        sentTime += agenda.now - sendingSince
        sending = nil
        if let next = line.removeFirst() { send(next, ledger: &ledger, agenda: &agenda) }
        return copy
    }
    private mutating func send(_ copy: Copy, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        sending = copy
        sendingSince = agenda.now
        agenda.schedule(.uplink(id, .sent), after: rate.time(for: ledger.size(of: copy.item)))
    }
}
