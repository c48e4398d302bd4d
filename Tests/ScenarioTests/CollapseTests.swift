import OrreryDiagnosis
import OrreryKernel
import OrreryModel
import OrreryStatistics
import OrreryTestSupport
import Testing

@Suite("A cluster that ran with ten nodes dies past fifteen", .enabled(if: isRelease, "release builds only"))
struct CollapseTests {
    private func runs(
        _ variant: String = "broadcast", nodes: Int, _ settings: [String] = [], seeds: Range<UInt64> = 1..<21
    ) throws -> [Recording] {
        try ShippedScenarios.run(
            "collapse-at-15-nodes/scenario.yaml", variant: variant, ["system.cluster.nodes=\(nodes)"] + settings,
            seeds: seeds)
    }

    /// How many of the runs end badly: metastable or collapsed.
    private func collapses(_ runs: [Recording]) -> Int {
        runs.count { run in
            let outcome = RunClass(RunLoad(run.series))
            return outcome == .metastable || outcome == .collapsed
        }
    }

    private func throughput(_ runs: [Recording]) -> Double {
        runs.mean { Double($0.ledger.delivered.observed) / $0.observed.seconds }
    }

    @Test("P(collapse) is next to nothing up to 14 nodes and next to certainty from 17 on")
    func collapse() throws {
        for nodes in [5, 10, 14] { #expect(try collapses(runs(nodes: nodes)) == 0, "\(nodes) nodes") }
        for nodes in [17, 20, 30] { #expect(try collapses(runs(nodes: nodes)) == 20, "\(nodes) nodes") }
    }

    @Test("throughput grows with the nodes, peaks, and falls")
    func throughputFalls() throws {
        let few = 1..<UInt64(6)
        let peak = try throughput(runs(nodes: 15, seeds: few))
        #expect(try throughput(runs(nodes: 10, seeds: few)) < peak - 8)
        let after = try throughput(runs(nodes: 20, seeds: few))
        #expect(after < 0.6 * peak)
        #expect(try throughput(runs(nodes: 30, seeds: few)) < after)
    }

    @Test(
        "an inbox overflows, a node does not respond, its events are redistributed: in this order, in nearly every collapse"
    )
    func chain() throws {
        var inOrder = 0
        for run in try runs(nodes: 17) {
            let series = try #require(run.series.cluster)
            let overflow = try #require(series.overflows.bins.firstIndex { $0 > 0 })
            let dead = try #require(series.declaredDead.bins.firstIndex { $0 > 0 })
            let redistributed = try #require(series.redistributed.bins.firstIndex { $0 > 0 })
            inOrder += overflow <= dead && dead <= redistributed ? 1 : 0
            #expect(series.declaredDead.bins.reduce(0, +) > 17, "it goes on")
        }
        // Now and then a node is dead the moment before its inbox is full.
        #expect(inOrder >= 16, "\(inOrder) of 20")
    }

    @Test(
        "the tweaks put it off by a few nodes at most",
        arguments: [
            ("longer-heartbeats", 18, 21), ("bigger-buffers", 14, 17), ("caching", 17, 20), ("all-tweaks", 18, 21),
        ])
    func tweaks(variant: String, holds: Int, breaks: Int) throws {
        #expect(try collapses(runs(variant, nodes: holds, seeds: 1..<11)) <= 2)
        #expect(try collapses(runs(variant, nodes: breaks, seeds: 1..<11)) == 10)
    }

    @Test("partitioned, it holds at 60 nodes, and delivers what is offered")
    func partitioned() throws {
        for run in try runs("partitioned", nodes: 60, seeds: 1..<6) {
            #expect(RunClass(RunLoad(run.series)) == .stable && run.ledger.lostTotal == 0)
            #expect(run.cluster?.declaredDead.total == 0)
        }
    }

    /// The number of nodes at which half of the runs end badly, on the straight line between its neighbours.
    private func half(around nodes: ClosedRange<Int>, _ settings: [String]) throws -> Double {
        var last = 0.0
        for count in nodes {
            let share = Double(try collapses(runs(nodes: count, settings, seeds: 1..<11))) / 10
            if share >= 0.5 { return Double(count) - (share - 0.5) / max(share - last, 1e-9) }
            last = share
        }
        return .infinity
    }

    @Test("half the cost of a message moves it to where a pencil says, to within one node")
    func pencil() throws {
        /// A loop is full when its own events, those of all others and the heartbeats take all its time; the busiest
        /// node owns some 1.07 times its share.
        func pencil(message: Double) -> Double {
            1 + (1 - 2 * (0.001 + 1.07 * 0.12)) / (2 * message + 2 * 0.0001)
        }
        let whole = try half(around: 14...18, [])
        #expect(abs(whole - pencil(message: 0.025)) < 1, "\(whole)")
        // With 1,000 places, an inbox holds as many seconds of work as before.
        let settings = ["send=2ms", "receive=8.5ms", "lookup=2ms", "inbox=1000"].map { "system.cluster.\($0)" }
        let halved = try half(around: 28...32, settings)
        #expect(abs(halved - pencil(message: 0.0125)) < 1, "\(halved)")
    }

    @Test(
        "the universal scalability law fitted to broadcast peaks between 12 and 18 nodes; partitioned has next to no coherency"
    )
    func law() throws {
        func law(_ variant: String) throws -> ScalabilityLaw {
            var points: [ScalabilityLaw.Measurement] = []
            for nodes in stride(from: 1, through: 40, by: 3) {
                let mean = try throughput(runs(variant, nodes: nodes, seeds: 1..<3))
                points.append(.init(load: Double(nodes), throughput: mean))
            }
            return try ScalabilityLaw(points)
        }
        let broadcast = try law("broadcast")
        #expect((12...18).contains(try #require(broadcast.peak).load.value), "\(broadcast)")
        #expect(try #require(broadcast.coherency.interval).lowerBound > 0, "\(broadcast)")
        #expect(try law("partitioned").coherency.value < 0.05 * broadcast.coherency.value)
    }

    @Test("where messages cost nothing, broadcast and partitioned cannot be told apart", arguments: [10, 40])
    func control(nodes: Int) throws {
        let broadcast = try runs("free-broadcast", nodes: nodes, seeds: 1..<11)
        let partitioned = try runs("free-partitioned", nodes: nodes, seeds: 1..<11)
        #expect(collapses(broadcast) == 0 && collapses(partitioned) == 0)
        let figures: [(Recording) -> Double] = [
            { $0.ledger.latency.mean ?? 0 }, { Double($0.ledger.delivered.total) },
            { $0.ledger.latency.quantile(0.99) ?? 0 },
        ]
        for figure in figures {
            let differences = Estimate(zip(broadcast, partitioned).map { figure($0) - figure($1) })
            let interval = try #require(differences.interval)
            let scale = broadcast.mean(figure)
            #expect(interval.contains(0) || abs(differences.mean ?? 0) < 1e-3 * scale, "\(interval) of \(scale)")
        }
    }
}
