import OrreryKernel

/// What the telescopes were told to observe and have not finished, and what the centre does not know of it yet.
struct Assignments: Sendable {
    private var telescopes: ContiguousArray<Assignment> = []
    private var waiting: ContiguousArray<Line<Entry>> = []
    /// How many exposures an observation has, by group.
    private let exposures: ContiguousArray<Int32>
    /// What has happened since somebody looked.
    private var news: ContiguousArray<News> = []

    /// An observation that a telescope was told to make.
    struct Entry: BitwiseCopyable, Sendable {
        let observation: ObservationID
        /// By when it has to begin; nil if that does not matter.
        let deadline: Instant?
    }

    /// What happens to a telescope that the scheduler cares for.
    struct News: BitwiseCopyable, Sendable {
        let telescope: TelescopeID
        let event: Event

        enum Event: BitwiseCopyable, Sendable {
            /// The first exposure of an observation begins.
            case began(ObservationID)
            /// An observation is over, and the telescope knows it.
            case ended(ObservationID, ObservationEnd)
            /// The telescope has lost its memory of an observation.
            case forgot(ObservationID)
            /// It has nothing to do, and could; or no longer.
            case wantsWork(Bool)
            /// Its controller crashed.
            case crashed
            /// Its controller works again.
            case restarted
            /// How many telescopes more or less are open, and how many of them idle.
            case levels(open: Int8, idle: Int8)
        }
    }

    private struct Assignment: Sendable {
        var current = ObservationID.none
        var hasBegun = false
        var exposuresLeft: Int32 = 0
        /// How long it takes to the next target, drawn when the last observation ended; nil if the set-up points there.
        var way: Duration?
    }

    /// Telescopes that have nothing to do.
    init(_ plan: NetworkPlan) {
        exposures = ContiguousArray(
            plan.fleet.map { Int32(($0.observations?.exposuresPerTarget ?? 1) * ($0.observations?.filters ?? 1)) })
        telescopes = ContiguousArray(repeating: Assignment(), count: plan.telescopeCount)
        waiting = ContiguousArray(repeating: Line(), count: plan.telescopeCount)
    }

    /// Whether anything has happened.
    var hasNews: Bool { !news.isEmpty }

    /// How many observations telescopes hold; for checks.
    var heldCount: Int {
        telescopes.count { $0.current != .none } + waiting.reduce(0) { $0 + $1.count }
    }

    /// Hands over what has happened in exchange for an empty list, so that nothing is allocated anew.
    mutating func swapNews(with other: inout ContiguousArray<News>) { swap(&news, &other) }

    /// Something happens to a telescope.
    mutating func note(_ event: News.Event, of telescope: TelescopeID) {
        news.append(News(telescope: telescope, event: event))
    }

    /// A telescope is told to make one more observation.
    mutating func add(_ entry: Entry, to telescope: TelescopeID) { waiting[Int(telescope.number)].append(entry) }

    /// What waits at a telescope comes to an end without having begun.
    mutating func clearWaiting(of telescope: TelescopeID, _ end: ObservationEnd) {
        while let entry = waiting[Int(telescope.number)].removeFirst() {
            note(.ended(entry.observation, end), of: telescope)
        }
    }

    /// A telescope that has nothing to do takes up the next observation: how long it takes to point there, zero if it
    /// does already; nil if there is none.
    mutating func takeUp(_ telescope: TelescopeID, group: Int, at now: Instant) -> Duration? {
        let number = Int(telescope.number)
        while let entry = waiting[number].removeFirst() {
            if let deadline = entry.deadline, now > deadline {
                note(.ended(entry.observation, .notAttempted), of: telescope)
                continue
            }
            telescopes[number].current = entry.observation
            telescopes[number].hasBegun = false
            telescopes[number].exposuresLeft = exposures[group]
            defer { telescopes[number].way = nil }
            return telescopes[number].way ?? .zero
        }
        return nil
    }

    /// A telescope begins an exposure.
    mutating func beginExposure(of telescope: TelescopeID) {
        let number = Int(telescope.number)
        guard !telescopes[number].hasBegun else { return }
        telescopes[number].hasBegun = true
        note(.began(telescopes[number].current), of: telescope)
    }

    /// A telescope has taken an exposure; whether that was the last one of its observation.
    ///
    /// - Parameter way: how long it takes to where the next one is to be taken; nil if it points there.
    mutating func endExposure(of telescope: TelescopeID, way: Duration?) -> Bool {
        let number = Int(telescope.number)
        telescopes[number].exposuresLeft -= 1
        guard telescopes[number].exposuresLeft == 0 else { return false }
        note(.ended(telescopes[number].current, .completed), of: telescope)
        telescopes[number].current = .none
        telescopes[number].way = way
        return true
    }

    /// A telescope can no longer observe: what it was to do is over, or forgotten with all else if it crashed.
    mutating func abandon(_ telescope: TelescopeID, hasCrashed: Bool) {
        let number = Int(telescope.number)
        let (current, hasBegun) = (telescopes[number].current, telescopes[number].hasBegun)
        telescopes[number] = Assignment()
        if hasCrashed {
            if current != .none { note(.forgot(current), of: telescope) }
            while let entry = waiting[number].removeFirst() { note(.forgot(entry.observation), of: telescope) }
        } else {
            if current != .none { note(.ended(current, hasBegun ? .aborted : .notAttempted), of: telescope) }
            clearWaiting(of: telescope, .notAttempted)
        }
    }
}
