import OrreryKernel

/// The operators at work: items come to them that no worker could write, wait their turn, and are reconciled one by one
/// or become pointless.
///
/// Without losses of patience this is a station with as many servers as there are operators; with them, Erlang's A.
struct Operators: Sendable {
    private let plan: OperatorPlan
    private var times: RandomStream
    private var patiences: RandomStream
    /// What each operator is at.
    private var desks: ContiguousArray<Copy?>
    /// Operators that are at nothing; the last is the next to be asked.
    private var free: ContiguousArray<UInt32>
    /// Tickets in the order in which they came; one without a copy has lost its patience.
    private var line = Line<Ticket>()
    /// The number of the first ticket of the line.
    private var firstNumber: UInt32 = 0
    /// What was counted.
    private(set) var books: OperatorBooks

    /// An item in the line.
    private struct Ticket: BitwiseCopyable, Sendable {
        var copy: Copy?
    }

    /// Operators for a run of this length with a seed, who have nothing to do.
    init(_ plan: OperatorPlan, seed: UInt64, duration: Duration) {
        self.plan = plan
        times = RandomStream(seed: seed, entity: "operators", purpose: "time")
        patiences = RandomStream(seed: seed, entity: "operators", purpose: "patience")
        desks = ContiguousArray(repeating: nil, count: plan.count)
        free = ContiguousArray((0..<UInt32(plan.count)).reversed())
        books = OperatorBooks(duration: duration)
    }

    /// What waits, and what somebody is at.
    var copies: [Copy] { line.elements.compactMap(\.copy) + desks.compactMap(\.self) }

    /// The warm-up is over.
    mutating func restart(at now: Instant) { books.restart(at: now) }

    /// The run is over.
    mutating func close(at end: Instant) { books.close(at: end) }

    /// An item comes that no worker could write.
    mutating func receive(_ copy: Copy, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        ledger.move(copy, to: .reconciliation, at: agenda.now)
        books.tickets.add(at: agenda.now)
        if let number = free.popLast() { return begin(copy, at: number, agenda: &agenda) }
        if let patience = plan.patience?.duration(using: &patiences) {
            let ticket = firstNumber &+ UInt32(line.count)
            agenda.schedule(.operators(.lostPatience(ticket: ticket)), after: patience)
        }
        line.append(Ticket(copy: copy))
        books.waiting.add(+1, at: agenda.now)
    }

    /// An operator is done with an item, which is returned, and takes the next.
    mutating func finish(_ number: UInt32, agenda: inout Agenda<Message>) -> Copy {
        guard let done = desks[Int(number)] else { violation("operator \(number) is done with nothing") }
        desks[Int(number)] = nil
        books.busy.add(-1, at: agenda.now)
        books.reconciled.add(at: agenda.now)
        free.append(number)
        while let ticket = line.removeFirst() {
            firstNumber &+= 1
            guard let copy = ticket.copy else { continue }
            books.waiting.add(-1, at: agenda.now)
            free.removeLast()
            begin(copy, at: number, agenda: &agenda)
            break
        }
        return done
    }

    /// An item has waited for too long, unless somebody is at it or was.
    mutating func losePatience(_ number: UInt32, ledger: inout Ledger, at now: Instant) {
        let place = Int(number &- firstNumber)
        guard place < line.count, let copy = line[place].copy else { return }
        line[place].copy = nil
        books.waiting.add(-1, at: now)
        ledger.drop(copy, because: .abandoned, at: now)
    }

    private mutating func begin(_ copy: Copy, at number: UInt32, agenda: inout Agenda<Message>) {
        desks[Int(number)] = copy
        books.busy.add(+1, at: agenda.now)
        agenda.schedule(.operators(.finished(by: number)), after: plan.time.duration(using: &times))
    }
}
