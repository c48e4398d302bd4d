import OrreryKernel
import OrreryStatistics
import Testing

@Suite("The universal scalability law")
struct ScalabilityTests {
    private typealias Measurement = ScalabilityLaw.Measurement

    @Test(
        "exact measurements give their coefficients back to 0.1 %",
        arguments: [
            (1000.0, 0.02, 0.0005), (1, 0.3, 0.01), (1e-6, 0.001, 1e-7), (5e9, 0.8, 0.05), (90, 0.0277, 0.000104),
        ])
    func exact(single: Double, contention: Double, coherency: Double) throws {
        let law = try ScalabilityLaw(measured(single, contention, coherency, loads: [1, 2, 4, 8, 16, 32, 64]))
        #expect(near(law.single.value, single) && near(law.contention.value, contention), "\(law)")
        #expect(near(law.coherency.value, coherency), "\(law)")
        let peak = try #require(law.peak)
        #expect(near(peak.load.value, ((1 - contention) / coherency).squareRoot()))
        #expect(near(law.throughput(at: 100), throughput(single, contention, coherency, load: 100)))
        #expect(near(peak.throughput.value, law.throughput(at: peak.load.value)) && law.asymptote == nil)
        #expect(law.rootMeanSquareError < 1e-6 * single && (law.determination ?? 0) > 0.999999)
    }

    @Test("loads of thousands, fractions and repeated ones give the coefficients back too")
    func unusualLoads() throws {
        for loads in [[1000.0, 2000, 5000, 10_000, 20_000], [1, 1.5, 2.5, 4, 10], [1, 1, 2, 2, 5, 5, 9]] {
            let law = try ScalabilityLaw(measured(3, 0.01, 1e-5, loads: loads))
            #expect(near(law.single.value, 3) && near(law.contention.value, 0.01), "\(loads): \(law)")
            #expect(near(law.coherency.value, 1e-5), "\(loads): \(law)")
        }
    }

    @Test("measurements without coherency give Amdahl's law: no peak, and its limit")
    func amdahl() throws {
        let law = try ScalabilityLaw(measured(200, 0.05, 0, loads: [1, 2, 5, 10, 20, 50]))
        #expect(near(law.single.value, 200) && near(law.contention.value, 0.05))
        #expect(law.coherency.value == 0 && law.coherency.interval == nil && law.peak == nil)
        #expect(near(try #require(law.asymptote), 4000))
    }

    @Test("measurements without contention hold σ at 0 and have their peak")
    func noContention() throws {
        let law = try ScalabilityLaw(measured(200, 0, 0.001, loads: [1, 2, 5, 10, 20, 50]))
        #expect(law.contention.value == 0 && law.contention.interval == nil && near(law.coherency.value, 0.001))
        #expect(near(try #require(law.peak).load.value, 31.622776601683793))
    }

    @Test("measurements that grow in proportion have neither coefficient, and no limit")
    func proportional() throws {
        let law = try ScalabilityLaw(measured(7, 0, 0, loads: [1, 2, 3, 4, 5]))
        #expect(near(law.single.value, 7) && law.contention.value == 0 && law.coherency.value == 0)
        #expect(law.peak == nil && law.asymptote == nil && law.single.interval != nil)
    }

    @Test("where the free optimum has a negative coefficient, none is negative and the fit is the best there is")
    func activeBounds() throws {
        var stream = RandomStream(seed: 1, entity: "scalability", purpose: "bounds")
        var bounded = 0
        for _ in 0..<200 {
            // Slightly more than proportional, or Amdahl's law with noise: a third coefficient only fits the noise.
            let loads = [1.0, 2, 4, 8, 16, 32]
            let contention = stream.unit() < 0.5 ? -0.001 : 0.05
            let values = measured(10, contention, 0, loads: loads).map {
                Measurement(load: $0.load, throughput: $0.throughput * (1 + 0.02 * stream.standardNormal()))
            }
            let law = try ScalabilityLaw(values)
            #expect(law.contention.value >= 0 && law.coherency.value >= 0 && law.single.value > 0)
            if law.coherency.value == 0 { bounded += 1 }
            // No neighbour within the bounds fits better.
            let squares = law.residuals.reduce(0) { $0 + $1 * $1 }
            for factor in [0.999, 1.001] {
                for step in [0, 1e-5] {
                    let other = values.reduce(0) {
                        let fitted = throughput(
                            law.single.value * factor, law.contention.value + step, law.coherency.value + step / 10,
                            load: $1.load)
                        return $0 + ($1.throughput - fitted) * ($1.throughput - fitted)
                    }
                    #expect(other > squares * (1 - 1e-9), "\(other) < \(squares) at \(factor), \(step) from \(law)")
                }
            }
        }
        #expect(bounded > 50 && bounded < 180, "\(bounded) of 200")
    }

    @Test("with noise, 95 % intervals of coefficients and peak cover the truth in about 95 % of experiments")
    func coverage() throws {
        var stream = RandomStream(seed: 2, entity: "scalability", purpose: "coverage")
        let truth = measured(100, 0.05, 0.002, loads: [1, 2, 4, 8, 12, 16, 24, 32, 48, 64].flatMap { [$0, $0] })
        let peakLoad = (0.95 / 0.002).squareRoot()
        let peakThroughput = throughput(100, 0.05, 0.002, load: peakLoad)
        var covered = [Int](repeating: 0, count: 5)
        let experiments = 1000
        for _ in 0..<experiments {
            let law = try ScalabilityLaw(
                truth.map { Measurement(load: $0.load, throughput: $0.throughput + 15 * stream.standardNormal()) })
            let peak = try #require(law.peak)
            let intervals = [law.single, law.contention, law.coherency, peak.load, peak.throughput].map(\.interval)
            for (place, value) in [100, 0.05, 0.002, peakLoad, peakThroughput].enumerated()
            where intervals[place]?.contains(value) ?? false { covered[place] += 1 }
        }
        #expect(covered.allSatisfy { (930...970).contains($0) }, "\(covered) of \(experiments)")
    }

    @Test("a published measurement has its published fit: SPEC SDM91 on a Sun SPARCcenter 2000")
    func published() throws {
        // Data: Gunther, "Guerrilla Capacity Planning" (2007); fit: the R package usl 3.0, whose α, β are σ, κ.
        let loads = [1.0, 18, 36, 72, 108, 144, 216]
        let scripts = [64.9, 995.9, 1652.4, 1853.2, 1828.9, 1775.0, 1702.2]
        let law = try ScalabilityLaw(zip(loads, scripts).map { Measurement(load: $0, throughput: $1) })
        #expect(abs(law.single.value - 89.9952330) < 5e-6 && abs(law.contention.value - 0.0277285) < 5e-8)
        #expect(abs(law.coherency.value - 0.0001044) < 5e-8)
        // Standard errors 14.2134894, 0.0091217 and 0.0000199, with t(0.975, 4) = 2.776445.
        #expect(abs(try #require(law.single.interval).upperBound - (89.9952330 + 2.776445 * 14.2134894)) < 1e-3)
        #expect(abs(try #require(law.contention.interval).upperBound - (0.0277285 + 2.776445 * 0.0091217)) < 1e-6)
        #expect(abs(try #require(law.coherency.interval).lowerBound - (0.0001044 - 2.776445 * 0.0000199)) < 5e-7)
        let peak = try #require(law.peak)
        #expect(abs(peak.load.value - 96.52) < 0.005 && abs(peak.throughput.value - 1884) < 0.5)
        // The residual standard error is 82.8 on 4 degrees of freedom.
        #expect(abs(law.rootMeanSquareError - 82.8 * (4.0 / 7).squareRoot()) < 0.05)
        #expect(try #require(law.residuals.min()) < -81.6 && law.residuals.contains { abs($0 - 111.1) < 0.05 })
    }

    @Test("where κ may be 0, a peak is only a guess: it has no interval")
    func vaguePeak() throws {
        let law = try ScalabilityLaw(
            zip([1.0, 2, 4, 8, 16, 32], [10.0, 19, 31, 55, 70, 86]).map { Measurement(load: $0, throughput: $1) })
        #expect(law.coherency.value > 0 && law.coherency.interval?.lowerBound == 0)
        #expect(law.peak != nil && law.peak?.load.interval == nil && law.peak?.throughput.interval == nil)
    }

    @Test("throughput that falls from the first on is fitted and has no peak")
    func falling() throws {
        let law = try ScalabilityLaw(measured(100, 1.5, 0.01, loads: [1, 2, 3, 4, 6, 8]))
        #expect(near(law.contention.value, 1.5) && law.peak == nil)
    }

    @Test("whatever the measurements, there are finite numbers or faults", arguments: 0..<20)
    func anything(seed: UInt64) {
        var stream = RandomStream(seed: seed, entity: "scalability", purpose: "anything")
        for _ in 0..<100 {
            let spread = [0.0, 1e-14, 1e-3, 1, 20, 60][stream.index(below: 6)]
            func number() -> Double { PortableMath.exp(spread * (stream.unit() - 0.5)) }
            let loads = (0..<4 + stream.index(below: 8)).map { _ in max(1, number()) }.sorted()
            let values = loads.map { Measurement(load: $0, throughput: number()) }
            do {
                let law = try ScalabilityLaw(values)
                let numbers = [law.single.value, law.contention.value, law.coherency.value, law.rootMeanSquareError]
                let isFinite = (numbers + law.residuals).allSatisfy { $0.isFinite }
                #expect(isFinite, "seed \(seed): \(values)")
                #expect(law.single.value > 0 && law.contention.value >= 0 && law.coherency.value >= 0)
                let peak = law.peak?.load.value ?? 0
                #expect(peak.isFinite, "seed \(seed): \(values)")
            } catch {
                #expect(error.faults.map(\.index) == [nil], "seed \(seed): \(error)")
            }
        }
    }

    @Test("nonsense is refused, with every fault and its measurement", arguments: Nonsense.all)
    func nonsense(_ nonsense: Nonsense) {
        do {
            _ = try ScalabilityLaw(nonsense.measurements)
            Issue.record("was accepted")
        } catch {
            let lines = error.faults.map { ($0.index.map { "\($0): " } ?? "") + $0.message }
            #expect(lines == nonsense.lines)
        }
    }

    private func throughput(_ single: Double, _ contention: Double, _ coherency: Double, load: Double) -> Double {
        single * load / (1 + contention * (load - 1) + coherency * load * (load - 1))
    }

    private func measured(
        _ single: Double, _ contention: Double, _ coherency: Double, loads: [Double]
    ) -> [Measurement] {
        loads.map { Measurement(load: $0, throughput: throughput(single, contention, coherency, load: $0)) }
    }

    private func near(_ value: Double, _ expected: Double) -> Bool {
        abs(value - expected) <= 0.001 * abs(expected)
    }
}

/// Measurements without a fit, and what is said of them.
struct Nonsense: Sendable, CustomTestStringConvertible {
    let measurements: [ScalabilityLaw.Measurement]
    let lines: [String]

    init(_ pairs: [(Double, Double)], _ lines: [String]) {
        measurements = pairs.map { ScalabilityLaw.Measurement(load: $0, throughput: $1) }
        self.lines = lines
    }

    var testDescription: String { lines.joined(separator: "; ") }

    static let all = [
        Nonsense([], ["0 different loads; the law has three coefficients and needs at least 4"]),
        Nonsense([(1, 5), (2, 9)], ["2 different loads; the law has three coefficients and needs at least 4"]),
        Nonsense(
            [(1, 5), (1, 6), (2, 9), (2, 8), (3, 9)],
            ["3 different loads; the law has three coefficients and needs at least 4"]),
        Nonsense([(1, 5), (2, 0), (3, 9), (4, 10)], ["1: the throughput is 0; it must be above 0"]),
        Nonsense(
            [(1, 5), (2, 1e31), (3, 9), (4, 10)], ["1: the throughput is 1e+31; it must be 1e+30 at most"]),
        Nonsense([(1, 5), (2, -0.5), (3, 9), (4, 10)], ["1: the throughput is -0.5; it must be above 0"]),
        Nonsense(
            [(1, 5), (2, .nan), (3, 9), (4, .infinity)],
            [
                "1: the throughput is nan, which is no finite number",
                "3: the throughput is inf, which is no finite number",
            ]),
        Nonsense(
            [(0.5, 5), (2, 6), (.nan, 9), (4, 10)],
            [
                "0: the load is 0.5; it must be 1 or more", "2: the load is nan, which is no finite number",
                "2 different loads; the law has three coefficients and needs at least 4",
            ]),
        Nonsense(
            [(1, 5), (8, 20), (4, 15), (6, 18)],
            [
                "2: the load falls to 4 after 8; sort the rows by load",
                "3: the load falls to 6 after 8; sort the rows by load",
            ]),
    ]
}
