import OrreryKernel
import OrreryTestSupport
import Testing

@testable import OrreryModel

@Suite("Catalogs: every kind keeps the promises of its component")
struct CatalogTests {
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
            + ArrivalPlan.parameters + OutagePlan.parameters + DiskPlan.parameters + EdgePlan.parameters
            + RetryPlan.parameters + FailurePlan.parameters + ObservationPlan.parameters + CalibrationPlan.parameters
            + DowntimePlan.parameters + CrashPlan.parameters
            + StatePlan.parameters + OperatorPlan.parameters + CoordinationPlan.parameters + LockPlan.parameters
            + SchedulerPlan.parameters + RequestPlan.parameters + HeartbeatPlan.parameters
            + WorkerPoolPlan.parameters + StorePlan.parameters + NetworkPlan.timeParameters
        for parameter in parameters {
            #expect(!parameter.summary.isEmpty)
            guard let fallback = parameter.fallback else { continue }
            #expect(!parameter.source.isEmpty, "the default of \(parameter.key) says where it comes from")
            if let magnitude = fallback.magnitude { #expect(parameter.range.contains(magnitude), "\(parameter.key)") }
        }
    }
}
