/// One of the listed values, each with its weight.
///
/// Source: A. J. Walker's alias method with M. D. Vose's set-up, IEEE Trans. Software Engineering 17 (1991): constant
/// time a sample.
public struct Empirical: Sampler {
    /// The expected value.
    public let mean: Double
    /// The variance.
    public let variance: Double
    private let values: [Double]
    /// Below this a slot keeps its own value, else it gives its alias.
    private let thresholds: [Double]
    private let aliases: [Int]

    /// A distribution over values, in the unit of the quantity, with weights that need not add up to 1.
    ///
    /// - Complexity: O(values)
    public init(values: [Double], weights: [Double]) {
        let problem = Empirical.problem(values: values, weights: weights, limit: 1e150)
        invariant(problem == nil, problem ?? "")
        self.values = values
        let largest = weights.reduce(0, max)
        let total = weights.reduce(0) { $0 + $1 / largest }
        let shares = weights.map { $0 / largest / total }
        let mean = zip(values, shares).reduce(0) { $0 + $1.0 * $1.1 }
        self.mean = mean
        variance = zip(values, shares).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 }
        (thresholds, aliases) = Empirical.aliasTable(shares.map { $0 * Double(values.count) })
    }

    /// One sample.
    public func sample(using stream: inout RandomStream) -> Double {
        let slot = stream.index(below: values.count)
        return values[stream.unit() < thresholds[slot] ? slot : aliases[slot]]
    }

    /// Fills every slot that is less than full from one that is more than full.
    private static func aliasTable(_ shares: [Double]) -> (thresholds: [Double], aliases: [Int]) {
        var rest = shares
        var thresholds = [Double](repeating: 1, count: shares.count)
        var aliases = Array(shares.indices)
        var small = shares.indices.filter { shares[$0] < 1 }
        var large = shares.indices.filter { shares[$0] >= 1 }
        while let giver = large.last, let taker = small.popLast() {
            thresholds[taker] = rest[taker]
            aliases[taker] = giver
            rest[giver] -= 1 - rest[taker]
            if rest[giver] < 1 {
                large.removeLast()
                small.append(giver)
            }
        }
        return (thresholds, aliases)
    }

    private static func problem(values: [Double], weights: [Double], limit: Double = 1e50) -> String? {
        if values.isEmpty { return "there are no values" }
        if let value = values.first(where: { !($0.magnitude <= limit) }) { return "the value \(value) is too large" }
        if weights.count != values.count { return "there are \(values.count) values and \(weights.count) weights" }
        if let weight = weights.first(where: { !($0 >= 0 && $0 <= 1e50) }) { return "a weight cannot be \(weight)" }
        return weights.allSatisfy({ $0 == 0 }) ? "all weights are zero" : nil
    }

    private static let list = Parameter<[Double]>("values", summary: "the values, in units")
    private static let shares = Parameter<[Double]>(
        optional: "weights", summary: "how likely each value is, relative to the others; all equally if left out")

    private static func weights(_ given: ParameterValues) -> [Double] {
        given[optional: shares] ?? [Double](repeating: 1, count: given[list].count)
    }

    static let kind = Kind<any Sampler>(
        "empirical", summary: "one of the listed values, each with its weight",
        source: "M. D. Vose, IEEE Trans. Software Engineering 17 (1991)",
        parameters: [list.spec, shares.spec, SampledUnit.parameter.spec],
        conflict: { problem(values: $0[list], weights: weights($0)) },
        make: { given in
            let unit = SampledUnit.amount(given)
            return Empirical(values: given[list].map { $0 * unit }, weights: weights(given))
        })
}
