import Testing

@testable import OrreryKernel

/// Promises that every kind of sampler keeps; a new kind in the catalog is tested here without a change.
@Suite("Every kind of sampler")
struct SamplerTests {
    static let names = SamplerCatalog.kinds.kinds.map(\.name)

    @Test("has the mean and the variance that it states", arguments: names)
    func momentsAgree(name: String) throws {
        let kind = try #require(SamplerCatalog.kinds[name])
        for withOptional in [false, true] {
            let values = SamplerExamples.typical(kind, withOptional: withOptional)
            #expect(kind.conflict(values) == nil)
            let sampler = kind.make(values)
            var stream = RandomStream(seed: 11, entity: name, purpose: "moments")
            let count = 400_000
            let samples = (0..<count).map { _ in sampler.sample(using: &stream) }
            let mean = samples.reduce(0, +) / Double(count)
            let variance = samples.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
            let error = (sampler.variance / Double(count)).squareRoot()
            #expect(abs(mean - sampler.mean) <= 5 * error + 1e-12 * abs(mean), "mean \(mean), stated \(sampler.mean)")
            // Heavy tails make the sample variance rough; exact ones are checked against closed forms elsewhere.
            #expect(variance <= 1.5 * sampler.variance + 1e-20 && variance >= 0.5 * sampler.variance)
        }
    }

    @Test("gives the same numbers from the same stream and takes none but its own", arguments: names)
    func isDeterministic(name: String) throws {
        let kind = try #require(SamplerCatalog.kinds[name])
        let values = SamplerExamples.typical(kind, withOptional: true)
        var left = RandomStream(seed: 12, entity: name, purpose: "twice")
        var right = left
        let (first, second) = (kind.make(values), kind.make(values))
        for _ in 0..<1000 { #expect(first.sample(using: &left) == second.sample(using: &right)) }
        #expect(left.next() == right.next())
    }

    @Test("stays finite and ends at all ends of its ranges", arguments: names)
    func extremesAreFinite(name: String) throws {
        let kind = try #require(SamplerCatalog.kinds[name])
        var stream = RandomStream(seed: 13, entity: name, purpose: "extremes")
        for values in SamplerExamples.extreme(kind) {
            let sampler = kind.make(values)
            let areFinite = (0..<20).allSatisfy { _ in sampler.sample(using: &stream).isFinite }
            #expect(areFinite && !sampler.mean.isNaN && sampler.variance >= 0, "\(sampler)")
        }
    }

    @Test("becomes a duration that is not negative", arguments: names)
    func durations(name: String) throws {
        let kind = try #require(SamplerCatalog.kinds[name])
        let distribution = Distribution(kind.make(SamplerExamples.typical(kind, withOptional: false)), text: name)
        var stream = RandomStream(seed: 14, entity: name, purpose: "durations")
        for _ in 0..<1000 { #expect(distribution.duration(using: &stream) >= .zero) }
    }
}

@Suite("Samplers")
struct SamplerDetailTests {
    @Test("the standard variates have the tails they should")
    func tails() {
        var stream = RandomStream(seed: 21, entity: "tails", purpose: "test")
        let count = 2_000_000
        var arePositive = true
        var exponential = [0, 0, 0]
        var normal = [0, 0, 0]
        for _ in 0..<count {
            let (x, z) = (stream.standardExponential(), stream.standardNormal())
            arePositive = arePositive && x > 0
            for (index, bound) in [7.0, 8.0, 10.0].enumerated() where x > bound { exponential[index] += 1 }
            for (index, bound) in [3.0, 3.7, 4.2].enumerated() where abs(z) > bound { normal[index] += 1 }
        }
        #expect(arePositive)
        // exp(−x), and 2 Φ(−z) from mpmath.
        expectShares(exponential, [9.118819655545162e-4, 3.3546262790251185e-4, 4.5399929762484854e-5], of: count)
        expectShares(normal, [2.69979606326e-3, 2.15599467e-4, 2.66914980e-5], of: count)
    }

    @Test("the gamma distribution has the lower tail it should, where its squeeze is tight")
    func lowerTail() {
        var stream = RandomStream(seed: 23, entity: "lower tail", purpose: "test")
        let count = 3_000_000
        var below = [0, 0]
        for _ in 0..<count {
            let x = stream.standardGamma(shape: 1)
            if x < 0.01 { below[0] += 1 }
            if x < 0.001 { below[1] += 1 }
        }
        // 1 − exp(−x): at shape 1 the distribution is exponential.
        expectShares(below, [9.950166250831946e-3, 9.995001666250083e-4], of: count)
    }

    private func expectShares(_ counts: [Int], _ shares: [Double], of total: Int) {
        for (count, share) in zip(counts, shares) {
            let expected = share * Double(total)
            #expect(abs(Double(count) - expected) < 5 * expected.squareRoot(), "\(count), expected \(expected)")
        }
    }

    @Test("limits are exact: cv 0 is constant, cv 1 and one stage are exponential, certain trials never fail")
    func limits() {
        var stream = RandomStream(seed: 22, entity: "limits", purpose: "test")
        for _ in 0..<100 {
            #expect(Lognormal(mean: 3, variation: 0).sample(using: &stream) == 3)
            #expect(Gamma(mean: 3, variation: 0).sample(using: &stream) == 3)
            #expect(Geometric(probability: 1).sample(using: &stream) == 0)
            #expect(Bernoulli(probability: 1, unit: 5).sample(using: &stream) == 5)
            #expect(Bernoulli(probability: 0).sample(using: &stream) == 0)
            #expect(Poisson(expectedCount: 0).sample(using: &stream) == 0)
            #expect(Zipf(size: 1, exponent: 1).sample(using: &stream) == 1)
            #expect(Uniform(minimum: 4, maximum: 4).sample(using: &stream) == 4)
            #expect(Empirical(values: [7, 8], weights: [0, 1]).sample(using: &stream) == 8)
        }
        #expect(HyperExponential(mean: 2, variation: 1).longShare == 0.5)
        #expect(Pareto(minimum: 1, shape: 1).mean == .infinity && Pareto(minimum: 1, shape: 2).variance == .infinity)
    }

    @Test("states moments that agree with closed forms")
    func closedForms() {
        #expect(abs(Weibull(scale: 2, shape: 1).mean - 2) < 1e-13)
        #expect(abs(Weibull(scale: 2, shape: 1).variance - 4) < 1e-12)
        #expect(abs(Weibull(scale: 1, shape: 2).mean - 0.886226925452758) < 1e-14)
        // Harmonic numbers: 10⁶ ÷ H(10⁶), H(10⁶) = 14.392726722865723.
        #expect(abs(Zipf(size: 1_000_000, exponent: 1).mean * 14.392726722865723 / 1e6 - 1) < 1e-13)
        #expect(abs(Zipf(size: 1001, exponent: 0).mean / 501 - 1) < 1e-13)
        #expect(abs(Zipf(size: 1001, exponent: 0).variance / ((1001.0 * 1001 - 1) / 12) - 1) < 1e-12)
        #expect(abs(Empirical(values: [1, 5], weights: [3, 1]).mean - 2) < 1e-15)
        #expect(abs(Empirical(values: [1, 5], weights: [3, 1]).variance - 3) < 1e-15)
    }

    @Test("parameters that do not fit together are named")
    func conflicts() throws {
        let uniform = try #require(SamplerCatalog.kinds["uniform"])
        let crossed: [String: ParameterValue] = [
            "minimum": .sampled(SampledQuantity(5, text: "5s")), "maximum": .sampled(SampledQuantity(2, text: "2s")),
        ]
        #expect(uniform.conflict(ParameterValues(crossed)) == "the minimum 5s lies above the maximum 2s")
        let empirical = try #require(SamplerCatalog.kinds["empirical"])
        #expect(empirical.conflict(ParameterValues(["values": .list([])])) == "there are no values")
        let uneven: [String: ParameterValue] = ["values": .list([1, 2]), "weights": .list([1])]
        #expect(empirical.conflict(ParameterValues(uneven)) == "there are 2 values and 1 weights")
        let negative: [String: ParameterValue] = ["values": .list([1, 2]), "weights": .list([1, -1])]
        #expect(empirical.conflict(ParameterValues(negative)) == "a weight cannot be -1.0")
        let empty: [String: ParameterValue] = ["values": .list([1, 2]), "weights": .list([0, 0])]
        #expect(empirical.conflict(ParameterValues(empty)) == "all weights are zero")
    }
}
