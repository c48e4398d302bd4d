import OrreryKernel
import Testing

@testable import OrreryModel

@Suite("A worker that says that it goes")
struct LeavingTests {
    private let first = WorkerID(number: 0)
    private let second = WorkerID(number: 1)

    @Test(
        "gets nothing more while it is idle: others do",
        arguments: ["bounded-queue", "direct", "rabbitmq", "nats", "jetstream"])
    func idle(kind: String) {
        var driver = BrokerDriver(kind)
        driver.feed(.joined(first))
        driver.feed(.joined(second))
        driver.feed(.leaving(first))
        #expect(driver.publish().delivered(to: 1) == [0])
        driver.feed(.acknowledged(driver.copy(0), by: second))
        #expect(driver.publish().delivered(to: 1) == [1])
        #expect(driver.actions.delivered(to: 0).isEmpty)
    }

    @Test(
        "gets nothing more when it has done what it has, which counts as done; the rest is for who comes next",
        arguments: ["bounded-queue", "direct", "rabbitmq", "jetstream"])
    func busy(kind: String) {
        var driver = BrokerDriver(kind, kind == "rabbitmq" ? ["prefetch": .count(1)] : [:])
        driver.feed(.joined(first))
        driver.publish(2)
        driver.feed(.leaving(first))
        driver.feed(.acknowledged(driver.copy(0), by: first))
        #expect(driver.actions.delivered(to: 0) == [0])
        driver.feed(.left(first))
        #expect(driver.feed(.joined(second)).delivered(to: 1) == [1])
        // And it may come again.
        driver.feed(.acknowledged(driver.copy(1), by: second))
        driver.feed(.leaving(second))
        driver.feed(.joined(first))
        #expect(driver.publish().delivered(to: 0) == [2])
    }
}
