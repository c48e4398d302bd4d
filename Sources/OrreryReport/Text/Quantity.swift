import OrreryKernel

/// A number with its unit, as people write it: `1.24 s`, `350 ms`, `73.2 %`, `1.05 million`.
enum Quantity {
    /// A unit for showing: a value times the factor, followed by the suffix.
    struct Scale {
        var factor: Double
        var suffix: String
    }

    /// The text for a value in a unit of the result file; a missing value is a dash.
    static func text(_ value: Double?, unit: String) -> String {
        guard let value, value.isFinite else { return Numerals.absent }
        let scale = scale(for: value, unit: unit)
        return Numerals.significant(value * scale.factor, digits: digits(of: value * scale.factor, scale))
            + scale.suffix
    }

    /// The text for a mean and half the width of its interval, both in the mean's scale: `1.24 ± 0.05 s`.
    static func text(_ mean: Double?, plusMinus halfWidth: Double?, unit: String) -> String {
        guard let mean, mean.isFinite else { return Numerals.absent }
        guard let halfWidth, halfWidth.isFinite else { return text(mean, unit: unit) }
        let scale = scale(for: mean, unit: unit)
        let (shown, half) = (mean * scale.factor, halfWidth * scale.factor)
        let wanted = half > 0 ? Numerals.decimals(for: half, digits: 2) : Numerals.decimals(for: shown, digits: 3)
        let decimals = min(wanted, max(3, Numerals.decimals(for: shown, digits: 3)))
        return Numerals.fixed(shown, decimals: decimals) + " ± " + Numerals.fixed(half, decimals: decimals)
            + scale.suffix
    }

    /// The text for a difference and half the width of its interval, with its sign and both in the scale of the larger:
    /// `+1.24 ± 0.05 s`, `−12 ± 31 items`; shares differ by percentage points.
    static func difference(_ mean: Double, plusMinus halfWidth: Double?, unit: String) -> String {
        guard mean.isFinite else { return Numerals.absent }
        var scale = scale(for: max(abs(mean), halfWidth ?? 0), unit: unit)
        if unit == "share" { scale.suffix = " percentage points" }
        let (shown, half) = (mean * scale.factor, (halfWidth ?? 0) * scale.factor)
        let decimals = min(
            Numerals.decimals(for: half, digits: 2), max(3, Numerals.decimals(for: shown, digits: 3)))
        let text = half > 0 ? Numerals.fixed(shown, decimals: decimals) : Numerals.significant(shown)
        let sign = shown > 0 && text.contains { ("1"..."9").contains($0) } ? "+" : ""
        let interval = halfWidth == nil ? "" : " ± " + (half > 0 ? Numerals.fixed(half, decimals: decimals) : "0")
        return sign + text + interval + scale.suffix
    }

    /// A duration.
    static func seconds(_ value: Double?) -> String { text(value, unit: "s") }

    /// A number of things, exact up to a million if it is whole.
    static func count(_ value: Double?) -> String { text(value, unit: "items", naming: false) }

    /// A share of the whole.
    static func share(_ value: Double?) -> String { text(value, unit: "share") }

    /// A size.
    static func bytes(_ value: Int64) -> String { text(Double(value), unit: "B") }

    /// All digits of a value with the unit of the file, for a hover text.
    static func exact(_ value: Double, unit: String) -> String {
        guard value.isFinite else { return "not a number" }
        let shortest = DecimalText.trimmed(value)
        return unit == "share" || unit.isEmpty ? shortest : shortest + " " + unit
    }

    /// How a value of this unit is best shown.
    static func scale(for value: Double, unit: String) -> Scale {
        let size = abs(value)
        switch unit {
        case "s": return duration(size)
        case "share": return Scale(factor: 100, suffix: " %")
        case "B": return bytes(size)
        case "": return count(size, noun: "")
        default:
            if unit.hasSuffix("/s") { return rate(size, noun: String(unit.dropLast(2))) }
            return count(size, noun: " " + unit)
        }
    }

    /// The scales for durations, the longest first, each with the smallest value that it serves.
    private static let durations: [(from: Double, scale: Scale)] = [
        (172_800, Scale(factor: 1 / 86_400, suffix: " d")), (7200, Scale(factor: 1 / 3600, suffix: " h")),
        (120, Scale(factor: 1 / 60, suffix: " min")), (1, Scale(factor: 1, suffix: " s")),
        (1e-3, Scale(factor: 1e3, suffix: " ms")), (1e-6, Scale(factor: 1e6, suffix: " µs")),
    ]

    private static func duration(_ size: Double) -> Scale {
        guard size > 0 else { return Scale(factor: 1, suffix: " s") }
        return durations.first { size >= $0.from }?.scale ?? Scale(factor: 1e9, suffix: " ns")
    }

    private static func bytes(_ size: Double) -> Scale {
        switch size {
        case 1e12...: Scale(factor: 1e-12, suffix: " TB")
        case 1e9...: Scale(factor: 1e-9, suffix: " GB")
        case 1e6...: Scale(factor: 1e-6, suffix: " MB")
        case 1e3...: Scale(factor: 1e-3, suffix: " kB")
        default: Scale(factor: 1, suffix: " B")
        }
    }

    private static func rate(_ size: Double, noun: String) -> Scale {
        switch size {
        case 1e6...: Scale(factor: 1e-6, suffix: " million \(noun)/s")
        case 1...: Scale(factor: 1, suffix: " \(noun)/s")
        case (1 / 60)...: Scale(factor: 60, suffix: " \(noun)/min")
        case (1 / 3600)...: Scale(factor: 3600, suffix: " \(noun)/h")
        case let size where size > 0: Scale(factor: 86_400, suffix: " \(noun)/d")
        default: Scale(factor: 1, suffix: " \(noun)/s")
        }
    }

    private static func count(_ size: Double, noun: String) -> Scale {
        switch size {
        case 1e9...: Scale(factor: 1e-9, suffix: " billion" + noun)
        case 1e6...: Scale(factor: 1e-6, suffix: " million" + noun)
        default: Scale(factor: 1, suffix: noun)
        }
    }

    private static func text(_ value: Double?, unit: String, naming: Bool) -> String {
        let full = text(value, unit: unit)
        return naming || !full.hasSuffix(" " + unit) ? full : String(full.dropLast(unit.count + 1))
    }

    /// Whole numbers that are shown as they are keep all their digits; everything else has three.
    private static func digits(of shown: Double, _ scale: Scale) -> Int {
        scale.factor == 1 && shown.rounded() == shown ? 15 : 3
    }
}
