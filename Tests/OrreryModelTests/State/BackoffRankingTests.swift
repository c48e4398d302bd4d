import OrreryKernel
import OrreryTestSupport
import Testing

@testable import OrreryModel

/// A hundred clients that update one row at once, as in the simulator of AWS.
///
/// Source: M. Brooker, "Exponential Backoff And Jitter" (2015), and aws-samples/aws-arch-backoff-simulator: |N(10, 2)|
/// ms each way, base 5 ms, cap 2 s. Its delays are doubled before the first wait, ours after it: hence 10 ms here.
@Suite("Back-offs of a hundred clients at one row")
struct BackoffRankingTests {
    private struct Figures {
        var calls = 0.0
        var seconds = 0.0
    }

    /// The writes and the time until the last client is done, on average over some seeds.
    private func figures(_ kind: String, base: Duration = .milliseconds(10)) throws -> Figures {
        var plan = Plans.station(interarrival: .constant(1e6), service: .constant(0), workers: 100)
        plan.duration = .minutes(5)
        let hop = Distribution(Normal(mean: 0.010, standardDeviation: 0.002), text: "hop")
        let values: [String: ParameterValue] =
            kind == "at-once" ? [:] : ["base": .duration(base), "cap": .duration(.seconds(2))]
        plan.state = Plans.state(
            "versioned", [:], ["attempts": .count(1_000_000), "latency": .distribution(hop)], backoff: kind, values)
        var watch = RunWatch()
        watch.start = { simulation in
            for _ in 0..<100 { simulation.agenda.schedule(.arrivals(ArrivalsID(number: 0), source: 0)) }
        }
        var sum = Figures()
        let seeds = 20
        for seed in 1...UInt64(seeds) {
            guard case .finished(let run) = Run(plan, seed: seed).outcome(watch: watch) else { continue }
            try #require(run.ledger.delivered.total == 100)
            sum.calls += Double(run.state?.writes.total ?? 0) / Double(seeds)
            sum.seconds += (run.ledger.latency.quantile(1) ?? 0) / Double(seeds)
        }
        return sum
    }

    @Test(
        "cost as many calls as in the simulator of AWS, of whose algorithm 40 runs gave these, to within 3 %",
        arguments: [
            ("at-once", 10, 2422), ("exponential", 10, 1871), ("equal-jitter", 10, 812), ("full-jitter", 10, 797),
            ("decorrelated-jitter", 5, 999),
        ] as [(String, Int64, Double)])
    func published(kind: String, base: Int64, calls: Double) throws {
        let found = try figures(kind, base: .milliseconds(base)).calls
        #expect(abs(found / calls - 1) < 0.03, "\(found) beside \(calls)")
    }

    @Test("rank as AWS published: jitter saves more than half of the calls of plain exponential back-off")
    func ranking() throws {
        let none = try figures("at-once")
        let exponential = try figures("exponential")
        let equal = try figures("equal-jitter")
        let full = try figures("full-jitter")
        let decorrelated = try figures("decorrelated-jitter", base: .milliseconds(5))
        // Work: none > exponential > every kind with jitter; among these, equal jitter does the most.
        #expect(none.calls > 1.2 * exponential.calls)
        for jittered in [equal, full, decorrelated] { #expect(exponential.calls > 1.5 * jittered.calls) }
        #expect(full.calls < 0.5 * exponential.calls)
        #expect(equal.calls > full.calls)
        // Time: without jitter it takes longest, longer than with no back-off at all.
        for other in [none, equal, full, decorrelated] { #expect(exponential.seconds > 1.2 * other.seconds) }
        #expect(equal.seconds > full.seconds)
    }
}
