import OrreryKernel

/// The requests that are not over, and the line in which they wait for a telescope.
struct Requests: Sendable {
    private let plan: RequestPlan?
    private var requests: ContiguousArray<Request> = []
    private var free: ContiguousArray<UInt32> = []
    /// Those that are pending, and some that no longer are.
    private var line = Line<UInt32>()

    /// How far a request is.
    enum State: BitwiseCopyable, Sendable {
        /// It waits for a telescope.
        case pending
        /// A telescope is to observe it, as far as the centre knows.
        case out
        /// It was observed.
        case done
        /// It was not begun in time.
        case expired
        /// There is no request in this place.
        case none
    }

    private struct Request: BitwiseCopyable, Sendable {
        let arrival: Instant
        var state = State.pending
        /// Whether it stands in the line.
        var isInLine = true
        /// Whether its deadline lies ahead.
        var hasTime: Bool
        /// Whether an observation of it ever began.
        var hasBegun = false
        /// The observation that the centre waits for.
        var observation = ObservationID.none
        /// How many observations in the table are of it.
        var holders = 0
    }

    init(_ plan: RequestPlan?) {
        self.plan = plan
    }

    /// Whether telescopes observe only what was asked for.
    var areLimited: Bool { plan != nil }

    /// Until when an observation of a request may begin; nil at any time.
    func deadline(of request: UInt32?) -> Instant? {
        guard let request, let deadline = plan?.deadline else { return nil }
        return requests[Int(request)].arrival + deadline
    }

    /// How many there are in a state; for checks.
    func count(of state: State) -> Int { requests.count { $0.state == state } }

    mutating func add(at now: Instant, _ books: inout SchedulerBooks) -> UInt32 {
        let request = Request(arrival: now, hasTime: plan?.deadline != nil)
        let number: UInt32
        if let place = free.popLast() {
            number = place
            requests[Int(place)] = request
        } else {
            number = UInt32(requests.count)
            requests.append(request)
        }
        line.append(number)
        books.requested.add(at: now)
        books.pending.add(+1, at: now)
        return number
    }

    /// The request that has waited for longest; nil if none is pending.
    mutating func take(at now: Instant, _ books: inout SchedulerBooks) -> UInt32? {
        while let number = line.removeFirst() {
            requests[Int(number)].isInLine = false
            guard requests[Int(number)].state == .pending else {
                release(number)
                continue
            }
            change(number, to: .out, at: now, &books)
            return number
        }
        return nil
    }

    /// A request goes to a telescope as an observation.
    mutating func give(_ request: UInt32, to observation: ObservationID) {
        requests[Int(request)].observation = observation
        requests[Int(request)].holders += 1
    }

    /// An observation of it begins; how long it waited if that is the first one.
    mutating func begin(_ request: UInt32, at now: Instant) -> Duration? {
        guard !requests[Int(request)].hasBegun else { return nil }
        requests[Int(request)].hasBegun = true
        return now - requests[Int(request)].arrival
    }

    /// An observation of it was completed; false if it was over already.
    mutating func fulfil(_ request: UInt32, at now: Instant, _ books: inout SchedulerBooks) -> Bool {
        switch requests[Int(request)].state {
        case .pending, .out:
            change(request, to: .done, at: now, &books)
            return true
        case .done, .expired, .none: return false
        }
    }

    /// An observation of it came to nothing, or is taken back: it is pending again, before all others.
    mutating func comeBack(
        _ request: UInt32, from observation: ObservationID, at now: Instant, _ books: inout SchedulerBooks
    ) {
        let entry = requests[Int(request)]
        guard entry.state == .out, entry.observation == observation else { return }
        if plan?.deadline != nil && !entry.hasTime {
            change(request, to: .expired, at: now, &books)
        } else {
            change(request, to: .pending, at: now, &books)
            requests[Int(request)].isInLine = true
            line.prepend(request)
        }
    }

    mutating func passDeadline(of request: UInt32, at now: Instant, _ books: inout SchedulerBooks) {
        requests[Int(request)].hasTime = false
        if requests[Int(request)].state == .pending { change(request, to: .expired, at: now, &books) }
        release(request)
    }

    /// An observation of it is gone from the table.
    mutating func letGo(_ request: UInt32) {
        requests[Int(request)].holders -= 1
        release(request)
    }

    private mutating func change(
        _ request: UInt32, to state: State, at now: Instant, _ books: inout SchedulerBooks
    ) {
        switch requests[Int(request)].state {
        case .pending: books.pending.add(-1, at: now)
        case .out: books.out.add(-1, at: now)
        case .done, .expired, .none: violation("request \(request) goes on after its end")
        }
        requests[Int(request)].state = state
        switch state {
        case .pending: books.pending.add(+1, at: now)
        case .out: books.out.add(+1, at: now)
        case .done: books.fulfilled.add(at: now)
        case .expired: books.expired.add(at: now)
        case .none: violation("request \(request) vanishes")
        }
    }

    /// Frees the place of a request that is over and that nothing leads to any more.
    private mutating func release(_ number: UInt32) {
        let request = requests[Int(number)]
        guard request.state == .done || request.state == .expired, !request.isInLine, !request.hasTime,
            request.holders == 0
        else { return }
        requests[Int(number)].state = .none
        free.append(number)
    }
}
