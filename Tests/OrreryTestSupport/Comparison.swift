import OrreryStatistics

/// A simulated figure beside its closed form, to within 3 %.
///
/// The interval has a confidence of 99.9 %: of a hundred figures hardly one misses a right theory under other seeds.
public struct Comparison: Sendable, CustomStringConvertible {
    /// How far a figure may be off, relative to the theory.
    public static let tolerance = 0.03

    private let what: String
    private let theory: Double
    private let mean: Double
    private let interval: ClosedRange<Double>

    /// A figure of independent replications and what theory says of it; a replication without a number decides nothing.
    public init(_ what: String, theory: Double, simulated: [Double]) {
        let estimate = Estimate(simulated.allSatisfy(\.isFinite) ? simulated : [], confidence: 0.999)
        self.what = what
        self.theory = theory
        mean = estimate.mean ?? .nan
        interval = estimate.interval ?? -Double.infinity...Double.infinity
    }

    /// Whether the simulation does not speak against the theory.
    public var isPossible: Bool { interval.contains(theory) }

    /// Whether the interval holds the theory and lies within 3 % of it as a whole: right, and known precisely.
    public var isConfirmed: Bool {
        let margin = Comparison.tolerance * theory.magnitude
        return isPossible && interval.lowerBound >= theory - margin && interval.upperBound <= theory + margin
    }

    /// Whether the mean is more than 3 % off, and surely not by chance.
    public var isRefuted: Bool { abs(mean / theory - 1) > Comparison.tolerance && !isPossible }

    /// The figure, the theory, and how far they are apart.
    public var description: String {
        let halfWidth = 0.5 * (interval.upperBound - interval.lowerBound)
        return "\(what): \(Comparison.rounded(mean)) simulated, \(Comparison.rounded(theory)) in theory, "
            + "\(Comparison.rounded(100 * (mean / theory - 1))) % ± \(Comparison.rounded(100 * halfWidth / theory)) % off"
    }

    private static func rounded(_ value: Double) -> Double { (value * 1e4).rounded() / 1e4 }
}
