import OrreryKernel
import OrreryModel
import OrreryTestSupport
import Testing

@Suite(
    "Through events, the validation scenarios reach the closed forms", .enabled(if: isRelease, "release builds only"))
struct ClosedFormTests {
    /// Two per cent, and five above a utilisation of 0.9, where waits vary much more.
    private func expectClose(_ observed: Double, _ theory: Double, utilisation: Double, _ what: String) {
        let tolerance = utilisation > 0.9 ? 0.05 : 0.02
        #expect(abs(observed / theory - 1) < tolerance, "\(what): \(observed) simulated, \(theory) in theory")
    }

    private func settings(_ more: [String], customers: Int) -> [String] {
        ["time.duration=\(customers)s", "time.warm-up=\(customers / 20)s"] + more
    }

    @Test("M/M/1: mean wait, sojourn, utilisation, 95th percentiles", arguments: [0.3, 0.5, 0.75, 0.9, 0.95])
    func oneWorker(load: Double) throws {
        let theory = ClosedForms.MM1(arrivalRate: 1, serviceRate: 1 / load)
        let customers = load > 0.9 ? 1_600_000 : 500_000
        let runs = try ShippedScenarios.run(
            "validation/m-m-1.yaml", settings(["system.workers.service.mean=\(load)s"], customers: customers),
            seeds: 0..<8)
        expectClose(runs.mean { $0.mean(.brokerWait) }, theory.meanWait, utilisation: load, "mean wait")
        expectClose(runs.latencies.mean ?? 0, theory.meanSojourn, utilisation: load, "mean sojourn")
        expectClose(runs.mean(\.utilisation), theory.utilisation, utilisation: load, "utilisation")
        expectClose(
            runs.latencies.quantile(0.95) ?? 0, theory.sojournQuantile(0.95), utilisation: load, "p95 of the sojourn")
        expectClose(
            runs.times(.brokerWait).quantile(0.95) ?? 0, theory.waitQuantile(0.95), utilisation: load, "p95 of the wait"
        )
        expectClose(
            runs.mean { $0.ledger.inFlight.mean(at: $0.end) ?? 0 }, theory.meanNumber, utilisation: load,
            "mean number in flight")
    }

    @Test(
        "M/M/c: mean wait, utilisation, 95th percentile of the wait",
        arguments: [(2, 0.6), (4, 0.75), (4, 0.95), (16, 0.9)] as [(Int, Double)])
    func severalWorkers(workers: Int, load: Double) throws {
        let service = load * Double(workers)
        let theory = ClosedForms.MMc(arrivalRate: 1, serviceRate: 1 / service, servers: workers)
        let runs = try ShippedScenarios.run(
            "validation/m-m-c.yaml",
            settings(
                ["system.workers.count=\(workers)", "system.workers.service.mean=\(service)s"],
                customers: load > 0.9 ? 1_600_000 : 500_000),
            seeds: 0..<8)
        expectClose(runs.mean { $0.mean(.brokerWait) }, theory.meanWait, utilisation: load, "mean wait")
        expectClose(runs.mean(\.utilisation), load, utilisation: load, "utilisation")
        expectClose(
            runs.times(.brokerWait).quantile(0.95) ?? 0, theory.waitQuantile(0.95), utilisation: load, "p95 of the wait"
        )
    }

    @Test(
        "M/M/1/K: loss, utilisation, mean wait", arguments: [(0.8, 4), (1.0, 2), (1.5, 9), (0.5, 0)] as [(Double, Int)])
    func limitedRoom(load: Double, room: Int) throws {
        let theory = ClosedForms.MM1K(arrivalRate: 1, serviceRate: 1 / load, capacity: room + 1)
        let runs = try ShippedScenarios.run(
            "validation/m-m-1-k.yaml",
            settings(["system.workers.service.mean=\(load)s", "system.broker.capacity=\(room)"], customers: 500_000),
            seeds: 0..<8)
        expectClose(runs.mean(\.lossShare), theory.lossProbability, utilisation: 0, "loss")
        expectClose(runs.mean(\.utilisation), theory.utilisation, utilisation: 0, "utilisation")
        if room > 0 { expectClose(runs.mean { $0.mean(.brokerWait) }, theory.meanWait, utilisation: 0, "mean wait") }
    }

    /// Forty independent runs: enough for an interval that is narrow and honest.
    private func manyRuns(_ path: String, _ settings: [String], customers: Int) throws -> [Recording] {
        try ShippedScenarios.run(path, self.settings(settings, customers: customers), seeds: 0..<40)
    }

    private func station(service: String, load: Double, variation: Double) throws -> [Comparison] {
        let theory = ClosedForms.MG1(arrivalRate: 1, meanService: load, serviceVariation: variation)
        let runs = try manyRuns(
            "validation/m-g-1.yaml", ["system.workers.service=\(service)"], customers: 120_000)
        return [
            Comparison(
                "\(service): mean wait", theory: theory.meanWait, simulated: runs.map { $0.mean(.brokerWait) }),
            Comparison("\(service): utilisation", theory: load, simulated: runs.map(\.utilisation)),
        ]
    }

    @Test(
        "M/G/1: the mean wait of Pollaczek and Khinchine, for several shapes of service",
        arguments: [
            ("{ kind: lognormal, mean: 700ms, cv: 0.5 }", 0.7, 0.5), ("700ms", 0.7, 0),
            ("{ kind: erlang, mean: 700ms, stages: 4 }", 0.7, 0.5),
            ("{ kind: gamma, mean: 600ms, cv: 1.5 }", 0.6, 1.5),
            ("{ kind: hyper-exponential, mean: 500ms, cv: 2 }", 0.5, 2),
        ] as [(String, Double, Double)])
    func generalService(service: String, load: Double, variation: Double) throws {
        for figure in try station(service: service, load: load, variation: variation) {
            #expect(figure.isConfirmed, "\(figure)")
        }
    }

    @Test("M/G/1 with a service that is 5 % longer is seen: the test can fail")
    func longerService() throws {
        for figure in try station(service: "735ms", load: 0.7, variation: 0) {
            #expect(figure.isRefuted, "\(figure)")
        }
    }

    private func lossSystem(service: String, workers: Int, customers: Int) throws -> [Comparison] {
        let theory = ClosedForms.MMcc(offeredLoad: 3, servers: workers)
        let runs = try manyRuns(
            "validation/m-m-c-c.yaml",
            ["system.workers.count=\(workers)", "system.workers.service={ kind: \(service) }"], customers: customers)
        #expect(runs.allSatisfy { $0.mean(.brokerWait) == 0 })
        let name = "\(service), \(workers) workers"
        return [
            Comparison("\(name): loss", theory: theory.lossProbability, simulated: runs.map(\.lossShare)),
            Comparison("\(name): utilisation", theory: theory.utilisation, simulated: runs.map(\.utilisation)),
        ]
    }

    @Test(
        "M/M/c/c: the loss of Erlang B, whatever the shape of the service",
        arguments: [
            "constant, value: 3s", "erlang, mean: 3s, stages: 4", "exponential, mean: 3s",
            "lognormal, mean: 3s, cv: 2",
        ])
    func noRoom(service: String) throws {
        for (workers, customers) in [(2, 20_000), (4, 40_000), (6, 100_000)] {
            for figure in try lossSystem(service: service, workers: workers, customers: customers) {
                #expect(figure.isConfirmed, "\(figure)")
            }
        }
    }

    @Test("M/M/c/c with a service that is 5 % longer is seen: the test can fail")
    func longerServiceWithoutRoom() throws {
        let loss = try lossSystem(service: "constant, value: 3.15s", workers: 6, customers: 20_000)[0]
        #expect(loss.isRefuted, "\(loss)")
    }
}
