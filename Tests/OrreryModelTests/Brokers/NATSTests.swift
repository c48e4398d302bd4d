import OrreryKernel
import Testing

@testable import OrreryModel

/// Numbers that were observed on a server 2.9.10 with its C client are called measured.
@Suite("NATS core")
struct NATSTests {
    @Test(
        "keeps for a worker what its limits allow beside the message in hand, and loses the newest: measured",
        arguments: [
            (messages: 1000, bytes: 64 << 20, kept: 1001),
            (messages: 65_536, bytes: 102_400, kept: 101),
            (messages: 1000, bytes: 102_400, kept: 101),
            (messages: 10, bytes: 102_400, kept: 11),
        ])
    func pendingLimits(messages: Int, bytes: Int64, kept: Int) {
        var driver = BrokerDriver(
            "nats", ["pending-messages": .count(messages), "pending-bytes": .size(ByteCount(bytes))])
        driver.feed(.joined(worker(0)))
        let done = driver.publish(5000)
        #expect(done.delivered == Array(0..<kept))
        #expect(done.dropped == Array(kept..<5000) && done.reasons == [.slowConsumer])
        #expect(done.confirmed == Array(0..<5000) && done.refused.isEmpty)
        for number in 0..<kept { driver.feed(.acknowledged(driver.copy(UInt32(number)), by: worker(0))) }
        #expect(driver.publish(10).delivered == Array(5000..<5010))
    }

    @Test("keeps 64 MiB for a worker unless told otherwise")
    func pendingDefault() {
        var driver = BrokerDriver("nats")
        driver.feed(.joined(worker(0)))
        #expect(driver.publish(66, size: 1 << 20).dropped == [65])
    }

    @Test("takes a worker's messages as done in whichever order it does them")
    func anyOrder() {
        var driver = BrokerDriver("nats", ["pending-messages": .count(4), "pending-bytes": .size(ByteCount(4096))])
        driver.feed(.joined(worker(0)))
        driver.publish(5)
        for number: UInt32 in [3, 0, 4] { driver.feed(.acknowledged(driver.copy(number), by: worker(0))) }
        driver.feed(.acknowledged(driver.copy(0), by: worker(0)))
        #expect(driver.publish(4).delivered == [5, 6, 7])
    }

    @Test("gives each message to one worker by chance: about evenly, and not in turn")
    func queueGroup() {
        var driver = BrokerDriver("nats")
        for number: UInt32 in 0..<4 { driver.feed(.joined(worker(number))) }
        let done = driver.publish(8000)
        let shares = (0..<4).map { done.delivered(to: $0).count }
        // Six standard deviations of a binomial distribution, 6 √(8000 · 1/4 · 3/4), are 233.
        #expect(shares.allSatisfy { abs($0 - 2000) < 233 } && Set(shares).count > 1, "\(shares)")
        #expect(done.delivered == Array(0..<8000))
    }

    @Test("refuses what is larger than 1 MiB, and nothing else")
    func maxPayload() {
        var driver = BrokerDriver("nats")
        driver.feed(.joined(worker(0)))
        #expect(driver.publish(size: 1 << 20).delivered == [0])
        let done = driver.publish(size: 1 << 20 + 1)
        #expect(done == [.refuse(driver.copy(1), .tooLarge)])
    }

    @Test("loses what nobody is subscribed to, and the producer does not hear of it")
    func noWorker() {
        var driver = BrokerDriver("nats")
        #expect(driver.publish() == [.confirm(driver.copy(0)), .drop(driver.copy(0), .noSubscriber)])
    }

    @Test("loses all that a crashed worker had, and goes on with the others and with the worker when it is back")
    func crash() {
        var driver = BrokerDriver("nats", ["pending-messages": .count(2)])
        driver.feed(.joined(worker(0)))
        driver.publish(3)
        for number: UInt32 in [2, 1, 0] {
            let done = driver.feed(.returned(driver.copy(number), from: worker(0)))
            #expect(done == [.drop(driver.copy(number), .crashed)])
        }
        driver.feed(.left(worker(0)))
        driver.feed(.joined(worker(1)))
        #expect(driver.publish(2).delivered(to: 1) == [3, 4])
        driver.feed(.joined(worker(0)))
        #expect(driver.publish(4).delivered(to: 0).count > 0)
    }

    @Test("knows no dead letters to try again: what a worker hands back is lost")
    func rejected() {
        var driver = BrokerDriver("nats")
        driver.feed(.joined(worker(0)))
        driver.publish()
        #expect(driver.feed(.rejected(driver.copy(0), by: worker(0))) == [.drop(driver.copy(0), .deadLettered)])
    }
}

@Suite("A plain NATS subscriber")
struct NATSSubscriberTests {
    @Test(
        "that is stuck holds all producers until the write deadline, however many are: measured",
        arguments: [
            (stuck: 0, maxPending: 64 << 20, deadline: 10, messages: 100_000, seconds: 0.159...0.161),
            (stuck: 1, maxPending: 64 << 20, deadline: 10, messages: 100_000, seconds: 10.05...10.15),
            (stuck: 1, maxPending: 16 << 20, deadline: 5, messages: 100_000, seconds: 5.12...5.15),
            (stuck: 2, maxPending: 16 << 20, deadline: 5, messages: 100_000, seconds: 5.12...5.15),
            (stuck: 4, maxPending: 16 << 20, deadline: 5, messages: 100_000, seconds: 5.12...5.15),
            (stuck: 1, maxPending: 64 << 20, deadline: 10, messages: 20_000, seconds: 0.031...0.033),
        ])
    func stallGate(stuck: Int, maxPending: Int64, deadline: Int64, messages: Int, seconds: ClosedRange<Double>) {
        var driver = BrokerDriver(
            "nats",
            [
                "stuck-subscribers": .count(stuck), "max-pending": .size(ByteCount(maxPending)),
                "write-deadline": .duration(.seconds(deadline)),
            ])
        driver.feed(.joined(worker(0)))
        // Measured without a stuck subscriber: 100000 in 0.16 s.
        let end = driver.publishThroughDoor(messages, every: 1.6e-6)
        #expect(seconds.contains(end), "\(end) s")
        #expect(driver.actions.delivered == Array(0..<messages))
        #expect(driver.actions.doors == (seconds.lowerBound > 1 ? [.closeDoor, .openDoor] : []))
    }

    @Test("closes the door when more than half of max-pending waits for it, beyond what its socket takes")
    func threshold() {
        var driver = BrokerDriver(
            "nats",
            [
                "stuck-subscribers": .count(1), "max-pending": .size(ByteCount(20_480)),
                "socket-buffer": .size(ByteCount(5120)),
            ])
        #expect(driver.publish(15).doors.isEmpty)
        #expect(driver.publish().doors == [.closeDoor])
        #expect(driver.advance(toSecond: 9.999_999).doors.isEmpty)
        #expect(driver.advance(toSecond: 10).doors == [.openDoor])
        #expect(driver.publish(100).doors.isEmpty)
    }

    @Test("has its time to be cut off counted from when its write first blocked, not from when the door closed")
    func deadline() {
        var driver = BrokerDriver(
            "nats",
            [
                "stuck-subscribers": .count(1), "max-pending": .size(ByteCount(20_480)),
                "socket-buffer": .size(ByteCount(0)), "stuck-at": .duration(.seconds(100)),
            ])
        #expect(driver.publish(1000).doors.isEmpty)
        driver.advance(toSecond: 101)
        driver.publish(10)
        driver.advance(toSecond: 104)
        #expect(driver.publish().doors == [.closeDoor])
        #expect(driver.advance(toSecond: 110.999).doors.isEmpty)
        #expect(driver.advance(toSecond: 111).doors == [.openDoor])
    }

    @Test("that comes back and is stuck again holds producers again and again", arguments: [true, false])
    func reconnect(comesBack: Bool) {
        var driver = BrokerDriver(
            "nats",
            [
                "stuck-subscribers": .count(1), "max-pending": .size(ByteCount(20_480)),
                "socket-buffer": .size(ByteCount(0)), "stuck-reconnect": .text(comesBack ? "yes" : "no"),
            ])
        // It blocks at the first message, stalls at the eleventh, and is back 2 to 2.1 s after it was cut off.
        driver.publishThroughDoor(2000, every: 0.01)
        let cycle: [BrokerAction] = [.closeDoor, .openDoor]
        #expect(driver.actions.doors.starts(with: comesBack ? cycle + cycle + cycle : cycle))
        if !comesBack { #expect(driver.actions.doors == cycle) }
    }

    @Test("that is cut off holds nobody if the server drops for it instead")
    func noStall() {
        var driver = BrokerDriver(
            "nats", ["stuck-subscribers": .count(4), "fast-producer-stall": .text("drop")])
        #expect(driver.publish(100_000).doors.isEmpty)
    }

    @Test("that reads slowly holds producers while a batch is written, so that they go no faster than it reads")
    func slowReader() {
        var driver = BrokerDriver(
            "nats",
            [
                "subscriber-rate": .rate(DataRate(bitsPerSecond: 8_192_000)),
                "max-pending": .size(ByteCount(2_048_000)),
            ])
        // It reads 1000 messages of 1 KiB in a second; 1000 fit under the gate.
        let end = driver.publishThroughDoor(20_000, every: 1e-6)
        #expect(end > 18 && end < 20, "\(end) s")
    }

    @Test("that cannot read a batch within the write deadline is cut off, and comes back")
    func tooSlowReader() {
        var driver = BrokerDriver(
            "nats",
            [
                "subscriber-rate": .rate(DataRate(bitsPerSecond: 81_920)),
                "max-pending": .size(ByteCount(2_048_000)),
            ])
        // It reads 10 messages in a second: 1000 that wait behind the first would take 100 s.
        #expect(driver.publish(1001).doors == [.closeDoor])
        #expect(driver.advance(toSecond: 0.1).doors == [.openDoor])
        #expect(driver.publish(1).doors == [.closeDoor])
        #expect(driver.advance(toSecond: 10.09).doors.isEmpty)
        #expect(driver.advance(toSecond: 10.1).doors == [.openDoor])
        #expect(driver.publish(5000).doors.isEmpty)
        driver.advance(toSecond: 12.21)
        #expect(driver.publish(1001).doors == [.closeDoor])
    }
}

private func worker(_ number: UInt32) -> WorkerID { WorkerID(number: number) }

extension Sequence<BrokerAction> {
    /// The reasons of its drops, each once.
    fileprivate var reasons: Set<LossReason> {
        Set(compactMap { if case .drop(_, let reason) = $0 { reason } else { nil } })
    }
    /// What was done to the door, in order.
    fileprivate var doors: [BrokerAction] { filter { $0 == .closeDoor || $0 == .openDoor } }
}

extension BrokerDriver {
    /// Publishes so many messages of 1 KiB, one after each gap in seconds but none while the door is closed, to an idle
    /// worker; the second at which the last one was published.
    @discardableResult
    fileprivate mutating func publishThroughDoor(_ count: Int, every gap: Double) -> Double {
        var isClosed = false
        var closedTime = 0.0
        for number in 0..<count {
            advance(toSecond: closedTime + gap * Double(number + 1))
            while isClosed, let time = port.wakeTime {
                let before = port.now.seconds
                isClosed = !advance(toSecond: time.seconds).contains(.openDoor)
                closedTime += port.now.seconds - before
            }
            isClosed = publish().contains(.closeDoor)
            for copy in port.actions.delivered.suffix(1) {
                feed(.acknowledged(self.copy(UInt32(copy)), by: WorkerID(number: 0)))
            }
        }
        return port.now.seconds
    }
}
