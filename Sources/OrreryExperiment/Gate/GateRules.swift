import OrreryModel
import OrreryStatistics

/// The numbers by which the gate judges, each in one place.
///
/// They are the same for every scenario, so that nobody tunes a gate until it is silent.
public enum GateRules {
    /// The error of everything that is said to have changed in one scenario, all figures and variants together (Holm).
    public static let error = 0.01
    /// A change by less than this share of the mean is immaterial, however surely it is shown.
    public static let materialShare = 0.01
    /// A figure whose tolerance is more than this share of its mean is too noisy to be held to it.
    public static let noisyShare = 0.25
    /// With fewer seeds nothing is held to a tolerance: a spread over four values is hardly known.
    public static let seedsMin = 5
    /// Significant digits of the values in a baseline: rounding them changes nothing by more than a millionth.
    static let digits = 6
    /// Two figures of one fingerprint are equal if they differ by less than this share; the last digits of a mean may
    /// come from the C library and differ by machine.
    static let rounding = 1e-5

    /// What is immaterial at a mean, in the unit of the figure: a hundredth of it, and at least a tenth of a percentage
    /// point of a share and one thing in a whole run.
    static func material(at mean: Double, of figure: HeadlineFigure) -> Double {
        let floor: Double =
            if figure.unit == .share { 0.001 } else { figure.isCount ? 1 : 0 }
        return max(materialShare * mean.magnitude, floor)
    }

    /// How much the mean of these values may change before it matters; nil for too few values or too noisy ones.
    static func tolerance(of values: [Double], _ figure: HeadlineFigure) -> Double? {
        guard values.count >= seedsMin, let mean = Estimate(values).mean,
            let noise = UnchangedMean.tolerance(of: values)
        else { return nil }
        let material = material(at: mean, of: figure)
        guard noise <= max(noisyShare * mean.magnitude, material) else { return nil }
        // Rounded up, so that a stated tolerance never excludes less than what was computed.
        return Quantity.rounded(max(material, noise) * 1.0005, digits: 4)
    }

    /// Why a figure is held to no tolerance.
    static func note(_ figure: HeadlineFigure, seeds: Int) -> String {
        if figure.better == .neither { return "not gated: more or less is neither good nor bad" }
        return seeds < seedsMin ? "not gated: too few seeds" : "not gated: too noisy"
    }

    /// What runs with so many seeds can show.
    static func statement(seeds: Int, _ variants: [GateVariant]) -> String {
        if seeds < seedsMin {
            let number = seeds == 1 ? "One seed" : "\(seeds) seeds"
            return "\(number): whether anything changed can be told, and seldom whether it matters."
        }
        let figures = variants.flatMap(\.figures).filter { $0.better != Metric.Direction.neither.rawValue }
        let open = figures.count { $0.tolerance == nil }
        let held = "\(seeds) seeds: \(figures.count - open) of \(figures.count) figures are held to their tolerance"
        let silent = variants.filter { !$0.figures.contains(where: \.isTelling) }.map(\.name)
        if !silent.isEmpty {
            return
                "\(held); nothing is in \(silent.joined(separator: ", ")), where every change is inconclusive that is not "
                + "shown to matter. More seeds would help."
        }
        return held + (open == 0 ? "." : "; the others are too noisy for that, and count when a change is shown.")
    }
}
