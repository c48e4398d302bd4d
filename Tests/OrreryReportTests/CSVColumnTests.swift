import Testing

@testable import OrreryExperiment
@testable import OrreryReport

@Suite("Every row of the figures says what its name says")
struct CSVColumnTests {
    @Test("each series holds its own values, in order")
    func series() throws {
        var result = Fixture.healthyWeek
        let bins = 3
        func values(_ base: Double) -> [Double] { (0..<bins).map { base + Double($0) } }
        result.variants[0].series = SeriesResult(
            binSeconds: 10, produced: values(100), delivered: values(200), lost: values(300), brokerDepth: values(400),
            brokerDepthHighest: values(500), inFlight: values(600), diskBacklog: values(700),
            uplinkUtilisation: values(800), workerUtilisation: values(900), storeUtilisation: values(1000),
            latencyBinSeconds: 20, latencyP50: values(1100), latencyP95: values(1200), latencyP99: values(1300),
            replicasWanted: values(1400), replicasReady: values(1500), replicasBusy: values(1600),
            scheduler: SchedulerSeriesResult(
                open: values(2500), idle: values(2600), offline: values(2700), pending: values(2800),
                completed: values(2900), wasted: values(3000)))
        result.variants[0].series.locks = LockSeriesResult(
            waiting: values(1700), acquired: values(1800), abandoned: values(1900), sessionsExpired: values(2000))
        result.variants[0].series.state = StateSeriesResult(
            writes: values(2100), conflicts: values(2200), operatorsWaiting: values(2300),
            operatorUtilisation: values(2400))
        let rows = CSVReport.render(result).split(separator: "\r\n").map { $0.split(separator: ",").map(String.init) }
        let names = [
            "produced", "delivered", "lost", "broker-depth", "broker-depth-highest", "in-flight", "disk-backlog",
            "uplink-utilisation", "worker-utilisation", "store-utilisation", "latency-p50", "latency-p95",
            "latency-p99", "replicas-wanted", "replicas-ready", "replicas-busy", "lock-waiters", "locks-acquired",
            "locks-abandoned", "sessions-expired", "state-writes", "state-conflicts",
            "operators-waiting", "operator-utilisation", "telescopes-open", "telescopes-idle",
            "telescopes-offline",
            "observations-pending", "observations-completed", "observations-wasted",
        ]
        for (index, name) in names.enumerated() {
            let found = rows.filter { $0.contains("series.\(name)") && $0.first == result.variants[0].name }.compactMap(
                \.last)
            #expect(found == (0..<bins).map { "\(100 * (index + 1) + $0)" }, "series.\(name)")
        }
    }
}
