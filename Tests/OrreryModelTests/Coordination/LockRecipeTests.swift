import OrreryKernel
import Testing

@testable import OrreryModel

@Suite("How workers line up for a lock")
struct LockRecipeTests {
    /// What it takes to serve waiters that all are there already, one after the other.
    private func cost(ofServing waiters: Int, _ recipe: String) -> (notifications: Int64, writes: Int64, served: Int) {
        let driver = CoordinationDriver(lock: ["recipe": .text(recipe), "scope": .text("all")])
        driver.acquire(0)
        driver.run(for: .seconds(1))
        for waiter in 1...waiters { driver.acquire(waiter) }
        driver.run(for: .seconds(1))
        let before = driver.service.books
        for _ in 0...waiters {
            guard let holder = driver.granted.last else { break }
            let isTaken = driver.finish(holder.worker)
            #expect(isTaken)
            driver.run(for: .seconds(1))
        }
        let books = driver.service.books
        #expect(books.violations.total == 0 && books.expired.total == 0)
        #expect(driver.granted.map(\.turn) == Array(1...UInt32(waiters + 1)), "one turn after the other")
        return (
            books.notifications.total - before.notifications.total, books.writes.total - before.writes.total,
            driver.granted.count - 1
        )
    }

    @Test("in a queue, n waiters cost n notifications, and n + 1 writes: the releases", arguments: [1, 10, 50])
    func queue(waiters: Int) {
        let cost = cost(ofServing: waiters, "queue")
        #expect(cost.served == waiters)
        #expect(cost.notifications == Int64(waiters))
        #expect(cost.writes == Int64(waiters + 1))
    }

    @Test(
        "as a herd, n waiters cost n(n + 1)/2 notifications, and as many attempts besides the releases",
        arguments: [1, 10, 50])
    func herd(waiters: Int) {
        let cost = cost(ofServing: waiters, "herd")
        #expect(cost.served == waiters)
        #expect(cost.notifications == Int64(waiters * (waiters + 1) / 2))
        #expect(cost.writes == Int64(waiters + 1 + waiters * (waiters + 1) / 2))
    }

    @Test("a lone worker waits for a session, its node, and in a queue for a look at the others, to the nanosecond")
    func alone() {
        // To the leader and back 200 us, its part of a write 34.5 + 2 × 6.56 us, two hops, a follower's part and its
        // disk.
        let write = 200_000 + 34_500 + 2 * 6_560 + 200_000 + 6_560 + 600_000
        let read = 200_000 + 34_500
        for (recipe, time) in [("herd", 2 * write), ("queue", 2 * write + read)] {
            let driver = CoordinationDriver(lock: ["recipe": .text(recipe)])
            driver.acquire(0)
            driver.run(for: Duration(nanoseconds: Int64(time - 1)))
            #expect(driver.granted.isEmpty)
            driver.run(for: Duration(nanoseconds: 1))
            #expect(driver.granted.count == 1)
        }
    }

    @Test("items with other keys have other locks, unless all share one")
    func scopes() {
        for (scope, holders) in [("key", 2), ("all", 1)] {
            let driver = CoordinationDriver(lock: ["scope": .text(scope)])
            driver.acquire(0, source: 7)
            driver.acquire(1, source: 8)
            driver.run(for: .seconds(1))
            #expect(driver.granted.count == holders)
        }
    }

    @Test(
        "a worker that gives up leaves the line, so that nobody waits for it, and can line up again",
        arguments: ["queue", "herd"])
    func patience(recipe: String) {
        let driver = CoordinationDriver(lock: ["recipe": .text(recipe), "patience": .duration(.seconds(3))])
        driver.acquire(0)
        driver.run(for: .seconds(1))
        driver.acquire(1)
        driver.run(for: .seconds(1))
        driver.acquire(2)
        driver.run(for: .milliseconds(1999))
        #expect(driver.gaveUp.isEmpty)
        driver.run(for: .milliseconds(1))
        #expect(driver.gaveUp == [CoordinationDriver.worker(1)])
        driver.acquire(1)
        let isTaken = driver.finish(CoordinationDriver.worker(0))
        driver.run(for: .milliseconds(500))
        #expect(isTaken && driver.granted.count == 2)
        #expect(driver.service.books.abandoned.total == 1)
    }
}
