import OrreryKernel
import Testing

@testable import OrreryModel

@Suite("A RabbitMQ queue")
struct RabbitMQTests {
    /// What the servers did with 5000 messages of 1 KiB and no consumer: observed on RabbitMQ 3.10.8, classic queues.
    struct Observation: CustomTestStringConvertible, Sendable {
        let words: [String: String]
        let key: String
        let limit: ParameterValue
        let kept: ClosedRange<Int>
        let confirmed: Range<Int>
        let refused: Range<Int>
        let dropped: Range<Int>
        var testDescription: String { "\(key) \(limit) \(words.sorted { $0.key < $1.key }.map(\.value))" }

        var values: [String: ParameterValue] {
            words.mapValues { ParameterValue.text($0) }.merging([key: limit]) { $1 }
        }

        static let all = [
            Observation(
                words: [:], key: "max-length", limit: .count(1000),
                kept: 4000...4999, confirmed: 0..<5000, refused: 0..<0, dropped: 0..<4000),
            Observation(
                words: ["overflow": "reject-publish"], key: "max-length", limit: .count(1000),
                kept: 0...999, confirmed: 0..<1000, refused: 1000..<5000, dropped: 0..<0),
            Observation(
                words: ["overflow": "reject-publish", "confirms": "no"], key: "max-length", limit: .count(1000),
                // A producer without confirms keeps nothing, which is what a confirmation says here.
                kept: 0...999, confirmed: 0..<5000, refused: 0..<0, dropped: 1000..<5000),
            Observation(
                words: ["overflow": "reject-publish-dlx"], key: "max-length", limit: .count(1000),
                kept: 0...999, confirmed: 0..<1000, refused: 1000..<5000, dropped: 0..<0),
            Observation(
                words: [:], key: "max-length-bytes", limit: .size(ByteCount(102_400)),
                kept: 4900...4999, confirmed: 0..<5000, refused: 0..<0, dropped: 0..<4900),
            Observation(
                words: ["overflow": "reject-publish"], key: "max-length-bytes", limit: .size(ByteCount(102_400)),
                kept: 0...99, confirmed: 0..<100, refused: 100..<5000, dropped: 0..<0),
        ]
    }

    @Test("keeps, confirms and refuses exactly what the server does", arguments: Observation.all)
    func overflow(observation: Observation) {
        var driver = BrokerDriver("rabbitmq", observation.values)
        driver.publish(5000)
        #expect(driver.broker.heldNumbers == Array(observation.kept))
        #expect(driver.actions.confirmed == Array(observation.confirmed))
        #expect(driver.actions.refused == Array(observation.refused))
        #expect(driver.actions.dropped == Array(observation.dropped))
    }

    @Test("gives the reason for what it turns away or pushes out")
    func reasons() {
        var rejecting = BrokerDriver("rabbitmq", ["max-length": .count(0), "overflow": .text("reject-publish")])
        #expect(rejecting.publish() == [.refuse(rejecting.copy(0), .brokerFull)])
        var burying = BrokerDriver("rabbitmq", ["max-length": .count(0), "overflow": .text("reject-publish-dlx")])
        #expect(burying.publish() == [.refuse(burying.copy(0), .deadLettered)])
        var dropping = BrokerDriver("rabbitmq", ["max-length": .count(1)])
        dropping.publish(2)
        #expect(dropping.actions.last == .drop(dropping.copy(0), .pushedOut))
    }

    @Test("does not count what a consumer has: 100 unacknowledged leave room for 1000 ready")
    func unacknowledgedDoNotCount() {
        var driver = BrokerDriver(
            "rabbitmq",
            ["max-length": .count(1000), "overflow": .text("reject-publish"), "prefetch": .count(100)])
        driver.feed(.joined(worker(0)))
        driver.publish(2000)
        #expect(driver.actions.delivered == Array(0..<100))
        #expect(driver.broker.heldNumbers == Array(100..<1100))
        #expect(driver.actions.refused == Array(1100..<2000))
    }

    @Test("without a single place still hands on to a consumer that waits, unless it rejects")
    func noPlace() {
        var driver = BrokerDriver("rabbitmq", ["max-length": .count(0), "prefetch": .count(1)])
        driver.feed(.joined(worker(0)))
        driver.publish(2)
        #expect(driver.actions.delivered == [0])
        #expect(driver.actions.dropped == [1])
        #expect(driver.actions.confirmed == [0, 1])
        var rejecting = BrokerDriver("rabbitmq", ["max-length": .count(0), "overflow": .text("reject-publish")])
        rejecting.feed(.joined(worker(0)))
        #expect(rejecting.publish().refused == [0])
    }

    @Test("takes everything by default, and gives each consumer 250 at once, in turn")
    func defaults() {
        var driver = BrokerDriver("rabbitmq")
        driver.feed(.joined(worker(0)))
        driver.feed(.joined(worker(1)))
        driver.publish(600)
        #expect(driver.actions.delivered(to: 0) == Array(stride(from: 0, to: 500, by: 2)))
        #expect(driver.actions.delivered(to: 1) == Array(stride(from: 1, to: 500, by: 2)))
        #expect(driver.actions.confirmed == Array(0..<600))
        #expect(driver.broker.depth == 100)
    }

    @Test("sends a consumer one more for each that it acknowledges, and nothing for an acknowledgement twice over")
    func credit() {
        var driver = BrokerDriver("rabbitmq", ["prefetch": .count(2)])
        driver.publish(5)
        #expect(driver.feed(.joined(worker(0))).delivered == [0, 1])
        #expect(driver.feed(.acknowledged(driver.copy(1), by: worker(0))).delivered == [2])
        #expect(driver.feed(.acknowledged(driver.copy(1), by: worker(0))).isEmpty)
        #expect(driver.feed(.acknowledged(driver.copy(0), by: worker(1))).isEmpty)
    }

    @Test("never lets a consumer have more than its prefetch, also if it acknowledges early")
    func prefetchIsKept() {
        var driver = BrokerDriver("rabbitmq", ["prefetch": .count(2)])
        driver.feed(.joined(worker(0)))
        driver.publish()
        driver.feed(.acknowledged(driver.copy(0), by: worker(0)))
        #expect(driver.publish(9).delivered == [1, 2])
    }

    @Test("without a prefetch gives the first consumer everything")
    func unlimitedPrefetch() {
        var driver = BrokerDriver("rabbitmq", ["prefetch": .count(0)])
        driver.publish(5000)
        #expect(driver.feed(.joined(worker(0))).delivered == Array(0..<5000))
        #expect(driver.broker.depth == 0)
    }

    @Test(
        "does not accept values that say nothing together",
        arguments: [
            ["overflow": .text("reject-publish")],
            ["confirms": .text("no"), "confirm-latency": .duration(.seconds(1))],
            ["backlog-cost": .share(0.1)],
        ] as [[String: ParameterValue]])
    func conflicts(values: [String: ParameterValue]) throws {
        let kind = try #require(BrokerCatalog.kinds["rabbitmq"])
        #expect(kind.conflict(ParameterValues(values)) != nil)
    }

    func worker(_ number: UInt32) -> WorkerID { WorkerID(number: number) }
}

extension RabbitMQTests {
    @Test("redelivers what comes back before everything else, each in its original place")
    func originalPlace() {
        var driver = BrokerDriver("rabbitmq", ["prefetch": .count(3)])
        driver.feed(.joined(worker(0)))
        driver.feed(.joined(worker(1)))
        driver.publish(8)
        #expect(driver.actions.delivered(to: 1) == [1, 3, 5])
        for number: UInt32 in [5, 3, 1] {
            #expect(driver.feed(.returned(driver.copy(number), from: worker(1))) == [.hold(driver.copy(number))])
        }
        driver.feed(.left(worker(1)))
        for number: UInt32 in [4, 2, 0] { driver.feed(.returned(driver.copy(number), from: worker(0))) }
        driver.feed(.left(worker(0)))
        #expect(driver.broker.depth == 8)
        #expect(driver.feed(.joined(worker(2))).delivered == [0, 1, 2])
        #expect(driver.feed(.acknowledged(driver.copy(0), by: worker(2))).delivered == [3])
        #expect(driver.feed(.rejected(driver.copy(1), by: worker(2))).delivered == [1])
    }

    @Test("puts back all that a consumer had before another gets any of it")
    func returnedTogether() {
        var driver = BrokerDriver("rabbitmq", ["prefetch": .count(2)])
        driver.feed(.joined(worker(0)))
        driver.publish(2)
        driver.feed(.joined(worker(1)))
        driver.feed(.returned(driver.copy(1), from: worker(0)))
        driver.feed(.returned(driver.copy(0), from: worker(0)))
        #expect(driver.feed(.left(worker(0))).delivered(to: 1) == [0, 1])
    }

    @Test("delivers a message that always fails 21 times, then it is a dead letter", arguments: [true, false])
    func deliveryLimit(isCrash: Bool) {
        var driver = BrokerDriver("rabbitmq")
        driver.publish()
        driver.feed(.joined(worker(0)))
        for _ in 0..<21 {
            if isCrash {
                driver.feed(.returned(driver.copy(0), from: worker(0)))
                driver.feed(.left(worker(0)))
                driver.feed(.joined(worker(0)))
            } else {
                driver.feed(.rejected(driver.copy(0), by: worker(0)))
            }
        }
        #expect(driver.actions.delivered.count == 21)
        #expect(driver.actions.last == .drop(driver.copy(0), .deadLettered))
        #expect(driver.broker.depth == 0)
    }

    @Test("without a delivery limit delivers it for ever, as a classic queue does")
    func noDeliveryLimit() {
        var driver = BrokerDriver("rabbitmq", ["delivery-limit": .count(-1)])
        driver.publish()
        driver.feed(.joined(worker(0)))
        for _ in 0..<1000 { driver.feed(.rejected(driver.copy(0), by: worker(0))) }
        #expect(driver.actions.delivered.count == 1001)
    }

    @Test("drops what comes back to a full queue, because it is the oldest")
    func fullWhenReturned() {
        var driver = BrokerDriver("rabbitmq", ["max-length": .count(2), "prefetch": .count(1)])
        driver.feed(.joined(worker(0)))
        driver.publish(3)
        driver.feed(.returned(driver.copy(0), from: worker(0)))
        driver.feed(.left(worker(0)))
        #expect(driver.actions.dropped == [0])
        #expect(driver.broker.heldNumbers == [1, 2])
    }

    @Test("closes the channel of a consumer that has had a message for 30 minutes, at the next full minute")
    func acknowledgementTimeout() {
        var driver = BrokerDriver("rabbitmq", ["prefetch": .count(2)])
        driver.advance(toSecond: 10)
        driver.feed(.joined(worker(0)))
        driver.publish(3)
        driver.advance(toSecond: 600)
        driver.feed(.acknowledged(driver.copy(0), by: worker(0)))
        #expect(driver.advance(toSecond: 1859).isEmpty)
        #expect(
            driver.advance(toSecond: 1860) == [
                .reclaim(driver.copy(1), worker(0)), .reclaim(driver.copy(2), worker(0)), .disconnect(worker(0)),
            ])
        #expect(driver.broker.heldNumbers == [1, 2])
        #expect(driver.feed(.acknowledged(driver.copy(1), by: worker(0))).isEmpty)
        #expect(driver.feed(.joined(worker(0))).delivered == [1, 2])
    }

    @Test("looks after those that it spared again, without a new delivery")
    func secondTimeout() {
        var driver = BrokerDriver("rabbitmq")
        driver.publish()
        driver.feed(.joined(worker(0)))
        driver.advance(toSecond: 600)
        driver.feed(.joined(worker(1)))
        driver.publish(2)
        #expect(driver.actions.delivered(to: 1) == [2])
        #expect(driver.advance(toSecond: 1860).contains(.disconnect(worker(0))))
        #expect(driver.actions.delivered(to: 1) == [2, 0, 1])
        #expect(driver.advance(toSecond: 2400).isEmpty)
        #expect(driver.advance(toSecond: 2460).contains(.disconnect(worker(1))))
    }

    @Test("spares consumers that acknowledge in time, however long they have been there")
    func noTimeout() {
        var driver = BrokerDriver("rabbitmq", ["prefetch": .count(1)])
        driver.feed(.joined(worker(0)))
        driver.publish(100)
        for number in 0..<UInt32(100) {
            driver.advance(toSecond: Double(number + 1) * 1790)
            driver.feed(.acknowledged(driver.copy(number), by: worker(0)))
        }
        #expect(!driver.actions.contains(.disconnect(worker(0))))
        #expect(driver.actions.delivered.count == 100)
    }

    @Test("confirms later if a confirm takes time")
    func confirmLatency() {
        var driver = BrokerDriver("rabbitmq", ["confirm-latency": .duration(.milliseconds(200))])
        #expect(driver.publish(2).confirmed.isEmpty)
        driver.advance(toSecond: 0.1)
        driver.publish()
        #expect(driver.advance(toSecond: 0.199).isEmpty)
        #expect(driver.advance(toSecond: 0.2).confirmed == [0, 1])
        #expect(driver.advance(toSecond: 1).confirmed == [2])
    }

    @Test("blocks producers during a memory alarm, while consumers go on, and lets them in when it clears")
    func memoryAlarm() {
        var driver = BrokerDriver(
            "rabbitmq", ["memory-limit": .size(ByteCount(4096)), "prefetch": .count(2)])
        driver.publish(4)
        #expect(!driver.actions.contains(.closeDoor))
        #expect(driver.publish().last == .closeDoor)
        #expect(driver.feed(.joined(worker(0))).delivered == [0, 1])
        let acknowledged = driver.feed(.acknowledged(driver.copy(0), by: worker(0)))
        #expect(acknowledged == [.deliver(driver.copy(2), worker(0)), .openDoor])
    }
}

@Suite("A RabbitMQ queue whose process takes time")
struct RabbitMQProcessTests {
    let worker = WorkerID(number: 0)

    func driver(_ values: [String: ParameterValue] = [:]) -> BrokerDriver {
        BrokerDriver("rabbitmq", values.merging(["message-cost": .duration(.milliseconds(1))]) { $1 })
    }

    @Test("takes in a message, confirms it, then delivers it")
    func oneMessage() {
        var driver = driver()
        driver.feed(.joined(worker))
        #expect(driver.publish() == [.hold(driver.copy(0))])
        #expect(driver.advance(toSecond: 0.001) == [.confirm(driver.copy(0))])
        #expect(driver.advance(toSecond: 0.002) == [.deliver(driver.copy(0), worker)])
    }

    @Test("without a single place still hands on to a consumer that waits")
    func noPlace() {
        var driver = driver(["max-length": .count(0), "prefetch": .count(1)])
        driver.feed(.joined(worker))
        driver.publish(2)
        driver.advance(toSecond: 1)
        #expect(driver.actions.delivered == [0])
        #expect(driver.actions.dropped == [1])
    }

    @Test("drains twice as fast when nobody publishes: publications take the process away from consumers")
    func publicationsSlowDeliveries() {
        var quiet = driver(["prefetch": .count(0)])
        quiet.publish(400)
        quiet.advance(toSecond: 1)
        quiet.feed(.joined(worker))
        #expect(quiet.advance(toSecond: 1.1).delivered.count == 100)
        var busy = quiet
        busy.publish(200)
        #expect(busy.advance(toSecond: 1.3).delivered.count == 100)
        #expect(quiet.advance(toSecond: 1.3).delivered.count == 200)
    }

    @Test("slows down with its backlog")
    func backlogCost() {
        var driver = driver(["backlog-cost": .share(1)])
        driver.publish(399)
        driver.advance(toSecond: 10)
        let long = driver.feed(.joined(worker)) + driver.advance(toSecond: 10.00139)
        #expect(long.delivered.isEmpty)
        #expect(driver.advance(toSecond: 10.0014).delivered.count == 1)
    }

    @Test("stops listening after 400 messages that it has not taken in, and listens again after 200 of them")
    func creditFlow() {
        var driver = driver()
        #expect(!driver.publish(399).contains(.closeDoor))
        #expect(driver.publish().last == .closeDoor)
        #expect(!driver.advance(toSecond: 0.1999).contains(.openDoor))
        #expect(driver.advance(toSecond: 0.2).last == .openDoor)
        driver.publish(200)
        #expect(driver.actions.last == .closeDoor)
    }

    @Test("keeps the newest 1000 of 5000, as without cost, once it has taken them in")
    func dropHead() {
        var driver = driver(["max-length": .count(1000)])
        // Half of the credit at a time, so that the door is never closed.
        for second in 1...25 {
            driver.publish(200)
            driver.advance(toSecond: Double(second))
        }
        #expect(driver.actions.confirmed == Array(0..<5000))
        #expect(driver.broker.heldNumbers == Array(4000..<5000))
    }
}

@Suite("Which end of a full queue loses")
struct OverflowTests {
    /// One consumer behind a queue with five places: how many messages are lost, and the mean age of the delivered.
    func losses(_ overflow: String, load: Double, messages: Int) -> (lost: Int, age: Double) {
        var driver = BrokerDriver(
            "rabbitmq", ["max-length": .count(5), "prefetch": .count(1), "overflow": .text(overflow)])
        var gaps = RandomStream(seed: 7, entity: "producer", purpose: "gaps")
        var services = RandomStream(seed: 7, entity: "worker", purpose: "services")
        let worker = WorkerID(number: 0)
        driver.feed(.joined(worker))
        var published: [Double] = []
        var ageSum = 0.0
        var delivered = 0
        var busyWith: (copy: Copy, end: Double)?
        var now = 0.0
        func note(_ actions: [BrokerAction]) {
            for case .deliver(let copy, _) in actions {
                ageSum += now - published[Int(copy.item.number)]
                delivered += 1
                busyWith = (copy, now + services.standardExponential())
            }
        }
        var arrival = gaps.standardExponential() / load
        while published.count < messages {
            if let busy = busyWith, busy.end < arrival {
                now = busy.end
                busyWith = nil
                note(driver.feed(.acknowledged(busy.copy, by: worker)))
            } else {
                now = arrival
                published.append(now)
                note(driver.publish())
                arrival += gaps.standardExponential() / load
            }
        }
        return (driver.actions.refused.count + driver.actions.dropped.count, ageSum / Double(delivered))
    }

    @Test("makes no difference to how much is lost, but the head's loss leaves fresher messages")
    func sameLoss() {
        let messages = 20_000
        let load = 1.2
        let head = losses("drop-head", load: load, messages: messages)
        let tail = losses("reject-publish", load: load, messages: messages)
        #expect(head.lost == tail.lost)
        #expect(head.age < 0.8 * tail.age)
        // M/M/1/6: p₆ = (1 − r) r⁶ / (1 − r⁷).
        let power = (0..<6).reduce(1.0) { product, _ in product * load }
        let share = (1 - load) * power / (1 - power * load)
        #expect((Double(head.lost) / Double(messages) - share).magnitude < 0.02)
    }
}
