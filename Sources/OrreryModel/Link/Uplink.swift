import OrreryKernel

/// The line of a site: sends one item after another, each in the time that its bits take, then lets it travel.
///
/// A hundred images of a megabit handed over at once to a line of a megabit a second take a hundred seconds, as they
/// must.
struct Uplink: Sendable {
    // In this order it takes 64 bytes.
    private let rate: DataRate
    private let latency: Duration
    private var sendingSince = Instant.start
    private var sentTime = Duration.zero
    private var line = ItemLine()
    private var sending: ItemID?
    private let id: SiteID

    /// The line of a site.
    init(id: SiteID, plan: UplinkPlan) {
        self.id = id
        rate = plan.rate
        latency = plan.latency
    }

    /// How many items wait or are being sent.
    var load: Int { line.count + (sending == nil ? 0 : 1) }

    /// How long it has been sending since the observation began.
    func busyTime(at now: Instant) -> Duration {
        sending == nil ? sentTime : sentTime + (now - sendingSince)
    }

    /// The observation begins anew.
    mutating func restart(at now: Instant) {
        sentTime = .zero
        sendingSince = now
    }

    mutating func handle(_ event: Message.UplinkEvent, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        switch event {
        case .offered(let item):
            if sending == nil {
                send(item, ledger: &ledger, agenda: &agenda)
            } else {
                ledger.move(item, to: .uplinkWait, at: agenda.now)
                ledger.withItems { line.append(item, in: &$0) }
            }
        case .sent:
            guard let item = sending else { violation("an uplink that sends nothing has sent it") }
            ledger.move(item, to: .propagation, at: agenda.now)
            agenda.schedule(.broker(.offered(item)), after: latency)
            sentTime += agenda.now - sendingSince
            sending = nil
            if let next = ledger.withItems({ line.removeFirst(in: &$0) }) {
                send(next, ledger: &ledger, agenda: &agenda)
            }
        }
    }

    private mutating func send(_ item: ItemID, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        sending = item
        sendingSince = agenda.now
        ledger.move(item, to: .uplinkTransfer, at: agenda.now)
        agenda.schedule(.uplink(id, .sent), after: rate.time(for: ledger.size(of: item)))
    }
}
