import OrreryKernel

/// The archive: writes one item after another; with the end of its write an item is delivered.
struct Store: Sendable {
    private let plan: StorePlan?
    private var line = ItemLine()
    private var writing: ItemID?

    /// A store; without a plan, items are delivered as they come.
    init(plan: StorePlan?) {
        self.plan = plan
    }

    /// How many items wait or are being written.
    var load: Int { line.count + (writing == nil ? 0 : 1) }

    mutating func handle(_ event: Message.StoreEvent, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        switch event {
        case .offered(let item):
            guard let plan else { return ledger.deliver(item, at: agenda.now) }
            if writing == nil {
                write(item, plan, ledger: &ledger, agenda: &agenda)
            } else {
                ledger.move(item, to: .storeWait, at: agenda.now)
                ledger.withItems { line.append(item, in: &$0) }
            }
        case .written:
            guard let plan, let item = writing else {
                violation("a store that writes nothing has written it")
            }
            ledger.deliver(item, at: agenda.now)
            writing = nil
            if let next = ledger.withItems({ line.removeFirst(in: &$0) }) {
                write(next, plan, ledger: &ledger, agenda: &agenda)
            }
        }
    }

    private mutating func write(_ item: ItemID, _ plan: StorePlan, ledger: inout Ledger, agenda: inout Agenda<Message>)
    {
        writing = item
        ledger.move(item, to: .storeWrite, at: agenda.now)
        agenda.schedule(.store(.written), after: plan.overhead + plan.writeRate.time(for: ledger.size(of: item)))
    }
}
