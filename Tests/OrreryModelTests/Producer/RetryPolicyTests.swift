import OrreryKernel
import Testing

@testable import OrreryModel

@Suite("A retry policy")
struct RetryPolicyTests {
    private static let jitters = ["equal-jitter", "full-jitter", "decorrelated-jitter"]

    @Test(
        "without chance waits exactly as long as its formula says",
        arguments: [
            ("none", [:], [nil, nil, nil, nil, nil, nil]),
            ("fixed", [:], [2000, 2000, 2000, 2000, 2000, 2000]),
            ("fixed", ["delay": 0], [0, 0, 0, 0, 0, 0]),
            ("exponential", [:], [100, 200, 400, 800, 1000, 1000]),
            ("exponential", ["base": 5, "cap": 2000], [5, 10, 20, 40, 80, 160]),
            ("exponential", ["base": 3, "cap": 12], [3, 6, 12, 12, 12, 12]),
            ("exponential", ["base": 3, "cap": 11], [3, 6, 11, 11, 11, 11]),
            ("exponential", ["base": 7, "cap": 7], [7, 7, 7, 7, 7, 7]),
        ] as [(String, [String: Int64], [Int64?])])
    func exactDelays(name: String, milliseconds: [String: Int64], expected: [Int64?]) throws {
        let policy = try policy(name, milliseconds.mapValues { .milliseconds($0) })
        #expect((1...6).map { delay(policy, attempt: $0) } == expected.map { $0.map { .milliseconds($0) } })
    }

    @Test("doubles like repeated doubling, whatever the base, the cap and the number of attempts")
    func doubling() {
        var random = RandomStream(seed: 1, entity: "retries", purpose: "doubling")
        for _ in 0..<2000 {
            let cap = 1 + Int64(random.index(below: 604_800_000_000_000) >> random.index(below: 48))
            let base = 1 + Int64(random.index(below: Int(cap)) >> random.index(below: 48))
            let backoff = Backoff(base: Duration(nanoseconds: base), cap: Duration(nanoseconds: cap))
            var doubled = Int128(base)
            for attempt in 1...70 {
                #expect(backoff.ceiling(afterAttempt: attempt).nanoseconds == Int64(doubled), "\(base) \(cap)")
                doubled = min(doubled * 2, Int128(cap))
            }
        }
    }

    @Test("overflows at no number of attempts", arguments: [64, 65, 1_000_000, Int.max])
    func manyAttempts(attempt: Int) throws {
        for values in [[:], ["base": .days(7), "cap": .days(7)], ["base": Duration(nanoseconds: 1), "cap": .days(7)]] {
            let cap = values["cap"] ?? .seconds(1)
            #expect(delay(try policy("exponential", values), attempt: attempt) == cap)
            for name in Self.jitters {
                let delay = try #require(delay(try policy(name, values), attempt: attempt, previous: cap))
                #expect(delay >= .zero && delay <= cap)
            }
        }
    }

    @Test(
        "with jitter waits evenly between two bounds",
        arguments: [
            ("equal-jitter", 1, 0, 50, 100), ("equal-jitter", 3, 0, 200, 400), ("equal-jitter", 30, 0, 500, 1000),
            ("full-jitter", 1, 0, 0, 100), ("full-jitter", 3, 0, 0, 400), ("full-jitter", 30, 0, 0, 1000),
            ("decorrelated-jitter", 1, 0, 100, 300), ("decorrelated-jitter", 2, 100, 100, 300),
            ("decorrelated-jitter", 9, 250, 100, 750), ("decorrelated-jitter", 2, 333, 100, 999),
        ] as [(String, Int, Int64, Int64, Int64)])
    func jitter(name: String, attempt: Int, previous: Int64, lowest: Int64, highest: Int64) throws {
        let policy = try policy(name)
        var random = RandomStream(seed: 7, entity: name, purpose: "jitter \(attempt) \(previous)")
        let count = 100_000
        var tenths = [Int](repeating: 0, count: 10)
        var sum = 0.0
        var outside = 0
        for _ in 0..<count {
            let delay = try #require(
                policy.delay(afterAttempt: attempt, previous: .milliseconds(previous), using: &random))
            let part = (delay.seconds * 1000 - Double(lowest)) / Double(highest - lowest)
            if !(0...1).contains(part) { outside += 1 }
            tenths[max(0, min(9, Int(part * 10)))] += 1
            sum += part
        }
        // Five standard errors of the mean of a uniform number, and of a share of one tenth.
        let root = Double(count).squareRoot()
        #expect(outside == 0)
        #expect(abs(sum / Double(count) - 0.5) < 5 * 0.2887 / root)
        #expect(tenths.allSatisfy { abs(Double($0) / Double(count) - 0.1) < 5 * 0.3 / root }, "\(tenths)")
    }

    @Test("with jitter reaches both of its bounds, and nothing beyond", arguments: jitters)
    func bounds(name: String) throws {
        let policy = try policy(name, ["base": Duration(nanoseconds: 3), "cap": Duration(nanoseconds: 5)])
        var random = RandomStream(seed: 3, entity: name, purpose: "bounds")
        let seen = Set(
            (0..<1000).compactMap { _ in policy.delay(afterAttempt: 9, previous: .zero, using: &random)?.nanoseconds })
        let expected: [String: ClosedRange<Int64>] = [
            "equal-jitter": 2...5, "full-jitter": 0...5, "decorrelated-jitter": 3...5,
        ]
        #expect(seen == Set(try #require(expected[name])))
    }

    @Test("that is decorrelated waits for exactly the cap as often as chance would pass it")
    func decorrelatedCap() throws {
        let policy = try policy("decorrelated-jitter")
        var random = RandomStream(seed: 4, entity: "decorrelated", purpose: "cap")
        let capped = (0..<100_000).count { _ in
            policy.delay(afterAttempt: 5, previous: .milliseconds(700), using: &random) == .seconds(1)
        }
        // From 0.1 s to 2.1 s, 1.1 of 2 s lie above the cap.
        #expect(abs(Double(capped) / 100_000 - 0.55) < 0.008)
    }

    @Test("draws no random number unless it has jitter", arguments: ["none", "fixed", "exponential"])
    func noDraws(name: String) throws {
        var random = RandomStream(seed: 5, entity: name, purpose: "draws")
        var untouched = random
        _ = try policy(name).delay(afterAttempt: 3, previous: .seconds(1), using: &random)
        #expect(random.next() == untouched.next())
    }

    @Test("cannot have a base above its cap", arguments: ["exponential"] + jitters)
    func conflict(name: String) throws {
        let kind = try #require(RetryCatalog.kinds[name])
        let values: [String: ParameterValue] = ["base": .duration(.seconds(5)), "cap": .duration(.seconds(2))]
        #expect(kind.conflict(ParameterValues(values)) == "the base of 5s is longer than the cap of 2s")
        #expect(kind.conflict(ParameterValues([:])) == nil)
    }

    @Test("is not to retry, unless another is chosen")
    func defaultKind() {
        #expect(RetryCatalog.kinds.kinds.first?.name == "none")
    }

    @Test("says what its parameters mean and where their defaults come from")
    func declarations() {
        for parameter in RetryCatalog.kinds.kinds.flatMap(\.parameters) + RetryPlan.parameters {
            #expect(!parameter.summary.isEmpty && !parameter.isRequired, "\(parameter.key)")
            guard let magnitude = parameter.fallback?.magnitude else { continue }
            #expect(!parameter.source.isEmpty && parameter.range.contains(magnitude), "\(parameter.key)")
        }
    }

    private func policy(_ name: String, _ values: [String: Duration] = [:]) throws -> any RetryPolicy {
        try #require(RetryCatalog.kinds[name]).make(ParameterValues(values.mapValues { .duration($0) }))
    }

    private func delay(_ policy: any RetryPolicy, attempt: Int, previous: Duration = .zero) -> Duration? {
        var random = RandomStream(seed: 1, entity: "retries", purpose: "delay \(attempt)")
        return policy.delay(afterAttempt: attempt, previous: previous, using: &random)
    }
}
