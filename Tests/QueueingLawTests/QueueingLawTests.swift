import OrreryKernel
import OrreryTestSupport
import Testing

/// Each law has its control: the model runs with a parameter that is 5 % off, which the same comparison must see.
@Suite(
    "Through events of the kernel, small models reach the closed forms", .enabled(if: isRelease, "release builds only"))
struct QueueingLawTests {
    /// How many replications a law needs, and how many show a change of 5 %.
    private func count(_ factor: Double) -> UInt64 { factor == 1 ? 40 : 16 }

    // MARK: Processor sharing

    /// A server shared by customers of five size distributions, all of whose services take this much longer.
    private func sharedServer(slower factor: Double = 1) -> [Comparison] {
        let classes: [(arrivalRate: Double, size: any Sampler)] = [
            (0.5, Constant(0.2 * factor)), (0.05, Constant(2 * factor)), (0.4, Erlang(mean: 0.5 * factor, stages: 3)),
            (0.1, Uniform(minimum: 0.5 * factor, maximum: 1.5 * factor)),
            (0.1, HyperExponential(mean: factor, variation: 2)),
        ]
        let sizes = classes.map { $0.size.mean / factor }
        let theory = ClosedForms.ProcessorSharing(classes: zip(classes, sizes).map { ($0.arrivalRate, $1) })
        let runs = Replications(count(factor), seconds: 60_000) { seed, agenda in
            SharedServer(classes: classes, seed: seed, agenda: &agenda)
        }
        let number = runs.compare("Processor sharing: mean number", theory.meanNumber) { run in
            run.model.visits.reduce(0) { $0 + $1.meanNumber(at: run.end) }
        }
        return sizes.indices.map { kind in
            runs.compare("Processor sharing: mean sojourn, class \(kind)", theory.meanSojourn(size: sizes[kind])) {
                $0.model.visits[kind].meanStay
            }
        } + [number]
    }

    @Test("M/G/1 with processor sharing: the mean sojourn is x ÷ (1 − ρ) for every class of sizes")
    func processorSharing() {
        expectAgreement(sharedServer())
        expectRefutation(sharedServer(slower: 1.05))
    }

    // MARK: Priorities

    private func priorityServer(interrupts: Bool, slower factor: Double = 1) -> [Comparison] {
        func ranks(_ factor: Double) -> [(arrivalRate: Double, service: any Sampler)] {
            [(0.5, Erlang(mean: 0.5 * factor, stages: 2)), (0.3, HyperExponential(mean: factor, variation: 1.5))]
        }
        let theory = ClosedForms.PriorityMG1(
            ranks(1).map {
                .init(arrivalRate: $0.arrivalRate, meanService: $0.service.mean, variance: $0.service.variance)
            })
        let runs = Replications(count(factor), seconds: 80_000) { seed, agenda in
            PriorityServer(ranks: ranks(factor), interrupts: interrupts, seed: seed, agenda: &agenda)
        }
        let name = interrupts ? "Preemptive" : "Cobham"
        return (0..<2).map { rank in
            let sojourn = interrupts ? theory.meanSojournPreemptive(rank) : theory.meanSojourn(rank)
            return runs.compare("\(name): mean sojourn, rank \(rank)", sojourn) { $0.model.visits[rank].meanStay }
        }
    }

    @Test(
        "M/G/1 with two ranks of customers: the mean sojourn of each, with and without interruption",
        arguments: [false, true])
    func priorities(interrupts: Bool) {
        expectAgreement(priorityServer(interrupts: interrupts))
        expectRefutation(priorityServer(interrupts: interrupts, slower: 1.05))
    }

    // MARK: Networks

    /// Four stations with feedback, of which some take this much longer.
    private func network(slower factor: Double = 1, at slow: Range<Int> = 0..<4) -> [Comparison] {
        func stations(_ factor: Double) -> [ClosedForms.OpenNetwork.Station] {
            func rate(_ station: Int, _ rate: Double) -> Double { slow.contains(station) ? rate / factor : rate }
            return [
                .init(arrivalRate: 1, serviceRate: rate(0, 2.5), routes: [0, 0.5, 0.3, 0.2]),
                .init(arrivalRate: 0, serviceRate: rate(1, 1), servers: 2, routes: [0.1, 0, 0.4, 0.5]),
                .init(arrivalRate: 0.4, serviceRate: rate(2, 2), routes: [0.2, 0.1, 0, 0.4]),
                .init(arrivalRate: 0, serviceRate: rate(3, 2.5), routes: [0.1, 0, 0, 0.2]),
            ]
        }
        let theory = ClosedForms.OpenNetwork(stations(1))
        let runs = Replications(count(factor), seconds: 30_000) { seed, agenda in
            StationNetwork(stations(factor), seed: seed, agenda: &agenda)
        }
        let numbers = theory.meanNumbers.enumerated().map { station, number in
            runs.compare("Jackson: mean number, station \(station)", number) {
                $0.model.stationVisits[station].meanNumber(at: $0.end)
            }
        }
        return numbers + [runs.compare("Jackson: mean sojourn", theory.meanSojourn) { $0.model.visits.meanStay }]
    }

    @Test("an open Jackson network of four stations with feedback: mean numbers and mean sojourn")
    func jackson() {
        expectAgreement(network())
        expectRefutation(network(slower: 1.05))
        // A station that is slower delays its customers and changes nothing at the other stations.
        let slow = network(slower: 1.05, at: 2..<3)
        expectRefutation([slow[2]])
        for other in [slow[0], slow[1], slow[3]] { #expect(other.isPossible, "\(other)") }
    }

    // MARK: Machine repair

    private func repairShop(_ plan: ClosedForms.MachineRepair, slower factor: Double = 1) -> [Comparison] {
        let actual = ClosedForms.MachineRepair(
            machines: plan.machines, crews: plan.crews, failureRate: plan.failureRate,
            repairRate: plan.repairRate / factor)
        let runs = Replications(count(factor), seconds: 25_000) { seed, agenda in
            RepairShop(actual, seed: seed, agenda: &agenda)
        }
        let name = "Repair, \(plan.machines) telescopes, \(plan.crews) crews"
        return [
            runs.compare("\(name): mean number down", plan.meanNumberDown) { $0.model.visits.meanNumber(at: $0.end) },
            runs.compare("\(name): mean time down", plan.meanTimeDown) { $0.model.visits.meanStay },
            runs.compare("\(name): crew utilisation", plan.crewUtilisation) { $0.model.crewUtilisation(at: $0.end) },
        ]
    }

    @Test("machine repair: mean number down, mean time down, utilisation of the crews", arguments: [(4, 1), (10, 3)])
    func machineRepair(machines: Int, crews: Int) {
        let plan = ClosedForms.MachineRepair(machines: machines, crews: crews, failureRate: 0.1, repairRate: 0.4)
        expectAgreement(repairShop(plan))
        // The utilisation changes too, but by less than 5 %: slower repairs leave fewer telescopes to fail.
        expectRefutation(Array(repairShop(plan, slower: 1.05).prefix(2)))
    }

    // MARK: Impatience

    private func impatientQueue(_ plan: ClosedForms.ErlangA, more factor: Double = 1) -> [Comparison] {
        let actual = ClosedForms.ErlangA(
            arrivalRate: plan.arrivalRate * factor, serviceRate: plan.serviceRate, servers: plan.servers,
            impatience: plan.impatience)
        let runs = Replications(count(factor), seconds: 5_000) { seed, agenda in
            ImpatientQueue(actual, seed: seed, agenda: &agenda)
        }
        let name = "Erlang A, \(plan.arrivalRate) erlang"
        return [
            runs.compare("\(name): abandonment", plan.abandonProbability) {
                Double($0.model.abandoned.observed) / $0.model.visits.cameCount
            },
            runs.compare("\(name): mean wait", plan.meanWait) { $0.model.waits.meanStay },
            runs.compare("\(name): delayed", plan.waitProbability) {
                Double($0.model.delayed.observed) / $0.model.visits.cameCount
            },
            runs.compare("\(name): utilisation", plan.utilisation) { $0.model.utilisation(at: $0.end) },
        ]
    }

    @Test(
        "Erlang A, below and above full load: abandonment, mean wait, delays, utilisation",
        arguments: [(9, 0.5), (12, 2)] as [(Double, Double)])
    func erlangA(load: Double, impatience: Double) {
        let plan = ClosedForms.ErlangA(arrivalRate: load, serviceRate: 1, servers: 10, impatience: impatience)
        expectAgreement(impatientQueue(plan))
        expectRefutation(Array(impatientQueue(plan, more: 1.05).prefix(3)))
    }

    // MARK: Retrials

    private func retrialServer(
        _ theory: ClosedForms.Retrial, service: any Sampler, slower factor: Double = 1
    ) -> [Comparison] {
        let runs = Replications(count(factor), seconds: 50_000) { seed, agenda in
            RetrialServer(
                arrivalRate: theory.arrivalRate, service: service, retrialRate: theory.retrialRate / factor,
                seed: seed, agenda: &agenda)
        }
        let name = "Retrials, cv \(theory.serviceVariation)"
        return [
            runs.compare("\(name): mean orbit", theory.meanOrbit) { $0.model.orbit.meanNumber(at: $0.end) },
            runs.compare("\(name): mean wait", theory.meanWait) {
                $0.model.orbit.meanStay * $0.model.orbit.wentCount / Double($0.model.arrivals.observed)
            },
            runs.compare("\(name): retrials per customer", theory.meanRetrials) {
                Double($0.model.retrials.observed) / Double($0.model.arrivals.observed)
            },
            runs.compare("\(name): utilisation", theory.utilisation) { $0.model.visits.meanNumber(at: $0.end) },
        ]
    }

    @Test(
        "a retrial queue: mean orbit, mean wait, retrials, utilisation",
        arguments: [(0.6, Exponential(mean: 1)), (0.5, HyperExponential(mean: 1, variation: 1.5))]
            as [(Double, any Sampler)])
    func retrials(load: Double, service: any Sampler) {
        let theory = ClosedForms.Retrial(
            arrivalRate: load, meanService: 1, serviceVariation: service.variance.squareRoot(), retrialRate: 0.2)
        expectAgreement(retrialServer(theory, service: service))
        let slow = retrialServer(theory, service: service, slower: 1.06)
        expectRefutation(Array(slow.prefix(2)))
        // Who tries more rarely waits longer, but the server has the same work.
        #expect(slow[3].isPossible, "\(slow[3])")
    }
}
