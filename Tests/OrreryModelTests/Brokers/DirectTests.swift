import OrreryKernel
import Testing

@testable import OrreryModel

@Suite("A direct call")
struct DirectTests {
    func worker(_ number: UInt32) -> WorkerID { WorkerID(number: number) }

    @Test("goes to an idle worker at once, and the producer hears of it when the worker is done")
    func idleWorker() {
        var driver = BrokerDriver("direct")
        driver.feed(.joined(worker(0)))
        #expect(driver.publish() == [.deliver(driver.copy(0), worker(0))])
        #expect(driver.feed(.acknowledged(driver.copy(0), by: worker(0))) == [.confirm(driver.copy(0))])
    }

    @Test("waits in the backlog, 4096 of them; the next is refused")
    func backlog() {
        var driver = BrokerDriver("direct")
        driver.publish(5000)
        #expect(driver.broker.heldNumbers == Array(0..<4096))
        #expect(driver.actions.refused == Array(4096..<5000))
        #expect(driver.actions.last == .refuse(driver.copy(4999), .brokerFull))
        #expect(driver.actions.confirmed.isEmpty)
    }

    @Test("without a backlog reaches only idle workers")
    func noBacklog() {
        var driver = BrokerDriver("direct", ["backlog": .count(0)])
        driver.feed(.joined(worker(0)))
        driver.publish(2)
        #expect(driver.actions.delivered == [0])
        #expect(driver.actions.refused == [1])
    }

    @Test(
        "waits its turn, or overtakes if the newest comes first",
        arguments: [("first-in-first-out", [0, 1, 2]), ("last-in-first-out", [2, 1, 0])])
    func order(name: String, expected: [Int]) {
        var driver = BrokerDriver("direct", ["order": .text(name)])
        driver.publish(3)
        for number in 0..<UInt32(3) { driver.feed(.joined(worker(number))) }
        #expect(driver.actions.delivered == expected)
    }

    @Test("is lost without an answer if its worker crashes; those in the backlog stay")
    func crash() {
        var driver = BrokerDriver("direct")
        driver.feed(.joined(worker(0)))
        driver.publish(2)
        #expect(driver.feed(.returned(driver.copy(0), from: worker(0))) == [.drop(driver.copy(0), .crashed)])
        #expect(driver.feed(.left(worker(0))).isEmpty)
        #expect(driver.broker.heldNumbers == [1])
        #expect(driver.feed(.joined(worker(0))).delivered == [1])
    }

    @Test("is answered with an error if the worker cannot do it, and the worker goes on")
    func failure() {
        var driver = BrokerDriver("direct")
        driver.feed(.joined(worker(0)))
        driver.publish(2)
        let actions = driver.feed(.rejected(driver.copy(0), by: worker(0)))
        #expect(actions == [.refuse(driver.copy(0), .deadLettered), .deliver(driver.copy(1), worker(0))])
    }

    @Test("never goes to an idle worker that left")
    func idleWorkerLeaves() {
        var driver = BrokerDriver("direct")
        driver.feed(.joined(worker(0)))
        driver.feed(.left(worker(0)))
        #expect(driver.publish() == [.hold(driver.copy(0))])
    }

    @Test("in overload answers more requests in time if the newest comes first")
    func newestFirstUnderOverload() {
        /// Two requests per service for a while: how many are begun within ten services of their arrival.
        func inTime(_ order: String) -> Int {
            var driver = BrokerDriver("direct", ["order": .text(order)])
            driver.feed(.joined(worker(0)))
            var begun = 0
            for tick in 0..<100 {
                let actions =
                    driver.publish(2)
                    + (driver.actions.delivered.last.map {
                        driver.feed(.acknowledged(driver.copy(UInt32($0)), by: worker(0)))
                    } ?? [])
                begun += actions.delivered.filter { tick - $0 / 2 < 10 }.count
            }
            return begun
        }
        #expect(inTime("first-in-first-out") < 30)
        #expect(inTime("last-in-first-out") > 90)
    }
}
