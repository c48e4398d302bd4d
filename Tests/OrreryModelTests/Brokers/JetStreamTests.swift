import OrreryKernel
import Testing

@testable import OrreryModel

/// Numbers that were observed on a server 2.9.10 are called measured.
@Suite("A JetStream stream")
struct JetStreamStreamTests {
    @Test("that is full drops its oldest message for each new one, and says nothing: measured")
    func discardOld() {
        var driver = BrokerDriver("jetstream", ["max-messages": .count(1000)])
        let done = driver.publish(5000)
        #expect(done.confirmed == Array(0..<5000) && done.refused.isEmpty)
        #expect(done.dropped == Array(0..<4000) && done.reasons == [.pushedOut])
        #expect(driver.broker.heldNumbers == Array(4000..<5000) && driver.stored == Array(4000..<5000))
    }

    @Test("that discards new ones refuses them when it is full: measured")
    func discardNew() {
        var driver = BrokerDriver("jetstream", ["max-messages": .count(1000), "discard": .text("new")])
        let done = driver.publish(5000)
        #expect(done.confirmed == Array(0..<1000) && done.refused == Array(1000..<5000))
        #expect(done.reasons == [.brokerFull] && driver.broker.heldNumbers == Array(0..<1000))
    }

    @Test("counts bytes as it counts messages", arguments: [("old", 4900..<5000), ("new", 0..<100)])
    func maxBytes(discard: String, kept: Range<Int>) {
        var driver = BrokerDriver(
            "jetstream", ["max-bytes": .size(ByteCount(102_400)), "discard": .text(discard)])
        driver.publish(5000)
        #expect(driver.broker.heldNumbers == Array(kept))
    }

    @Test(
        "refuses what is too large for it or for the server: measured",
        arguments: [(["max-message-size": ParameterValue.size(ByteCount(512))], Int64(512)), ([:], 1 << 20)])
    func tooLarge(values: [String: ParameterValue], largest: Int64) {
        var driver = BrokerDriver("jetstream", values)
        #expect(driver.publish(size: largest).confirmed == [0])
        #expect(driver.publish(size: largest + 1) == [.refuse(driver.copy(1), .tooLarge)])
    }

    @Test("with an age limit is empty when the last message has that age: measured")
    func maxAge() {
        var driver = BrokerDriver("jetstream", ["max-age": .duration(.seconds(1))])
        for number in 0..<100 {
            driver.advance(toSecond: Double(number) * 0.001)
            driver.publish()
        }
        driver.advance(toSecond: 1.098)
        #expect(driver.broker.heldNumbers == [99])
        let done = driver.advance(toSecond: 1.099)
        #expect(driver.broker.depth == 0 && done == [.drop(driver.copy(99), .expired)])
        #expect(driver.actions.dropped == Array(0..<100))
    }

    @Test("keeps what is done until a limit removes it, unless it is a work queue")
    func retention() {
        for (retention, isFull) in [("limits", true), ("work-queue", false)] {
            var driver = BrokerDriver(
                "jetstream",
                ["max-messages": .count(10), "discard": .text("new"), "retention": .text(retention)])
            driver.feed(.joined(worker(0)))
            driver.publish(10)
            driver.acknowledge(0..<10)
            #expect(driver.broker.depth == 0)
            #expect(driver.stored == (isFull ? Array(0..<10) : []))
            #expect(driver.publish(10).refused == (isFull ? Array(10..<20) : []))
        }
    }

    @Test("forgets what is done if it has no limit, and what others left between what is not done")
    func sweeping() {
        var driver = BrokerDriver("jetstream", ["max-ack-pending": .count(2), "ack-wait": .duration(.hours(1))])
        driver.feed(.joined(worker(0)))
        driver.feed(.joined(worker(1)))
        driver.publish(1000)
        driver.acknowledge(1..<900, by: 1)
        #expect(driver.stored == [0] + Array(900..<1000))
        #expect(driver.broker.heldNumbers == Array(901..<1000))
    }

    @Test("leaves with a worker what the limits remove, and does not deliver it again")
    func pushedOutWhileWithWorker() {
        var driver = BrokerDriver("jetstream", ["max-messages": .count(3), "pull-batch": .count(2)])
        driver.feed(.joined(worker(0)))
        #expect(driver.publish(5).dropped.isEmpty)
        #expect(driver.stored == [2, 3, 4])
        driver.acknowledge([0])
        #expect(driver.feed(.returned(driver.copy(1), from: worker(0))) == [.drop(driver.copy(1), .pushedOut)])
        driver.feed(.left(worker(0)))
        #expect(driver.advance(toSecond: 100).isEmpty)
        #expect(driver.broker.heldNumbers == [2, 3, 4])
    }
}

@Suite("A JetStream consumer")
struct JetStreamConsumerTests {
    @Test("has at most max-ack-pending messages with workers: measured", arguments: ["pull", "push"])
    func maxAckPending(mode: String) {
        var driver = BrokerDriver(
            "jetstream",
            ["max-ack-pending": .count(100), "mode": .text(mode), "pull-batch": .count(1000)])
        driver.feed(.joined(worker(0)))
        #expect(driver.publish(500).delivered == Array(0..<100))
        #expect(driver.acknowledge(0..<10).delivered == Array(100..<110))
        #expect(driver.broker.depth == 390)
    }

    @Test("shares max-ack-pending, 1000 unless told otherwise, among all workers")
    func sharedMaxAckPending() {
        var driver = BrokerDriver("jetstream")
        for number: UInt32 in 0..<1500 { driver.feed(.joined(worker(number))) }
        #expect(driver.publish(1500).delivered == Array(0..<1000))
    }

    @Test("delivers what is handed back at once again, before new messages: measured")
    func nak() {
        var driver = BrokerDriver("jetstream", ["pull-batch": .count(2)])
        driver.feed(.joined(worker(0)))
        driver.publish(5)
        driver.feed(.rejected(driver.copy(0), by: worker(0)))
        #expect(driver.feed(.rejected(driver.copy(1), by: worker(0))).delivered == [0, 1])
        #expect(driver.acknowledge([0, 1]).delivered == [2, 3])
    }

    @Test("takes back what was not acknowledged for 30 s, and delivers it before new messages")
    func ackWait() {
        var driver = BrokerDriver("jetstream")
        driver.feed(.joined(worker(0)))
        driver.publish(3)
        driver.advance(toSecond: 10)
        driver.feed(.joined(worker(1)))
        #expect(driver.advance(toSecond: 29.999).isEmpty)
        #expect(
            driver.advance(toSecond: 30) == [
                .reclaim(driver.copy(0), from: worker(0)), .deliver(driver.copy(0), to: worker(0)),
            ])
        #expect(
            driver.advance(toSecond: 40) == [
                .reclaim(driver.copy(1), from: worker(1)), .deliver(driver.copy(1), to: worker(1)),
            ])
    }

    @Test("waits with what a crashed worker had until its time to acknowledge is over")
    func crash() {
        var driver = BrokerDriver("jetstream", ["pull-batch": .count(2), "max-ack-pending": .count(2)])
        driver.feed(.joined(worker(0)))
        driver.publish(4)
        driver.advance(toSecond: 5)
        for number: UInt32 in [1, 0] {
            let done = driver.feed(.returned(driver.copy(number), from: worker(0)))
            #expect(done == [.hold(driver.copy(number))])
        }
        driver.feed(.left(worker(0)))
        #expect(driver.broker.heldNumbers == [0, 1, 2, 3])
        #expect(driver.feed(.joined(worker(1))).isEmpty)
        #expect(driver.advance(toSecond: 29.999).isEmpty)
        #expect(driver.advance(toSecond: 30).delivered(to: 1) == [0, 1])
    }

    @Test("gives up a message after max-deliver deliveries; it stays stored, and a worker that still has it may do it")
    func maxDeliver() {
        var driver = BrokerDriver("jetstream", ["max-deliver": .count(2), "retention": .text("work-queue")])
        driver.feed(.joined(worker(0)))
        driver.publish(2)
        #expect(driver.feed(.rejected(driver.copy(0), by: worker(0))).delivered == [0])
        let done = driver.feed(.rejected(driver.copy(0), by: worker(0)))
        #expect(done.dropped == [0] && done.reasons == [.deadLettered] && done.delivered == [1])
        driver.advance(toSecond: 30)
        #expect(driver.advance(toSecond: 100).isEmpty)
        #expect(driver.broker.depth == 0 && driver.stored == [0, 1])
        driver.acknowledge([1])
        #expect(driver.stored == [0])
    }

    @Test("takes an acknowledgement that comes late, though the message waits again or is with another worker")
    func lateAcknowledgement() {
        var driver = BrokerDriver("jetstream", ["pull-batch": .count(1)])
        driver.feed(.joined(worker(0)))
        driver.publish(2)
        driver.feed(.returned(driver.copy(0), from: worker(0)))
        driver.feed(.left(worker(0)))
        driver.acknowledge([0])
        #expect(driver.broker.heldNumbers == [1])
        #expect(driver.advance(toSecond: 60).isEmpty)
        #expect(driver.feed(.joined(worker(1))).delivered == [1])
        driver.acknowledge([1], by: 0)
        #expect(driver.stored.isEmpty && driver.advance(toSecond: 200).isEmpty)
        #expect(driver.acknowledge([1], by: 1).isEmpty)
        #expect(driver.publish().delivered(to: 1) == [2])
    }

    @Test("serves requests in turn, one message each, and a worker asks again when it is done with its batch")
    func turns() {
        var driver = BrokerDriver("jetstream", ["pull-batch": .count(2)])
        for number: UInt32 in 0..<3 { driver.feed(.joined(worker(number))) }
        let done = driver.publish(8)
        #expect((0..<3).map { done.delivered(to: $0) } == [[0, 3], [1, 4], [2, 5]])
        #expect(driver.acknowledge([1], by: 1).isEmpty)
        #expect(driver.acknowledge([4], by: 1).delivered(to: 1) == [6, 7])
    }

    @Test("gives a worker one message at a time unless told otherwise")
    func pullDefault() {
        var driver = BrokerDriver("jetstream")
        driver.feed(.joined(worker(0)))
        #expect(driver.publish(3).delivered == [0])
        #expect(driver.acknowledge([0]).delivered == [1])
    }

    @Test("that pushes spreads messages over the workers by chance")
    func push() {
        var driver = BrokerDriver("jetstream", ["mode": .text("push"), "max-ack-pending": .count(8000)])
        for number: UInt32 in 0..<4 { driver.feed(.joined(worker(number))) }
        let done = driver.publish(8000)
        let shares = (0..<4).map { done.delivered(to: $0).count }
        // Six standard deviations of a binomial distribution, 6 √(8000 · 1/4 · 3/4), are 233.
        #expect(shares.allSatisfy { abs($0 - 2000) < 233 }, "\(shares)")
    }
}

private func worker(_ number: UInt32) -> WorkerID { WorkerID(number: number) }

extension BrokerAction {
    fileprivate static func deliver(_ copy: Copy, to worker: WorkerID) -> BrokerAction { .deliver(copy, worker) }
    fileprivate static func reclaim(_ copy: Copy, from worker: WorkerID) -> BrokerAction { .reclaim(copy, worker) }
}

extension Sequence<BrokerAction> {
    /// The reasons of its drops and refusals, each once.
    fileprivate var reasons: Set<LossReason> {
        Set(
            compactMap {
                switch $0 {
                case .drop(_, let reason), .refuse(_, let reason): reason
                default: nil
                }
            })
    }
}

extension BrokerDriver {
    /// The numbers of the messages that the stream stores, oldest first.
    fileprivate var stored: [Int] { (broker as? JetStream)?.stored.map { Int($0.item.number) } ?? [] }

    /// A worker acknowledges messages, one by one; what the broker does about it.
    @discardableResult
    fileprivate mutating func acknowledge(_ numbers: some Sequence<UInt32>, by worker: UInt32 = 0) -> [BrokerAction] {
        numbers.flatMap { feed(.acknowledged(copy($0), by: WorkerID(number: worker))) }
    }
}
