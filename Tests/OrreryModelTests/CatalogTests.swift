import OrreryKernel
import OrreryTestSupport
import Testing

@testable import OrreryModel

@Suite("Catalogs: every kind keeps the promises of its component")
struct CatalogTests {
    @Test(
        "every broker hands out each stored item exactly once, refused ones never, and knows how many wait",
        arguments: [0, 1, 7, 1000, nil])
    func brokers(capacity: Int?) {
        for kind in BrokerCatalog.kinds.kinds {
            var broker = kind.make(ParameterValues(capacity.map { ["capacity": .count($0)] } ?? [:]))
            var stream = RandomStream(seed: 1, entity: kind.name, purpose: "conformance")
            var stored: Set<ItemID> = []
            var handedOut: Set<ItemID> = []
            for number in 0..<UInt32(20_000) {
                if stream.unit() < 0.52 {
                    if case .stored = broker.offer(ItemID(number: number)) { stored.insert(ItemID(number: number)) }
                } else if let item = broker.take() {
                    #expect(stored.contains(item) && !handedOut.contains(item))
                    handedOut.insert(item)
                }
                #expect(broker.depth == stored.count - handedOut.count)
                if let limit = broker.capacity { #expect(broker.depth <= limit) }
            }
            while let item = broker.take() { handedOut.insert(item) }
            #expect(handedOut == stored)
            #expect(broker.capacity == capacity)
        }
    }

    @Test("a bounded queue is first in, first out")
    func boundedQueueOrder() {
        var queue = BoundedQueue(capacity: 3)
        for number in 1...5 { _ = queue.offer(ItemID(number: UInt32(number))) }
        #expect([queue.take(), queue.take(), queue.take(), queue.take()].map { $0?.number } == [1, 2, 3, nil])
    }

    @Test("every assignment takes only idle workers, each of them once")
    func assignments() {
        for kind in AssignmentCatalog.kinds.kinds {
            var policy = kind.make(ParameterValues([:]))
            var stream = RandomStream(seed: 2, entity: kind.name, purpose: "conformance")
            var idle = Set((0..<50).map { WorkerID(number: $0) })
            var busy: [WorkerID] = []
            for worker in idle.sorted(by: { $0.number < $1.number }) { policy.workerBecameIdle(worker) }
            for _ in 0..<20_000 {
                if !idle.isEmpty && (busy.isEmpty || stream.unit() < 0.5) {
                    let worker = policy.takeWorker()
                    #expect(idle.remove(worker) != nil)
                    busy.append(worker)
                } else {
                    let worker = busy.remove(at: stream.index(below: busy.count))
                    idle.insert(worker)
                    policy.workerBecameIdle(worker)
                }
            }
        }
    }

    @Test(
        "assignments differ in whom they take: the longest idle, the most recent, the lowest number",
        arguments: [("longest-idle", [2, 0, 1]), ("most-recent", [1, 0, 2]), ("lowest-numbered", [0, 1, 2])]
            as [(String, [UInt32])])
    func assignmentOrder(name: String, expected: [UInt32]) throws {
        var policy = try #require(AssignmentCatalog.kinds[name]).make(ParameterValues([:]))
        for number in [2, 0, 1] as [UInt32] { policy.workerBecameIdle(WorkerID(number: number)) }
        #expect((0..<3).map { _ in policy.takeWorker().number } == expected)
    }

    @Test("who is assigned changes no waiting time when workers are equal")
    func assignmentIsNeutral() {
        let waits = AssignmentCatalog.kinds.kinds.map { kind in
            var plan = Plans.station(interarrival: .exponential(mean: 1), service: .exponential(mean: 3.5), workers: 4)
            plan.workers = Plans.pool(4, service: .exponential(mean: 3.5), assignment: kind.name)
            return Network.run(plan, seed: 9).ledger.stageTimes[Stage.brokerWait.rawValue].sum
        }
        #expect(Set(waits).count == 1)
    }

    @Test("names in catalogs are unique and every default lies in its range")
    func declarations() {
        #expect(Set(MetricCatalog.metrics.map(\.key)).count == MetricCatalog.metrics.count)
        #expect(Set(CameraCatalog.cameras.map(\.name)).count == CameraCatalog.cameras.count)
        let parameters =
            SitePlan.parameters + WeatherPlan.parameters + UplinkPlan.parameters + TelescopePlan.parameters
            + ArrivalPlan.parameters
            + WorkerPoolPlan.parameters + StorePlan.parameters + NetworkPlan.timeParameters
        for parameter in parameters {
            #expect(!parameter.summary.isEmpty)
            guard let fallback = parameter.fallback else { continue }
            #expect(!parameter.source.isEmpty, "the default of \(parameter.key) says where it comes from")
            if let magnitude = fallback.magnitude { #expect(parameter.range.contains(magnitude), "\(parameter.key)") }
        }
    }

    @Test("every message has words of its own")
    func messageWords() {
        let item = ItemID(number: 3)
        let messages: [Message] = [
            .site(SiteID(number: 1), .sun), .site(SiteID(number: 1), .weather),
            .telescope(TelescopeID(number: 1), .domeOpened),
            .telescope(TelescopeID(number: 1), .domeClosed), .telescope(TelescopeID(number: 1), .ready),
            .telescope(TelescopeID(number: 1), .shutterClosed), .telescope(TelescopeID(number: 1), .readOut(item)),
            .telescope(TelescopeID(number: 2), .readOut(item)), .arrivals(ArrivalsID(number: 1)),
            .uplink(SiteID(number: 1), .offered(item)), .uplink(SiteID(number: 1), .sent), .broker(.offered(item)),
            .broker(.offered(ItemID(number: 4))), .broker(.requested), .workers(.assigned(item)),
            .workers(.served(WorkerID(number: 1))), .store(.offered(item)), .store(.written), .warmUpEnded,
        ]
        let words = messages.map { [$0.words.kind, $0.words.entity, $0.words.payload] }
        #expect(Set(words).count == messages.count)
    }
}
