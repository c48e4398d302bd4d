import OrreryTestSupport
import Testing

@Suite("A closed form agrees with the chain of its states, which knows no formula")
struct ClosedFormChainTests {
    private func close(_ value: Double, _ expected: Double, within tolerance: Double = 1e-9) -> Bool {
        abs(value - expected) <= tolerance * abs(expected)
    }

    @Test("and the chain itself gives a walk with two ends and a cycle")
    func chain() {
        let queue = ClosedForms.MM1K(arrivalRate: 2, serviceRate: 1, capacity: 5)
        let walk = MarkovChain(from: [0]) {
            [($0.map { $0 + 1 }, $0[0] < 5 ? 2 : 0), ($0.map { $0 - 1 }, $0[0] > 0 ? 1 : 0)]
        }
        #expect(walk.states.count == 6 && close(walk.mean { Double($0[0]) }, queue.meanNumber))
        let cycle = MarkovChain(from: [0]) { [([($0[0] + 1) % 4], Double($0[0] + 1))] }
        #expect(zip(cycle.shares, [12, 6, 4, 3]).allSatisfy { close($0, $1 / 25) })
    }

    @Test("processor sharing, for each phase of a hyper-exponential size")
    func processorSharing() {
        // Who is in the long phase and who is in the short one are two classes of exponential sizes.
        let (rates, means, limit) = ([0.4, 0.1], [0.5, 3.0], 70)
        let theory = ClosedForms.ProcessorSharing(classes: Array(zip(rates, means)))
        let chain = MarkovChain(from: [0, 0]) { state in
            let total = state[0] + state[1]
            return (0..<2).flatMap { kind in
                let leaving = Double(state[kind]) / Double(max(1, total)) / means[kind]
                return [
                    (state.adding(1, at: kind), total < limit ? rates[kind] : 0), (state.adding(-1, at: kind), leaving),
                ]
            }
        }
        for kind in 0..<2 {
            let number = chain.mean { Double($0[kind]) }
            #expect(close(number / rates[kind], theory.meanSojourn(size: means[kind]), within: 1e-6))
        }
        #expect(close(chain.mean { Double($0[0] + $0[1]) }, theory.meanNumber, within: 1e-6))
    }

    private let ranks = [
        ClosedForms.PriorityMG1.Rank(arrivalRate: 0.3, meanService: 0.5, variance: 0.25),
        ClosedForms.PriorityMG1.Rank(arrivalRate: 0.2, meanService: 2, variance: 4),
    ]

    /// Two ranks with exponential service: how many of each, and which one is served, if any.
    private func priorityChain(interrupts: Bool, limit: Int = 45) -> MarkovChain {
        MarkovChain(from: [0, 0, -1]) { state in
            func serving(_ next: MarkovChain.State, _ served: Int) -> MarkovChain.State {
                let first = next[0] > 0 ? 0 : next[1] > 0 ? 1 : -1
                return [next[0], next[1], served < 0 || interrupts ? first : served]
            }
            let arrivals = (0..<2).map { rank in
                let isFull = state[0] + state[1] >= limit
                return (serving(state.adding(1, at: rank), state[2]), isFull ? 0 : ranks[rank].arrivalRate)
            }
            if state[2] < 0 { return arrivals }
            return arrivals + [(serving(state.adding(-1, at: state[2]), -1), 1 / ranks[state[2]].meanService)]
        }
    }

    @Test("two ranks of customers, with and without interruption")
    func priorities() {
        let theory = ClosedForms.PriorityMG1(ranks)
        let patient = priorityChain(interrupts: false)
        let interrupting = priorityChain(interrupts: true)
        for rank in 0..<2 {
            let rate = ranks[rank].arrivalRate
            #expect(close(patient.mean { Double($0[rank]) } / rate, theory.meanSojourn(rank), within: 1e-5))
            let sojourn = interrupting.mean { Double($0[rank]) } / rate
            #expect(close(sojourn, theory.meanSojournPreemptive(rank), within: 1e-5))
        }
        // One rank alone is M/G/1, and the first of two does not notice the second if it may interrupt.
        for variation in [0, 1, 2.0] {
            let first = ClosedForms.PriorityMG1.Rank(
                arrivalRate: 0.3, meanService: 0.5, variance: 0.25 * variation * variation)
            let alone = ClosedForms.MG1(arrivalRate: 0.3, meanService: 0.5, serviceVariation: variation)
            #expect(close(ClosedForms.PriorityMG1([first]).meanWait(0), alone.meanWait))
            #expect(close(ClosedForms.PriorityMG1([first, ranks[1]]).meanSojournPreemptive(0), alone.meanSojourn))
        }
    }

    @Test("two stations with feedback")
    func network() {
        let stations: [ClosedForms.OpenNetwork.Station] = [
            .init(arrivalRate: 0.3, serviceRate: 1, routes: [0.1, 0.6]),
            .init(arrivalRate: 0.1, serviceRate: 0.5, servers: 2, routes: [0.3, 0]),
        ]
        let theory = ClosedForms.OpenNetwork(stations)
        let limit = 55
        let chain = MarkovChain(from: [0, 0]) { state in
            stations.indices.flatMap { place in
                let station = stations[place]
                let arrivals = state[0] + state[1] < limit ? station.arrivalRate : 0
                let served = station.serviceRate * Double(min(state[place], station.servers))
                let without = state.adding(-1, at: place)
                return [(state.adding(1, at: place), arrivals), (without, served * (1 - station.routes.reduce(0, +)))]
                    + stations.indices.map { (without.adding(1, at: $0), served * station.routes[$0]) }
            }
        }
        for place in 0..<2 {
            #expect(close(chain.mean { Double($0[place]) }, theory.meanNumbers[place], within: 1e-6))
        }
        // One station that sends half of its customers back serves everybody twice.
        let echo = ClosedForms.OpenNetwork([.init(arrivalRate: 2, serviceRate: 5, routes: [0.5])])
        #expect(close(echo.meanSojourn, 2))
    }

    @Test("machine repair, also with one crew and with a crew for every machine")
    func machineRepair() {
        let theory = ClosedForms.MachineRepair(machines: 10, crews: 3, failureRate: 0.1, repairRate: 0.4)
        let chain = MarkovChain(from: [10, 0]) { state in
            [
                (state.adding(-1, at: 0).adding(1, at: 1), 0.1 * Double(state[0])),
                (state.adding(1, at: 0).adding(-1, at: 1), 0.4 * Double(min(3, state[1]))),
            ]
        }
        #expect(close(chain.mean { Double($0[1]) }, theory.meanNumberDown))
        #expect(close(chain.mean { Double(min(3, $0[1])) } / 3, theory.crewUtilisation))
        // With one crew, the machines that work are the busy lines of a loss system that the crew feeds.
        let single = ClosedForms.MachineRepair(machines: 4, crews: 1, failureRate: 0.1, repairRate: 0.4)
        #expect(close(1 - single.crewUtilisation, ClosedForms.MMcc(offeredLoad: 4, servers: 4).lossProbability))
        // With a crew each, machines do not know of one another.
        let plenty = ClosedForms.MachineRepair(machines: 7, crews: 7, failureRate: 0.1, repairRate: 0.4)
        #expect(close(plenty.meanNumberDown, 7 * 0.2) && close(plenty.meanTimeDown, 2.5))
    }

    @Test(
        "Erlang A, below and above full load, and at its limits", arguments: [(9, 0.5), (12, 2)] as [(Double, Double)])
    func erlangA(load: Double, impatience: Double) {
        let theory = ClosedForms.ErlangA(arrivalRate: load, serviceRate: 1, servers: 10, impatience: impatience)
        let chain = MarkovChain(from: [0]) { state in
            let waiting = Double(max(0, state[0] - 10))
            let leaving = Double(min(10, state[0])) + waiting * impatience
            return [(state.adding(1, at: 0), state[0] < 300 ? load : 0), (state.adding(-1, at: 0), leaving)]
        }
        let queue = chain.mean { Double(max(0, $0[0] - 10)) }
        #expect(close(queue * impatience / load, theory.abandonProbability))
        #expect(close(queue / load, theory.meanWait))
        #expect(close(chain.share { $0[0] >= 10 }, theory.waitProbability))
        #expect(close(chain.mean { Double(min(10, $0[0])) } / 10, theory.utilisation))
        // Endless patience is M/M/c, none at all is M/M/c/c.
        let patient = ClosedForms.ErlangA(arrivalRate: 9, serviceRate: 1, servers: 10, impatience: 1e-7)
        let queueing = ClosedForms.MMc(arrivalRate: 9, serviceRate: 1, servers: 10)
        #expect(close(patient.waitProbability, queueing.waitProbability, within: 1e-4))
        #expect(close(patient.meanWait, queueing.meanWait, within: 1e-4))
        let hasty = ClosedForms.ErlangA(arrivalRate: load, serviceRate: 1, servers: 10, impatience: 1e7)
        let loss = ClosedForms.MMcc(offeredLoad: load, servers: 10).lossProbability
        #expect(close(hasty.abandonProbability, loss, within: 1e-5))
    }

    @Test("retrials, with exponential and with hyper-exponential service", arguments: [1, 1.5])
    func retrials(variation: Double) {
        // The share and the means of two exponential phases with mean 1 in all and this variation, "balanced means".
        let square = variation * variation
        let long = 0.5 * (1 - ((square - 1) / (square + 1)).squareRoot())
        let shares: [Double] = [long, 1 - long]
        let theory = ClosedForms.Retrial(
            arrivalRate: 0.6, meanService: 1, serviceVariation: variation, retrialRate: 0.5)
        // How many are in the orbit; 0 for an idle server, else the phase of the service.
        let chain = MarkovChain(from: [0, 0]) { state -> [(to: MarkovChain.State, rate: Double)] in
            let (orbit, phase) = (state[0], state[1])
            if phase > 0 {
                let leaving = 2 * shares[phase - 1]
                return [([orbit + 1, phase], orbit < 600 ? 0.6 : 0), ([orbit, 0], leaving)]
            }
            let retrials = 0.5 * Double(orbit)
            return (1...2).flatMap {
                [([orbit, $0], 0.6 * shares[$0 - 1]), ([orbit - 1, $0], retrials * shares[$0 - 1])]
            }
        }
        #expect(close(chain.mean { Double($0[0]) }, theory.meanOrbit, within: 1e-8))
        #expect(close(chain.share { $0[1] > 0 }, theory.utilisation))
        // Who tries all the time waits as in a queue.
        let eager = ClosedForms.Retrial(
            arrivalRate: 0.6, meanService: 1, serviceVariation: variation, retrialRate: 1e12)
        let queue = ClosedForms.MG1(arrivalRate: 0.6, meanService: 1, serviceVariation: variation)
        #expect(close(eager.meanWait, queue.meanWait))
    }
}

extension [Int] {
    /// The same numbers with one of them changed.
    fileprivate func adding(_ step: Int, at place: Int) -> [Int] {
        var copy = self
        copy[place] += step
        return copy
    }
}
