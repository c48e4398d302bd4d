import OrreryKernel
import OrreryTestSupport
import Testing

@testable import OrreryModel

@Suite("Sessions with a coordination service")
struct SessionTests {
    @Test("are negotiated: not less than two ticks, nor more than twenty")
    func negotiation() {
        for (asked, given) in [(1, 4), (10, 10), (100, 40)] {
            let values: [String: ParameterValue] = ["session-timeout": .duration(.seconds(Int64(asked)))]
            #expect(CoordinationPlan(values: ParameterValues(values)).sessionTimeout == .seconds(Int64(given)))
        }
    }

    @Test("a worker that says goodbye gives its lock back at once; one that crashes keeps it until its session ends")
    func departure() {
        for (saysGoodbye, wait) in [(true, 0.01), (false, 10.0)] {
            let driver = CoordinationDriver(["session-timeout": .duration(.seconds(10))], lock: ["scope": .text("all")])
            driver.acquire(0)
            driver.acquire(1)
            driver.run(for: .milliseconds(500))
            driver.service.forget(driver.granted[0].worker, saysGoodbye: saysGoodbye, agenda: &driver.agenda)
            driver.run(for: Duration(seconds: wait))
            #expect((driver.granted.count == 2) == saysGoodbye)
            // The leader looks every other second.
            driver.run(for: .seconds(3))
            #expect(driver.granted.count == 2)
            #expect(driver.service.books.expired.total == (saysGoodbye ? 0 : 1))
            #expect(driver.service.books.lost.total == (saysGoodbye ? 0 : 1))
        }
    }

    @Test("live on pings while a worker works, waits or idles, for as long as it takes")
    func pings() {
        let driver = CoordinationDriver(["session-timeout": .duration(.seconds(4))], lock: ["scope": .text("all")])
        for worker in 0..<5 { driver.acquire(worker) }
        driver.run(for: .minutes(5))
        #expect(driver.granted.count == 1 && driver.service.books.expired.total == 0)
        // One each for a third of the time-out, and what it took to line up.
        let pings = driver.service.books.reads.total
        #expect(pings >= 5 * 200 && pings < 5 * 250, "\(pings)")
        let isTaken = driver.finish(driver.granted[0].worker)
        driver.run(for: .minutes(1))
        #expect(isTaken && driver.granted.count == 2 && driver.service.books.expired.total == 0)
    }

    @Test("survive the loss of a leader, of a follower and of a majority, however long that lasts")
    func losses() {
        for (count, withLeader) in [(1, true), (1, false), (2, true), (3, true)] {
            let driver = CoordinationDriver(["session-timeout": .duration(.seconds(4))], lock: ["scope": .text("all")])
            for worker in 0..<6 { driver.acquire(worker) }
            driver.run(for: .seconds(1))
            driver.service.loseServers(count, withLeader: withLeader, agenda: &driver.agenda)
            let before = driver.service.books.writes.total
            // An election, and up to a second until a worker connects again.
            driver.run(for: .seconds(1) + .milliseconds(250))
            driver.run(for: .minutes(1))
            let isServing = count == 1
            #expect(driver.service.ensemble.isServing == isServing)
            let isTaken = driver.finish(driver.granted[0].worker)
            driver.run(for: .seconds(1))
            #expect(isTaken && driver.granted.count == (isServing ? 2 : 1))
            #expect((driver.service.books.writes.total > before) == isServing)
            driver.service.recoverServers(count, withLeader: withLeader, agenda: &driver.agenda)
            driver.run(for: .seconds(2))
            #expect(driver.service.ensemble.isServing && driver.granted.count == 2)
            #expect(driver.service.books.expired.total == 0 && driver.service.books.violations.total == 0)
        }
    }

    @Test("nothing is agreed on for the 200 ms of an election")
    func election() {
        let driver = CoordinationDriver()
        driver.acquire(1)
        driver.run(for: .seconds(1))
        driver.service.loseServers(1, withLeader: true, agenda: &driver.agenda)
        driver.run(for: Duration(nanoseconds: 199_999_999))
        #expect(!driver.service.ensemble.isServing)
        driver.run(for: Duration(nanoseconds: 1))
        #expect(driver.service.ensemble.isServing && driver.service.ensemble.leader == 1)
    }

    @Test(
        "a worker whose session ended while it worked is fenced off, if somebody else has the lock; else it spoils it")
    func fencing() {
        for fencing in ["token", "none"] {
            // Sessions so short that whoever loses its server seldom finds another in time.
            let driver = CoordinationDriver(
                ["tick": .duration(.milliseconds(50)), "session-timeout": .duration(.milliseconds(100))],
                lock: ["scope": .text("all"), "fencing": .text(fencing)])
            driver.acquire(1)
            driver.run(for: .milliseconds(20))
            driver.acquire(0)
            driver.run(for: .milliseconds(20))
            driver.service.loseServers(1, withLeader: false, agenda: &driver.agenda)
            driver.run(for: .seconds(2))
            #expect(driver.granted.map(\.worker.number) == [1, 0], "two think that the lock is theirs")
            let late = driver.finish(CoordinationDriver.worker(1))
            let rightful = driver.finish(CoordinationDriver.worker(0))
            let books = driver.service.books
            #expect(late == (fencing == "none") && rightful)
            #expect(books.lost.total == 1 && books.expired.total >= 1)
            #expect(books.fenced.total == (fencing == "token" ? 1 : 0))
            #expect(books.violations.total == (fencing == "none" ? 1 : 0))
        }
    }
}

@Suite("Sessions in a network", .enabled(if: isRelease, "release builds only"))
struct SessionStormTests {
    /// Weak servers and so many workers that their pings alone are much of their load.
    private func run(workers: Int = 400, timeout: Duration = .seconds(2)) -> Recording {
        var plan = Plans.station(
            interarrival: .exponential(mean: 0.004), service: .exponential(mean: 1), duration: .minutes(2))
        plan.workers = Plans.pool(workers, service: .exponential(mean: 1), lock: Plans.lock())
        plan.arrivals = [Plans.stream(interarrival: .exponential(mean: 0.004), keys: 200)]
        plan.coordination = Plans.coordination([
            "request-cost": .duration(.milliseconds(4)), "follower-cost": .duration(.milliseconds(1)),
            "tick": .duration(.seconds(1)), "session-timeout": .duration(timeout),
        ])
        return Network.run(plan, seed: 1)
    }

    @Test(
        "expire by the hundred when the service is overloaded, which overloads it more; longer ones do not, nor do fewer"
    )
    func storm() throws {
        let (storm, longer, fewer) = (run(), run(timeout: .seconds(8)), run(workers: 100))
        let books = try #require(storm.coordination)
        #expect(books.expired.total > 200 && books.lost.total > 50)
        for cured in [longer, fewer] {
            #expect(cured.coordination?.expired.total == 0)
            #expect(cured.ledger.delivered.total > 4 * storm.ledger.delivered.total)
        }
    }
}
