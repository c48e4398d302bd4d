import OrreryKernel

/// The archive: writes one copy after another; with the end of its write an item is delivered.
struct Store: Sendable {
    private let plan: StorePlan?
    private var line = Line<Copy>()
    private var writing: Copy?

    /// A store; without a plan, items are delivered as they come.
    init(plan: StorePlan?) {
        self.plan = plan
    }

    /// The copies that wait or are being written.
    var copies: [Copy] { line.elements + [writing].compactMap(\.self) }

    /// A copy arrives.
    mutating func receive(_ copy: Copy, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        guard let plan else { return ledger.deliver(copy, at: agenda.now) }
        if writing == nil {
            write(copy, plan, ledger: &ledger, agenda: &agenda)
        } else {
            ledger.move(copy, to: .storeWait, at: agenda.now)
            line.append(copy)
        }
    }

    /// The copy at the head has been written.
    mutating func finish(ledger: inout Ledger, agenda: inout Agenda<Message>) {
        guard let plan, let copy = writing else { violation("a store that writes nothing has written it") }
        ledger.deliver(copy, at: agenda.now)
        writing = nil
        if let next = line.removeFirst() { write(next, plan, ledger: &ledger, agenda: &agenda) }
    }

    private mutating func write(_ copy: Copy, _ plan: StorePlan, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        writing = copy
        ledger.move(copy, to: .storeWrite, at: agenda.now)
        agenda.schedule(
            .store(.written), after: plan.overhead + plan.writeRate.time(for: ledger.size(of: copy.item)))
    }
}
