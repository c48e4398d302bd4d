import OrreryKernel
import Testing

@testable import OrreryModel

@Suite("A producer's budget of retries")
struct RetryBudgetTests {
    @Test("is small, as every producer has one")
    func size() {
        #expect(MemoryLayout<RetryBudget>.size <= 32)
    }

    @Test("lets the reserve through at the start, and then nothing before something is sent")
    func reserve() throws {
        let plan = try plan(["budget": .share(0.1)])
        var budget = RetryBudget()
        #expect((0..<20).count { _ in budget.takeRetry(under: plan) } == RetryBudget.reserve)
    }

    @Test(
        "lets exactly its share through in the long run",
        arguments: [(0, 0), (0.000_001, 0), (0.1, 10_000), (0.2, 20_000), (0.333, 33_300), (1, 100_000), (3, 300_000)]
            as [(Double, Int)])
    func share(share: Double, expected: Int) throws {
        let plan = try plan(["budget": .share(share)])
        var budget = RetryBudget()
        while budget.takeRetry(under: plan) {}
        var retries = 0
        for _ in 0..<100_000 {
            budget.noteFirstSending(under: plan)
            while budget.takeRetry(under: plan) { retries += 1 }
        }
        #expect(retries == expected)
    }

    @Test("never lets through more than its share and the reserve, whenever retries are wanted")
    func bound() throws {
        let plan = try plan(["budget": .share(0.1)])
        var random = RandomStream(seed: 1, entity: "budget", purpose: "bound")
        var budget = RetryBudget()
        var (sent, retries) = (0, 0)
        for _ in 0..<100_000 {
            if random.unit() < 0.5 {
                budget.noteFirstSending(under: plan)
                sent += 1
            } else if random.unit() < 0.4, budget.takeRetry(under: plan) {
                retries += 1
            }
            #expect(retries * 10 <= sent + RetryBudget.reserve * 10)
        }
    }

    @Test("saves no more than the reserve in good times")
    func saving() throws {
        let plan = try plan(["budget": .share(0.1)])
        var budget = RetryBudget()
        for _ in 0..<1000 { budget.noteFirstSending(under: plan) }
        #expect((0..<100).count { _ in budget.takeRetry(under: plan) } == RetryBudget.reserve)
    }

    @Test("is endless if the plan has none")
    func endless() throws {
        let plan = try plan()
        var budget = RetryBudget()
        #expect((0..<1000).allSatisfy { _ in budget.takeRetry(under: plan) })
    }

    @Test("comes with no limit and no time-out unless a scenario states them")
    func defaults() throws {
        let plan = try plan()
        #expect(plan.attempts == nil && plan.timeout == nil && plan.budget == nil && plan.throttle == nil)
        #expect(plan.policy.kind.name == "none")
    }
}

@Suite("A producer's throttle")
struct ThrottleTests {
    @Test(
        "holds a sending back with the probability of the formula",
        arguments: [
            (0, 0, 2, 0, 1), (1, 0, 2, 1, 2), (9, 0, 2, 9, 10), (100, 100, 2, 0, 1), (100, 50, 2, 0, 1),
            (100, 49, 2, 2, 101), (100, 10, 2, 80, 101), (99, 33, 1.5, 49.5, 100), (99, 99, 1, 0, 1),
            (99, 98, 1, 1, 100),
        ] as [(Int, Int, Double, Double, Double)])
    func formula(requests: Int, accepts: Int, factor: Double, numerator: Double, denominator: Double) throws {
        var budget = try budget(requests: requests, accepts: accepts)
        #expect(budget.throttleProbability(at: .start, factor: factor) == numerator / denominator)
    }

    @Test(
        "forgets a window in the two minutes after it, evenly",
        arguments: [
            (0, 100, 20), (119, 100, 20), (120, 100, 20), (150, 75, 15), (180, 50, 10), (240, 0, 0), (9999, 0, 0),
        ]
            as [(Int64, Double, Double)])
    func sliding(second: Int64, requests: Double, accepts: Double) throws {
        var budget = try budget(requests: 100, accepts: 20)
        let now = Instant.start + .seconds(second)
        #expect(budget.throttleProbability(at: now, factor: 2) == (requests - 2 * accepts) / (requests + 1))
    }

    @Test("counts the present window in full beside what is left of the one before")
    func twoWindows() throws {
        let plan = try plan(["throttle": .number(2)])
        var random = RandomStream(seed: 1, entity: "throttle", purpose: "windows")
        var budget = try budget(requests: 100, accepts: 20)
        let now = Instant.start + .seconds(180)
        for _ in 0..<30 { _ = budget.throttlesSending(at: now, under: plan, using: &random) }
        for _ in 0..<5 { budget.noteAcceptance(at: now) }
        // 30 and half of 100 requests, 5 and half of 20 accepted: 80 and 15.
        #expect(budget.throttleProbability(at: now, factor: 2) == 50.0 / 81)
        // Two minutes later half of 30 and half of 5 are left: 15 and 2.5.
        let later = now + .seconds(120)
        #expect(budget.throttleProbability(at: later, factor: 2) == 10.0 / 16)
    }

    @Test("holds back as many sendings as the probability says")
    func frequency() throws {
        let plan = try plan(["throttle": .number(2)])
        var random = RandomStream(seed: 2, entity: "throttle", purpose: "frequency")
        let state = try budget(requests: 100, accepts: 20)
        let held = (0..<100_000).count { _ in
            var budget = state
            return budget.throttlesSending(at: .start, under: plan, using: &random)
        }
        #expect(abs(Double(held) / 100_000 - 60.0 / 101) < 0.008)
    }

    @Test("lets about twice as much through as an overloaded receiver accepts")
    func overload() throws {
        let plan = try plan(["throttle": .number(2)])
        var random = RandomStream(seed: 3, entity: "throttle", purpose: "overload")
        var budget = RetryBudget()
        var (sent, accepted) = (0, 0)
        var places = 0
        // Ten items a second for an hour; the receiver works off one a second and has places for twenty.
        for second in 0..<Int64(3600) {
            places = min(20, places + 1)
            for tenth in 0..<Int64(10) {
                let now = Instant.start + .seconds(second) + .milliseconds(100 * tenth)
                if budget.throttlesSending(at: now, under: plan, using: &random) { continue }
                sent += 1
                guard places > 0 else { continue }
                places -= 1
                accepted += 1
                budget.noteAcceptance(at: now)
            }
        }
        #expect(accepted > 3500)
        #expect((1.9...2.2).contains(Double(sent) / Double(accepted)), "\(sent) \(accepted)")
    }

    @Test("holds nothing back while everything is accepted")
    func health() throws {
        let plan = try plan(["throttle": .number(2)])
        var random = RandomStream(seed: 4, entity: "throttle", purpose: "health")
        var budget = RetryBudget()
        for second in 0..<Int64(1000) {
            let now = Instant.start + .seconds(second)
            let held = budget.throttlesSending(at: now, under: plan, using: &random)
            budget.noteAcceptance(at: now)
            // The very first answers are still to come.
            #expect(!held, "second \(second)")
        }
    }

    @Test("draws one number for every sending, and none if the plan has no throttle", arguments: [nil, 1, 2])
    func draws(factor: Double?) throws {
        let plan = try plan(factor.map { ["throttle": .number($0)] } ?? [:])
        var random = RandomStream(seed: 5, entity: "throttle", purpose: "draws")
        var expected = random
        var budget = RetryBudget()
        for _ in 0..<10 {
            _ = budget.throttlesSending(at: .start, under: plan, using: &random)
            if factor != nil { _ = expected.next() }
        }
        #expect(random.next() == expected.next())
    }

    /// The state after so many sendings and acceptances at the start.
    private func budget(requests: Int, accepts: Int) throws -> RetryBudget {
        let plan = try plan(["throttle": .number(2)])
        var random = RandomStream(seed: 6, entity: "throttle", purpose: "state")
        var budget = RetryBudget()
        for _ in 0..<requests { _ = budget.throttlesSending(at: .start, under: plan, using: &random) }
        for _ in 0..<accepts { budget.noteAcceptance(at: .start) }
        return budget
    }
}

/// A plan with these values that never retries by itself.
private func plan(_ values: [String: ParameterValue] = [:]) throws -> RetryPlan {
    let kind = try #require(RetryCatalog.kinds.kinds.first)
    return RetryPlan(values: ParameterValues(values), policy: KindPlan(kind: kind, values: ParameterValues([:])))
}
