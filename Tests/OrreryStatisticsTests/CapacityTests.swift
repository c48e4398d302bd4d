import OrreryKernel
import OrreryStatistics
import OrreryTestSupport
import Testing

@Suite("The capacity search")
struct CapacityTests {
    @Test("finds the number of telescopes that an M/M/c station stands, in at least 95 of 100 repetitions")
    func knownCapacity() throws {
        // 12 workers of 6 s each, an item from each telescope every minute: p95 of the wait stays below 19 s up to N.
        // With 111 telescopes it is 17.8 s, with 112 it is 20.3 s, and one replication has a deviation of 17 %.
        let station = Station(limit: 19, curve: Station.waits)
        let truth = try #require(station.curve.lastIndex { $0 < station.limit })
        var right = 0
        var covered = 0
        var runs = 0
        var gridRunsMax = 0
        var gridRuns = 0
        for repetition in UInt64(0)..<100 {
            let found = station.search(repetition: repetition)
            if found.answer == truth { right += 1 }
            if contains(found, truth) { covered += 1 }
            #expect(found.contradictions.isEmpty && !found.isAtEnd)
            #expect(found.gridRunsMin >= found.runs && found.gridRunsMin <= found.gridRunsMax)
            runs += found.runs
            gridRunsMax += found.gridRunsMax
            if repetition < 10 { gridRuns += station.grid(repetition: repetition) }
        }
        #expect(right >= 95, "\(right) of 100")
        #expect(covered >= 95, "\(covered) of 100")
        #expect(2 * runs <= gridRunsMax, "\(runs) of \(gridRunsMax)")
        #expect(2 * runs <= 10 * gridRuns, "\(runs), where the same test at every point spends \(10 * gridRuns)")
    }

    @Test("neighbours that no test can tell apart widen the interval, which holds the truth")
    func flatCurve() throws {
        let station = Station(limit: 1, curve: (0..<100).map { 0.8 + 0.004 * Double($0) + 0.002 })
        var covered = 0
        var width = 0
        for repetition in UInt64(0)..<100 {
            let found = station.search(repetition: repetition)
            if contains(found, 49) { covered += 1 }
            width += (found.possible ?? 100) - (found.proven ?? -1)
        }
        #expect(covered >= 95, "\(covered) of 100")
        #expect(width > 500 && width < 5000, "\(width) on 100 searches")
    }

    @Test("finds the smallest passing value where passing grows")
    func smallestPassing() throws {
        let station = Station(limit: 20, goal: .smallestPassing, curve: Station.waits.reversed())
        let truth = try #require(station.curve.firstIndex { $0 < station.limit })
        let found = station.search(repetition: 1)
        #expect(found.answer == truth && contains(found, truth, goal: .smallestPassing))
    }

    @Test("an exact test needs one point more than the binary logarithm, and its neighbours only as probes")
    func exact() {
        for truth in -1..<40 {
            let (found, visited) = exactSearch((0..<40).map { $0 <= truth })
            #expect(found.answer == (truth < 0 ? nil : truth) && found.proven == found.answer)
            #expect(found.possible == found.answer && found.isAtEnd == (truth == 39))
            #expect(visited.count <= 6 + 7 && Set(visited).count == visited.count)
        }
    }

    @Test("one candidate: it passes, and the capacity is at least that; or it fails, and there is none")
    func oneCandidate() {
        let passing = exactSearch([true]).capacity
        #expect(passing.answer == 0 && passing.isAtEnd && passing.possible == 0 && passing.visited == 1)
        let failing = exactSearch([false]).capacity
        #expect(failing.answer == nil && !failing.isAtEnd && failing.proven == nil && failing.possible == nil)
    }

    @Test("a curve that is not monotone is reported")
    func notMonotone() {
        // Passes below 11, fails up to 20, passes again up to 30.
        let found = exactSearch((0..<56).map { $0 <= 10 || (21...30).contains($0) }).capacity
        #expect(found.answer == 30)
        #expect(!found.contradictions.isEmpty)
        #expect(found.contradictions.allSatisfy { $0.failing < $0.passing && (11...20).contains($0.failing) })
        #expect(exactSearch((0..<56).map { $0 > 0 && $0 < 30 }).capacity.contradictions.first?.failing == 0)
        #expect(exactSearch((0..<56).map { $0 < 30 || $0 == 55 }).capacity.contradictions.first?.passing == 55)
    }

    @Test("undecided places around the answer stay in the interval, and what the bisection jumped over is tested")
    func undecidedPlaces() {
        var search = CapacitySearch(count: 64)
        while let request = search.next {
            // Passes to 20, undecided from 21 to 40 with the estimate failing from 30 on, fails beyond.
            let outcome: CapacitySearch.Outcome =
                request.index <= 20
                ? .passes : request.index > 40 ? .fails : .undecided(leansToPassing: request.index < 30)
            search.record(outcome, for: request)
        }
        #expect(search.capacity.answer == 29 && search.capacity.proven == 20 && search.capacity.possible == 40)
    }

    @Test("replications are asked for and counted as totals, and the search is over when nothing is next")
    func replications() throws {
        var search = CapacitySearch(count: 1, looks: LookSchedule(floor: 10, ceiling: 40))
        let first = try #require(search.next)
        #expect(first.index == 0 && first.replications == 10)
        search.record(.more(total: 15), for: first)
        let second = try #require(search.next)
        #expect(second.index == 0 && second.replications == 15)
        search.record(.undecided(leansToPassing: true), for: second)
        #expect(search.next == nil && search.capacity.runs == 15 && search.capacity.gridRunsMax == 40)
        #expect(search.capacity.answer == 0 && search.capacity.proven == nil && search.capacity.possible == 0)
    }

    @Test("several thresholds pass together only if each does")
    func severalThresholds() {
        typealias Outcome = CapacitySearch.Outcome
        #expect(Outcome.all([.passes, .more(total: 15), .fails]) == .fails)
        #expect(Outcome.all([.passes, .more(total: 15)]) == .more(total: 15))
        #expect(Outcome.all([.passes, .undecided(leansToPassing: true)]) == .undecided(leansToPassing: true))
        #expect(
            Outcome.all([.undecided(leansToPassing: false), .undecided(leansToPassing: true)])
                == .undecided(leansToPassing: false))
        #expect(Outcome.all([.passes, .passes]) == .passes)
    }

    private func contains(
        _ found: Capacity, _ truth: Int, goal: CapacitySearch.Goal = .largestPassing
    ) -> Bool {
        switch goal {
        case .largestPassing: (found.proven ?? -1) <= truth && truth <= (found.possible ?? -1)
        case .smallestPassing: (found.proven ?? .max) >= truth && truth >= (found.possible ?? .max)
        }
    }

    /// A search whose tests are never wrong.
    private func exactSearch(_ passes: [Bool]) -> (capacity: Capacity, visited: [Int]) {
        var search = CapacitySearch(count: passes.count)
        var visited: [Int] = []
        while let request = search.next {
            visited.append(request.index)
            search.record(passes[request.index] ? .passes : .fails, for: request)
        }
        return (search.capacity, visited)
    }
}

/// A synthetic station: a known value at each candidate, and noise that the candidates share by seed.
private struct Station {
    let limit: Double
    var goal = CapacitySearch.Goal.largestPassing
    let looks = LookSchedule()
    let curve: [Double]

    /// The p95 of the wait, in seconds, with 60 to 119 telescopes.
    static let waits = (60..<120).map { telescopes in
        ClosedForms.MMc(arrivalRate: Double(telescopes) / 60, serviceRate: 1.0 / 6, servers: 12).waitQuantile(0.95)
    }

    func search(repetition: UInt64) -> Capacity {
        var search = CapacitySearch(count: curve.count, goal: goal, looks: looks)
        while let request = search.next {
            let values = (0..<request.replications).map { value(request.index, seed: repetition * 1000 + UInt64($0)) }
            let test = SequentialTest(limit: limit, error: search.pointError, looks: search.looks)
            search.record(.init(test.decide(values: values), of: test, passing: .below), for: request)
        }
        return search.capacity
    }

    /// What the same test at every candidate spends.
    func grid(repetition: UInt64) -> Int {
        let test = SequentialTest(limit: limit, error: CapacitySearch(count: curve.count).pointError, looks: looks)
        return curve.indices.reduce(0) { sum, index in
            let values = (0..<looks.ceiling).map { value(index, seed: repetition * 1000 + UInt64($0)) }
            switch test.decide(values: values) {
            case .below(let evidence), .above(let evidence), .undecided(let evidence): return sum + evidence.count
            case .more: return sum
            }
        }
    }

    private func value(_ index: Int, seed: UInt64) -> Double {
        var shared = RandomStream(seed: seed, entity: "station", purpose: "shared")
        var own = RandomStream(seed: seed, entity: "station", purpose: "own \(index)")
        return curve[index] * shared.standardGamma(shape: 50) / 50 * own.standardGamma(shape: 100) / 100
    }
}
