/// The rank of what is asked for, where rank k is asked for in proportion to 1 ÷ kˢ.
///
/// Rejection-inversion needs no table: its set-up and its samples take constant time whatever the size.
///
/// Source: W. Hörmann, G. Derflinger, "Rejection-inversion to generate variates from monotone discrete distributions",
/// ACM TOMACS 6 (1996).
public struct Zipf: Sampler {
    /// How many ranks there are.
    public let size: Int
    /// The power s by which the popularity falls with the rank.
    public let exponent: Double
    /// What one rank stands for.
    public let unit: Double
    private let upper: Double
    private let lower: Double
    private let squeeze: Double

    /// A Zipf distribution over the ranks `1...size`.
    public init(size: Int, exponent: Double, unit: Double = 1) {
        invariant(
            size >= 1 && size <= 1_000_000_000_000 && (0...100).contains(exponent),
            "a Zipf distribution cannot have the size \(size) and the exponent \(exponent)")
        self.size = size
        self.exponent = exponent
        self.unit = unit
        lower = Zipf.integral(1.5, exponent) - 1
        upper = Zipf.integral(Double(size) + 0.5, exponent)
        squeeze = 2 - Zipf.inverse(Zipf.integral(2.5, exponent) - PortableMath.pow(2, -exponent), exponent)
    }

    /// One sample.
    public func sample(using stream: inout RandomStream) -> Double {
        while true {
            let u = upper + stream.unit() * (lower - upper)
            let x = Zipf.inverse(u, exponent)
            let rank = min(max((x + 0.5).rounded(.down), 1), Double(size))
            if rank - x <= squeeze || u >= Zipf.integral(rank + 0.5, exponent) - PortableMath.pow(rank, -exponent) {
                return unit * rank
            }
        }
    }

    /// The expected rank, in units.
    public var mean: Double { unit * sum(exponent - 1) / sum(exponent) }

    /// The variance of the rank, in squared units.
    public var variance: Double {
        let total = sum(exponent)
        let first = sum(exponent - 1) / total
        return unit * unit * max(0, sum(exponent - 2) / total - first * first)
    }

    /// The sum of k⁻ᵃ over all ranks: the first ones one by one, the others by the formula of Euler and Maclaurin.
    private func sum(_ a: Double) -> Double {
        let start = min(size, 64)
        var sum = 0.0
        for rank in 1...start { sum += PortableMath.pow(Double(rank), -a) }
        if start == size { return sum }
        let (from, to) = (Double(start), Double(size))
        let (first, last) = (PortableMath.pow(from, -a), PortableMath.pow(to, -a))
        let corrections = a / 12 * (first / from - last / to)
        let more = a * (a + 1) * (a + 2) / 720 * (first / (from * from * from) - last / (to * to * to))
        return sum + Zipf.integral(to, a) - Zipf.integral(from, a) + 0.5 * (last - first) + corrections - more
    }

    /// The integral of x⁻ˢ from 1 to x: (x¹⁻ˢ − 1) ÷ (1 − s), also where s is 1.
    private static func integral(_ x: Double, _ s: Double) -> Double {
        let logarithm = PortableMath.log(x)
        let t = (1 - s) * logarithm
        return t.magnitude < 1e-300 ? logarithm : PortableMath.expm1(t) / t * logarithm
    }

    /// The x at which `integral` has a value; without bound where it has none.
    private static func inverse(_ value: Double, _ s: Double) -> Double {
        let t = value * (1 - s)
        if t <= -1 { return .greatestFiniteMagnitude }
        return PortableMath.exp(t.magnitude < 1e-300 ? value : PortableMath.log1p(t) / t * value)
    }

    private static let size = Parameter<Int>("size", range: .within(1...1e12), summary: "how many ranks there are")
    private static let exponent = Parameter<Double>(
        "exponent", range: .within(0...100), summary: "how fast the popularity falls with the rank; 0 means not at all")

    static let kind = Kind<any Sampler>(
        "zipf", summary: "ranks from 1 on, the first ones the most popular",
        source: "W. Hörmann, G. Derflinger, ACM TOMACS 6 (1996)",
        parameters: [size.spec, exponent.spec, SampledUnit.parameter.spec]
    ) { Zipf(size: $0[size], exponent: $0[exponent], unit: SampledUnit.amount($0)) }
}
