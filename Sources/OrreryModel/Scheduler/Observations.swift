import OrreryKernel

/// All observations and requests that are not over: what has become of them, and what the centre believes of it.
///
/// ```
///   request: pending ─ given to a telescope ─► out ─ completed ─► done
///               ▲ └ deadline ─► expired          │
///               └── failed, or taken back ◄──────┘
///   observation: waiting ─ first exposure ─► in progress ─► completed, aborted or failed
///                   └ refused, replaced, or with nobody any more ─► not attempted or canceled
/// ```
///
/// An observation has two sides. The centre has it open until it hears of its end or gives it up; a telescope holds it
/// from the command's arrival to its end. A place in the table is used again when neither does and no message is under
/// way that speaks of it.
struct Observations: Sendable {
    private var entries: ContiguousArray<Entry> = []
    private var free: ContiguousArray<UInt32> = []
    private(set) var requests: Requests
    /// The newest observation that the centre has open, by telescope.
    private var openHeads: ContiguousArray<ObservationID>
    var books: SchedulerBooks

    /// How far an observation is.
    enum State: BitwiseCopyable, Equatable, Sendable {
        /// No telescope has begun it.
        case waiting
        /// A telescope is making it.
        case inProgress
        /// It is over.
        case over(ObservationEnd)
    }

    struct Entry: BitwiseCopyable, Sendable {
        let telescope: TelescopeID
        /// The request that it is made for; nil if there is always something to observe.
        let request: UInt32?
        /// When the state was looked at that it was made from.
        let seen: Instant
        var state = State.waiting
        /// Whether the centre waits for its end.
        var isOpen = true
        /// Whether its telescope has it.
        var isHeld = false
        /// How many messages are under way that speak of it.
        var messages: UInt16 = 0
        /// When the centre takes it back unless it hears of its end; nil if it does not look at the clock.
        var due: Instant?
        /// The next observation of the same plan.
        var next = ObservationID.none
        /// The next older one that the centre has open.
        var older = ObservationID.none
    }

    /// No observations of so many telescopes.
    init(telescopes: Int, requests plan: RequestPlan?, duration: Duration) {
        openHeads = ContiguousArray(repeating: .none, count: telescopes)
        books = SchedulerBooks(duration: duration)
        requests = Requests(plan)
    }

    subscript(id: ObservationID) -> Entry { entries[Int(id.number)] }

    /// The newest observation of a telescope that the centre has open.
    func newestOpen(of telescope: TelescopeID) -> ObservationID { openHeads[Int(telescope.number)] }

    /// A request comes; its number.
    mutating func request(at now: Instant) -> UInt32 { requests.add(at: now, &books) }

    /// The deadline of a request passes.
    mutating func passDeadline(of request: UInt32, at now: Instant) {
        requests.passDeadline(of: request, at: now, &books)
    }

    /// An observation for a telescope; nil if nothing is pending.
    mutating func make(for telescope: TelescopeID, seen: Instant, at now: Instant) -> ObservationID? {
        var request: UInt32?
        if requests.areLimited {
            guard let taken = requests.take(at: now, &books) else { return nil }
            request = taken
        }
        var entry = Entry(telescope: telescope, request: request, seen: seen)
        entry.older = newestOpen(of: telescope)
        let id: ObservationID
        if let place = free.popLast() {
            id = ObservationID(number: place)
            entries[Int(place)] = entry
        } else {
            id = ObservationID(number: UInt32(entries.count))
            entries.append(entry)
        }
        openHeads[Int(telescope.number)] = id
        if let request { requests.give(request, to: id) }
        books.assigned.add(at: now)
        books.waiting.add(+1, at: now)
        return id
    }

    /// An observation follows another one in a plan.
    mutating func append(_ id: ObservationID, after former: ObservationID) { entries[Int(former.number)].next = id }

    /// The centre expects its end by an instant.
    mutating func expect(_ id: ObservationID, by due: Instant) { entries[Int(id.number)].due = due }

    /// A message sets out that speaks of it.
    mutating func sendMessage(of id: ObservationID) { entries[Int(id.number)].messages += 1 }

    /// A message that speaks of it has arrived, or is lost.
    mutating func endMessage(of id: ObservationID, at now: Instant) {
        entries[Int(id.number)].messages -= 1
        release(id, at: now)
    }

    /// Its telescope has it.
    mutating func hold(_ id: ObservationID) { entries[Int(id.number)].isHeld = true }

    /// Its telescope does not have it any more, and does not know of it.
    mutating func forget(_ id: ObservationID, at now: Instant) {
        entries[Int(id.number)].isHeld = false
        if self[id].state == .inProgress { end(id, .failed, at: now) }
        release(id, at: now)
    }

    /// Its first exposure begins.
    mutating func begin(_ id: ObservationID, at now: Instant) {
        invariant(self[id].state == .waiting, "observation \(id.number) begins twice")
        entries[Int(id.number)].state = .inProgress
        books.waiting.add(-1, at: now)
        books.inProgress.add(+1, at: now)
        if let request = self[id].request, let wait = requests.begin(request, at: now) { books.wait.record(wait) }
    }

    /// It is over.
    mutating func end(_ id: ObservationID, _ end: ObservationEnd, at now: Instant) {
        switch self[id].state {
        case .waiting: books.waiting.add(-1, at: now)
        case .inProgress: books.inProgress.add(-1, at: now)
        case .over: violation("observation \(id.number) ends twice")
        }
        entries[Int(id.number)].state = .over(end)
        entries[Int(id.number)].isHeld = false
        books.ended[end.rawValue].add(at: now)
    }

    /// The centre hears that it is over.
    mutating func report(_ id: ObservationID, at now: Instant) {
        let hasSucceeded = self[id].state == .over(.completed)
        if let request = self[id].request, hasSucceeded, !requests.fulfil(request, at: now, &books) {
            books.duplicates.add(at: now)
        }
        close(id, at: now)
    }

    /// The centre takes it back without having heard of its end; what was never sent is then over.
    mutating func takeBack(_ id: ObservationID, at now: Instant) {
        guard self[id].isOpen else { return }
        books.requeued.add(at: now)
        close(id, at: now)
    }

    /// The centre takes back what it has open at a telescope, all or only what is overdue.
    mutating func takeBackAll(of telescope: TelescopeID, onlyOverdue: Bool, at now: Instant) {
        var id = newestOpen(of: telescope)
        while id != .none {
            let entry = self[id]
            if !onlyOverdue || entry.due.map({ $0 <= now }) ?? false { takeBack(id, at: now) }
            id = entry.older
        }
    }

    private mutating func close(_ id: ObservationID, at now: Instant) {
        guard self[id].isOpen else { return }
        entries[Int(id.number)].isOpen = false
        unlink(id)
        if let request = self[id].request { requests.comeBack(request, from: id, at: now, &books) }
        release(id, at: now)
    }

    private mutating func unlink(_ id: ObservationID) {
        let (telescope, older) = (Int(self[id].telescope.number), self[id].older)
        guard openHeads[telescope] != id else {
            openHeads[telescope] = older
            return
        }
        var younger = openHeads[telescope]
        while self[younger].older != id { younger = self[younger].older }
        entries[Int(younger.number)].older = older
    }

    /// Frees the place of an observation that nobody has or speaks of any more.
    private mutating func release(_ id: ObservationID, at now: Instant) {
        let entry = self[id]
        guard !entry.isOpen, !entry.isHeld, entry.messages == 0 else { return }
        if entry.state == .waiting { end(id, .notAttempted, at: now) }
        if let request = entry.request { requests.letGo(request) }
        free.append(id.number)
    }
}

extension Observations {
    /// Stops the run if the books have other numbers of observations and requests than there are.
    func check(held: Int) {
        let unused = Set(free)
        let used = entries.indices.filter { !unused.contains(UInt32($0)) }.map { entries[$0] }
        let (waiting, busy) = (used.count { $0.state == .waiting }, used.count { $0.state == .inProgress })
        func compare(_ level: LevelSeries, _ count: Int, _ what: String) {
            let booked = level.gauge.level
            invariant(booked == count, "the books have \(booked) \(what), but there are \(count)")
        }
        compare(books.waiting, waiting, "observations that wait")
        compare(books.inProgress, busy, "observations in progress")
        let over = books.ended.reduce(0) { $0 + $1.total }
        invariant(
            books.assigned.total == over + Int64(waiting + busy),
            "of \(books.assigned.total) observations \(over) are over, \(waiting) wait and \(busy) are in progress")
        let booked = used.count { $0.isHeld }
        invariant(held == booked, "telescopes hold \(held) observations, but \(booked) according to the books")
        compare(books.pending, requests.count(of: .pending), "requests that are pending")
        compare(books.out, requests.count(of: .out), "requests that are out")
        let (done, expired) = (books.fulfilled.total, books.expired.total)
        let live = Int64(books.pending.gauge.level + books.out.gauge.level)
        invariant(
            books.requested.total == done + expired + live,
            "of \(books.requested.total) requests \(done) are done, \(expired) expired and \(live) are left")
    }
}
