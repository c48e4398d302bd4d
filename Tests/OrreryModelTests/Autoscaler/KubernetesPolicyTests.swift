import OrreryKernel
import Testing

@testable import OrreryModel

/// The cases are those of kubernetes, `replica_calculator_test.go`, with the busy share of a worker for its usage.
@Suite("A HorizontalPodAutoscaler")
struct KubernetesPolicyTests {
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let replicas: [PolicyDriver.Replica]
        let target: Int
        let wanted: Int

        init(_ name: String, _ usages: [Int?], booting: Int = 0, target: Int, wants wanted: Int) {
            testDescription = name
            replicas =
                usages.map { .ready($0) } + Array(repeating: PolicyDriver.Replica.booting, count: booting)
            self.target = target
            self.wanted = wanted
        }
    }

    @Test(
        "wants as many as it should by the usage of its pods",
        arguments: [
            Case("more", [300, 500, 700], target: 30, wants: 5),
            Case("fewer", [100, 300, 500, 250, 250], target: 50, wants: 3),
            Case("as many, within the tolerance", [340, 350, 330], target: 32, wants: 3),
            Case(
                "a pod that boots counts as idle when the others say more", [500, 700], booting: 1, target: 30, wants: 4
            ),
            Case("and not at all when they say as many", [400], booting: 2, target: 40, wants: 3),
            Case("and not at all when they say fewer", [100, 100], booting: 1, target: 50, wants: 1),
            Case(
                "a missing metric counts as fully used when the others say fewer", [400, 95, nil, nil], target: 100,
                wants: 3),
            Case("which may be just enough for no change", [600, nil], target: 100, wants: 2),
            Case("and as idle when they say more", [2000, nil], booting: 1, target: 50, wants: 4),
            Case("and for nothing when the ratio is one", [1000, nil], target: 100, wants: 2),
            Case("no change when the filling turns more into fewer", [1900, nil], target: 100, wants: 2),
            Case("no change when the filling turns fewer into more", [450, nil], booting: 1, target: 50, wants: 3),
            Case("fewer in spite of what is missing and boots", [100, 100, nil], booting: 1, target: 50, wants: 3),
            Case("no change without any metric", [nil, nil], booting: 1, target: 50, wants: 3),
        ])
    func recommendation(test: Case) {
        var policy = PolicyDriver(
            "kubernetes", ["target": .count(test.target), "scale-down-window": .duration(.zero)])
        #expect(policy.evaluate(at: 0, test.replicas) == test.wanted)
    }

    @Test("counts usage in whole percent, as the controller does")
    func wholePercent() {
        // 55.9 % of 50 % is beyond the tolerance; 55 % is not.
        var policy = PolicyDriver("kubernetes", ["target": .count(50)])
        #expect(policy.evaluate(at: 0, [.ready(559)]) == 1)
        #expect(policy.evaluate(at: 15, [.ready(560)]) == 2)
    }

    @Test("does not count the usage from before a young pod was ready, but does once the pod is old enough")
    func youngPods() {
        let values: [String: ParameterValue] = [
            "target": .count(50), "cpu-initialization-period": .duration(.minutes(5)),
        ]
        // The usage is from 20 s to 5 s ago: all of it for a pod ready for 20 s, not all for one ready for 10 s.
        let old = PolicyDriver.Replica.ready(800)
        for (since, age, wanted) in [(20, 100, 4), (10, 100, 2), (10, 400, 4)] as [(Int64, Int64, Int)] {
            var policy = PolicyDriver("kubernetes", values)
            let young = PolicyDriver.Replica(perMille: 1000, age: age, since: since)
            #expect(policy.evaluate(at: 0, [old, young]) == wanted, "ready for \(since) s, \(age) s old")
        }
    }

    @Test("a pod that has crashed counts as idle for five minutes after its start, and with its last usage after them")
    func crashedPods() {
        var policy = PolicyDriver("kubernetes", ["target": .count(50)])
        let crashed = PolicyDriver.Replica(state: .down, perMille: 900, age: 3600, since: 60)
        #expect(policy.evaluate(at: 0, [.ready(700), crashed]) == 4)
        var other = PolicyDriver("kubernetes", ["target": .count(50)])
        let young = PolicyDriver.Replica(state: .down, perMille: 900, age: 200, since: 60)
        #expect(other.evaluate(at: 0, [.ready(900), young]) == 2)
    }

    @Test("says what is wrong with rules that allow nothing")
    func conflicts() throws {
        let kind = try #require(AutoscalerCatalog.kinds["kubernetes"])
        func conflict(_ values: [String: ParameterValue]) -> String? {
            kind.conflict(ParameterValues(["max": .count(10)].merging(values) { $1 }))
        }
        #expect(conflict([:]) == nil)
        #expect(conflict(["scale-down-percent": .share(0)])?.contains("scale-down-select: disabled") == true)
        #expect(conflict(["scale-down-percent": .share(0), "scale-down-select": .text("disabled")]) == nil)
        #expect(conflict(["min": .count(11)])?.contains("more than max") == true)
        #expect(conflict(["min": .count(0)])?.contains("min is 0") == true)
    }
}
