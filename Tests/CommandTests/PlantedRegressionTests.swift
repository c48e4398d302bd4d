import Foundation
import Testing

@Suite("The gate finds what became worse by 5 to 10 %")
struct PlantedRegressionTests {
    private let orrery = OrreryProcess.built

    /// A folder with one of the small networks and its baseline.
    private func saved(_ name: String) throws -> Scratch {
        let scratch = try Scratch()
        _ = try scratch.write(try #require(GateScenarios.all[name]), to: "\(name).yaml")
        let saved = try orrery.run(["baseline", "save", "-q", "\(name).yaml"], in: scratch.folder)
        try #require(saved.status == 0, "\(name): \(saved.errors)")
        return scratch
    }

    private func check(_ name: String, _ settings: [String] = []) throws -> OrreryProcess.Outcome {
        let options = settings.flatMap { ["--set", $0] }
        let scratch = try saved(name)
        return try orrery.run(["baseline", "check", "-q", "\(name).yaml"] + options, in: scratch.folder)
    }

    /// What somebody did, what it is in the scenario, and the figure that shows it.
    struct Plant: CustomTestStringConvertible {
        let words: String
        let scenario: String
        let settings: [String]
        let figure: String
        var testDescription: String { words }

        init(_ words: String, _ scenario: String, _ setting: String, names figure: String) {
            self.words = words
            self.scenario = scenario
            settings = [setting]
            self.figure = figure
        }
    }

    private static let plants = [
        Plant("workers 6 % slower", "station", "system.workers.service.mean=2.12s", names: "delivery.latency mean"),
        Plant("a worker of twenty fewer", "station", "system.workers.count=19", names: "items.loss-share"),
        Plant("a queue a tenth smaller", "queue", "system.broker.capacity=9", names: "items.loss-share"),
        Plant("a store 7 % slower", "station", "system.store.write-rate=93MB/s", names: "delivery.latency mean"),
        Plant("images 7 % larger", "station", "arrivals.images.size=10.7MB", names: "delivery.latency mean"),
        Plant("5 % more load", "station", "arrivals.images.interarrival.mean=114ms", names: "items.loss-share"),
        Plant("a line a tenth slower", "fleet", "sites.ridge.uplink.rate=54Mbps", names: "delivery.latency mean"),
        Plant(
            "a lock service a tenth slower", "locks", "system.coordination.request-cost=2.2ms", names: "locks.wait mean"
        ),
        Plant("locks held 8 % longer", "locks", "system.workers.service.mean=324ms", names: "locks.wait mean"),
        Plant(
            "messages between nodes 6 % dearer", "cluster", "system.cluster.receive=18ms",
            names: "delivery.latency mean"),
        Plant(
            "a rebalance a tenth longer", "cluster", "system.cluster.rebalance=4.4s", names: "delivery.latency p(99)"),
        Plant("a state a tenth slower", "state", "system.state.latency=22ms", names: "state.conflict-share"),
    ]

    @Test("with 98, and names the figure", arguments: plants)
    func planted(plant: Plant) throws {
        let outcome = try check(plant.scenario, plant.settings)
        #expect(outcome.status == 98, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.contains("✗ \(plant.figure): "), "\(outcome.output)")
    }

    @Test("nothing planted, nothing found", arguments: GateScenarios.all.keys.sorted())
    func unchanged(name: String) throws {
        let outcome = try check(name)
        #expect(outcome.status == 0 && outcome.output.contains("identical"), "\(outcome.output)\(outcome.errors)")
    }

    @Test("a part that nobody waits for may become a tenth worse: the same, and no regression")
    func harmless() throws {
        let outcome = try check("cluster", ["system.cluster.hop=550us"])
        #expect(
            outcome.status == 0 && outcome.output.contains("as-written: same"), "\(outcome.output)\(outcome.errors)")
    }

    @Test(
        "other draws raise no alarm: a hundred checks of five networks",
        arguments: ["station", "queue", "locks", "cluster", "state"])
    func otherDraws(name: String) throws {
        let scratch = try saved(name)
        let file = "Reports/baselines/\(name).json"
        let baseline = try String(contentsOf: scratch.folder.appending(path: file), encoding: .utf8)
        for draw in 1...20 {
            // The same values under later seeds: what a change does that draws its random numbers in another order.
            let other = baseline.replacing("\"seedBase\": 1,", with: "\"seedBase\": \(draw * 1000),")
            _ = try scratch.write(other, to: file)
            let outcome = try orrery.run(["baseline", "check", "-q"], in: scratch.folder)
            #expect(
                outcome.status == 0 && outcome.output.contains("same"), "\(draw): \(outcome.output)\(outcome.errors)")
        }
    }
}
