import OrreryKernel

/// Finds the last of a list of candidates that still passes, by bisection with a sequential test at every point.
///
/// A value that is told outcomes and says what to test next; it runs nothing itself:
///
///     var search = CapacitySearch(count: candidates.count)
///     while let request = search.next {
///         let values = …                      // of request.replications replications at candidates[request.index]
///         let test = SequentialTest(limit: 2, error: search.pointError, looks: search.looks)
///         search.record(.init(test.decide(values: values), of: test, passing: .below), for: request)
///     }
///     let capacity = search.capacity
///
/// It assumes that passing is monotone: with `largestPassing` everything passes up to some candidate and nothing
/// beyond, with `smallestPassing` the other way round. After the bisection it tests some more points to see whether
/// that is so, and reports what contradicts it.
///
/// A point that its test leaves undecided counts as its estimate leans, so that there is an answer. The interval does
/// not trust it: the search goes on on both sides until it knows the last candidate that is proven to pass and the
/// first one that is proven to fail.
///
/// The error is divided evenly over all candidates (Bonferroni). So the interval holds with its confidence whichever
/// points are visited and whether or not their replications share seeds, and each point is tested exactly as a full
/// grid of the same confidence would test it.
///
/// What is next depends only on the outcomes, not on when they came: a search that is told old outcomes resumes.
///
/// - Complexity: ⌈log₂(count + 1)⌉ tests for the answer, as many again on either side where one stays undecided, and at
///   most 7 to check monotonicity. `next` and `capacity` are linear in the number of candidates.
public struct CapacitySearch: Sendable {
    /// Which end of the list passes.
    public enum Goal: Sendable {
        /// The first candidates pass: the largest passing one is sought, for instance a number of telescopes.
        case largestPassing
        /// The last candidates pass: the smallest passing one is sought, for instance a number of workers.
        case smallestPassing
    }

    /// What is known of a candidate.
    public enum Outcome: Sendable, Equatable {
        /// Not yet decided: replications are needed until there are this many in total.
        case more(total: Int)
        /// The test shows that it passes.
        case passes
        /// The test shows that it fails.
        case fails
        /// The ceiling was reached without a decision; the estimate lies on the passing side, or does not.
        case undecided(leansToPassing: Bool)
    }

    /// A candidate to test, and how many replications in total it needs for that.
    public struct Request: Sendable, Equatable {
        /// The index of the candidate in the list.
        public let index: Int
        /// How many replications there must be of it, with those that were already made.
        public let replications: Int
    }

    /// How many candidates there are.
    public let count: Int
    /// Which end of the list passes.
    public let goal: Goal
    /// The confidence of the whole search, in 0…1.
    public let confidence: Double
    /// When each test looks.
    public let looks: LookSchedule

    /// What is known of each candidate, from the end that passes: with `smallestPassing` in reverse.
    private var outcomes: [Outcome?]
    /// How many replications each candidate has had.
    private var spent: [Int]

    /// A search among at least one candidate, in ascending order.
    public init(
        count: Int, goal: Goal = .largestPassing, confidence: Double = 0.95, looks: LookSchedule = LookSchedule()
    ) {
        invariant(count >= 1, "there is nothing to search among \(count) candidates")
        invariant(confidence > 0 && confidence < 1, "a confidence lies between 0 and 1, not at \(confidence)")
        self.count = count
        self.goal = goal
        self.confidence = confidence
        self.looks = looks
        outcomes = [Outcome?](repeating: nil, count: count)
        spent = [Int](repeating: 0, count: count)
    }

    /// The error that the test at each point may have, so that the whole search keeps its confidence.
    public var pointError: Double { (1 - confidence) / Double(count) }

    /// What to test next; nil when the search is over.
    public var next: Request? {
        guard let place = placeToTest else { return nil }
        if case .more(let total) = outcomes[place] { return Request(index: index(place), replications: total) }
        return Request(index: index(place), replications: looks.floor)
    }

    /// Notes what the test said of a candidate after the replications that were asked for.
    public mutating func record(_ outcome: Outcome, for request: Request) {
        invariant((0..<count).contains(request.index), "there is no candidate \(request.index) among \(count)")
        let place = index(request.index)
        outcomes[place] = outcome
        spent[place] = max(spent[place], request.replications)
    }

    /// The answer, with what is known so far; it is final when `next` is nil.
    public var capacity: Capacity {
        let passing = places { $0 == .passes }
        let failing = places { $0 == .fails }
        let contradictions = passing.compactMap { pass in
            failing.first { $0 < pass }.map { Capacity.Contradiction(passing: index(pass), failing: index($0)) }
        }
        let proven = passing.last { $0 < failing.first ?? count }
        let possible = (failing.first { $0 > passing.last ?? -1 } ?? count) - 1
        let answer = bisection.answer
        return Capacity(
            answer: answer < 0 ? nil : index(answer), isAtEnd: answer == count - 1,
            proven: proven.map(index), possible: possible < 0 ? nil : index(possible), confidence: confidence,
            contradictions: contradictions, visited: outcomes.count { $0 != nil }, runs: spent.reduce(0, +),
            gridRunsMax: count * looks.ceiling,
            gridRunsMin: spent.reduce(0) { $0 + max($1, looks.floor) })
    }
}

/// How the search goes, in places: candidates counted from the end that passes.
extension CapacitySearch {
    /// A place counts from the end that passes; this turns it into an index of the list, and back.
    private func index(_ place: Int) -> Int { goal == .largestPassing ? place : count - 1 - place }

    private func places(where holds: (Outcome) -> Bool) -> [Int] {
        outcomes.indices.filter { outcomes[$0].map(holds) ?? false }
    }

    /// The first place that has no final outcome, in the order of the search: bisection, interval, monotonicity.
    private var placeToTest: Int? {
        let (answer, open) = bisection
        if let open { return open }
        return openAroundUndecided(answer) ?? probes(around: answer).first { !isFinal($0) }
    }

    /// Halves what lies between passing and failing until nothing does: the last place that passes, or the place that
    /// must be tested to go on.
    private var bisection: (answer: Int, open: Int?) {
        boundary(from: -1, to: count) { outcome in
            switch outcome {
            case .passes, .undecided(leansToPassing: true): true
            case .fails, .undecided, .more: false
            }
        }
    }

    /// What must still be tested for the interval, where undecided places lie around the answer.
    ///
    /// The bisection may have jumped over places that are proven to pass, or to fail.
    private func openAroundUndecided(_ answer: Int) -> Int? {
        let proven = places { $0 == .passes }.last { $0 <= answer } ?? -1
        let failing = places { $0 == .fails }.first { $0 > answer } ?? count
        let undecided = places { if case .undecided = $0 { true } else { false } }.filter {
            proven < $0 && $0 < failing
        }
        guard let first = undecided.first, let last = undecided.last else { return nil }
        return boundary(from: proven, to: first) { $0 == .passes }.open
            ?? boundary(from: last, to: failing) { $0 != .fails }.open
    }

    /// The last place with a property between one that has it and one that has not, by halving; or the place whose
    /// outcome is needed to go on.
    private func boundary(from low: Int, to high: Int, holds: (Outcome) -> Bool) -> (answer: Int, open: Int?) {
        var low = low
        var high = high
        while high - low > 1 {
            let middle = low + (high - low) / 2
            guard isFinal(middle), let outcome = outcomes[middle] else { return (low, middle) }
            if holds(outcome) { low = middle } else { high = middle }
        }
        return (low, nil)
    }

    /// Where passing is checked once more: both ends, the quarters, and two places beside the answer.
    private func probes(around answer: Int) -> [Int] {
        [0, count / 4, count / 2, 3 * count / 4, count - 1, answer - 1, answer + 2].filter { (0..<count).contains($0) }
    }

    private func isFinal(_ place: Int) -> Bool {
        switch outcomes[place] {
        case nil, .more: false
        case .passes, .fails, .undecided: true
        }
    }
}

extension CapacitySearch.Outcome {
    /// The side of the limit on which a value passes.
    public enum Side: Sendable {
        /// At or below the limit.
        case below
        /// At or above the limit.
        case above
    }

    /// What a sequential test says of a candidate; an estimate exactly at the limit leans to passing.
    public init(_ verdict: SequentialTest.Verdict, of test: SequentialTest, passing side: Side) {
        self =
            switch verdict {
            case .more(let total): .more(total: total)
            case .below: side == .below ? .passes : .fails
            case .above: side == .above ? .passes : .fails
            case .undecided(let evidence):
                .undecided(
                    leansToPassing: side == .below ? evidence.estimate <= test.limit : evidence.estimate >= test.limit)
            }
    }

    /// What several tests say together of a candidate that must pass all of them.
    ///
    /// The error of each test is then the point's error divided by their number.
    public static func all(_ outcomes: [CapacitySearch.Outcome]) -> CapacitySearch.Outcome {
        if outcomes.contains(.fails) { return .fails }
        let totals = outcomes.compactMap { if case .more(let total) = $0 { total } else { nil } }
        if let total = totals.max() { return .more(total: total) }
        if outcomes.allSatisfy({ $0 == .passes }) { return .passes }
        return .undecided(leansToPassing: !outcomes.contains(.undecided(leansToPassing: false)))
    }
}
