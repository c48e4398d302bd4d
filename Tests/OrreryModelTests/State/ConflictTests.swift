import Foundation
import OrreryKernel
import OrreryTestSupport
import Testing

@testable import OrreryModel

@Suite("Conflicts of versioned state")
struct ConflictTests {
    /// One worker at one key to which others write as a Poisson process; a millionth of a second from and to the state.
    private func station(writesOfOthers rate: Double, work: Distribution) -> Recording {
        var plan = Plans.station(interarrival: .constant(10), service: work, duration: .seconds(20_000))
        plan.state = Plans.state(
            "versioned", [:],
            [
                "attempts": .count(1_000_000), "latency": .distribution(.constant(1e-6)),
                "others": .distribution(.exponential(mean: 1 / rate)),
            ])
        return Network.run(plan, seed: 3)
    }

    @Test(
        "follow 1 − e^(−λt), and an item takes e^(λt) attempts, to within 4 standard errors",
        arguments: [0.1, 0.3, 0.7, 1.2])
    func closedForm(load: Double) throws {
        // Others write regardless of the workers, one worker never meets itself: the formula's assumption holds.
        let time = 0.5
        let recording = station(writesOfOthers: load / time, work: .constant(time - 2e-6))
        let books = try #require(recording.state)
        let success = exp(-load)
        let writes = Double(books.writes.total)
        let share = Double(books.conflicts.total) / writes
        let shareError = (success * (1 - success) / writes).squareRoot()
        #expect(abs(share - (1 - success)) < 4 * shareError, "\(share) beside \(1 - success)")
        let items = Double(books.finished.total)
        let attempts = try #require(MetricCatalog["state.attempts"]?.value(of: recording)?.figure)
        let attemptError = ((1 - success) / (success * success) / items).squareRoot()
        #expect(items > 1900)
        #expect(abs(attempts - 1 / success) < 4 * attemptError, "\(attempts) beside \(1 / success)")
    }

    @Test("do not follow it when the time from read to write varies: exponential times conflict in λ ÷ (λ + μ)")
    func varyingTime() throws {
        let books = try #require(station(writesOfOthers: 2, work: .exponential(mean: 0.5)).state)
        let (writes, conflicts) = (Double(books.writes.total), Double(books.conflicts.total))
        #expect(abs(conflicts / writes - 0.5) < 4 * (0.25 / writes).squareRoot())
        #expect(conflicts / writes < 1 - exp(-1) - 0.05)
    }

    @Test("are none where one worker writes alone, and every item is read once and written once")
    func alone() throws {
        var plan = Plans.station(interarrival: .exponential(mean: 1), service: .constant(0.5))
        plan.state = Plans.state()
        let recording = Network.run(plan, seed: 1)
        let books = try #require(recording.state)
        #expect(books.conflicts.total == 0 && books.reads.total > 9000)
        #expect((0...1).contains(books.reads.total - books.writes.total))
        // Half a second of work, and 500 µs four times.
        let service = recording.ledger.times(in: .service)
        #expect(service.mean.map { abs($0 - 0.502) < 1e-9 } == true)
    }

    @Test("are the workers' own doing where many work on one key, and none where each has a key of its own")
    func keys() throws {
        func share(_ keys: Int) throws -> Double {
            var plan = Plans.station(
                interarrival: .exponential(mean: 0.1), service: .constant(0.2), workers: 8, duration: .seconds(2000))
            plan.state = Plans.state("versioned", [:], ["keys": .count(keys), "attempts": .count(1000)])
            return try #require(MetricCatalog["state.conflict-share"]?.value(of: Network.run(plan, seed: 2))?.figure)
        }
        #expect(try share(1) > 0.5)
        #expect(try share(100_000) < 0.001)
    }

    @Test("that are too many lose the item where nobody looks after it")
    func lost() throws {
        var plan = Plans.station(interarrival: .exponential(mean: 1), service: .constant(0.5), duration: .seconds(1000))
        plan.state = Plans.state(
            "versioned", [:], ["attempts": .count(3), "others": .distribution(.constant(0.1))])
        let recording = Network.run(plan, seed: 1)
        #expect(recording.ledger.delivered.total == 0)
        #expect(recording.ledger.lost[LossReason.conflicted.rawValue].total == recording.ledger.lostTotal)
        #expect(MetricCatalog["state.attempts"]?.value(of: recording)?.figure.map { abs($0 - 3) < 0.02 } == true)
    }

    @Test("happen twice alike: two runs have one fingerprint")
    func deterministic() {
        var plan = Plans.station(interarrival: .exponential(mean: 0.1), service: .constant(0.3), workers: 8)
        plan.duration = .seconds(500)
        plan.state = Plans.state(
            "replicated", [:], ["keys": .count(5), "others": .distribution(.exponential(mean: 3))],
            backoff: "decorrelated-jitter")
        plan.operators = Plans.operators(2, time: .exponential(mean: 30), patience: .exponential(mean: 60))
        #expect(Network.run(plan, seed: 4).fingerprint == Network.run(plan, seed: 4).fingerprint)
    }
}
