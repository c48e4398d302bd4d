import OrreryKernel
public import OrreryStatistics

/// A fitted scalability law for people and for programs: one plain statement, a text for the terminal, JSON.
///
/// All numbers are rounded, so that the same measurements give the same bytes on every machine.
public struct ScalabilityReport: Sendable {
    /// The law.
    public let law: ScalabilityLaw
    /// What it was fitted to.
    public let measurements: [ScalabilityLaw.Measurement]
    /// What the load is called, for instance a column of a file.
    public let loadName: String
    /// What the throughput is called.
    public let throughputName: String

    /// The report of a law with the measurements it was fitted to.
    public init(
        _ law: ScalabilityLaw, of measurements: [ScalabilityLaw.Measurement], loadName: String, throughputName: String
    ) {
        self.law = law
        self.measurements = measurements
        self.loadName = loadName
        self.throughputName = throughputName
    }

    /// What the law says, in plain words; it never claims more than the intervals show.
    public var statement: String {
        guard law.coherency.value > 0 else { return withoutCoherency }
        guard let peak = law.peak else { return "The throughput falls from a load of 1 on: one alone does the most." }
        let place = figure(peak.load.value) + range(peak.load)
        let height = figure(peak.throughput.value) + range(peak.throughput)
        guard (law.coherency.interval?.lowerBound ?? 0) > 0 else {
            return
                "These measurements do not show whether the throughput has a peak: κ may be 0. If it has one, the best "
                + "guess is a load of \(place), with a throughput of \(height)."
        }
        let statement = "The throughput is largest at a load of \(place), where it is \(height); beyond, it falls."
        return peak.load.value > highestLoad ? statement + extrapolation : statement
    }

    private var withoutCoherency: String {
        guard let limit = law.asymptote else {
            return "The throughput grows in proportion to the load, as far as was measured (\(figure(highestLoad))): "
                + "neither contention nor coherency can be seen."
        }
        return "These measurements show no peak: the throughput grows ever more slowly, by Amdahl's law towards "
            + "\(figure(limit)), because a share of \(figure(100 * law.contention.value)) % must be done by one at a time."
    }

    private var extrapolation: String {
        " That lies beyond the largest load that was measured, \(figure(highestLoad)), and is an extrapolation."
    }

    /// Measured − fitted throughput, as far as the fit is the same on every machine: to 10⁻⁹ of the largest throughput.
    ///
    /// What an exact fit leaves is nothing but the last bits of a calculation.
    var residuals: [Double] { law.residuals.map(settled) }

    /// The root of the mean squared residual, to the same precision.
    var rootMeanSquareError: Double { settled(law.rootMeanSquareError) }

    private func settled(_ residual: Double) -> Double {
        let largest = measurements.map(\.throughput).max() ?? 1
        let unit = Numerals.powerOfTen(Int(Numerals.decimalLogarithm(largest).rounded(.down)) - 8)
        return (residual / unit).rounded() == 0 ? 0 : Numerals.rounded((residual / unit).rounded() * unit, digits: 9)
    }

    private var highestLoad: Double { measurements.map(\.load).max() ?? 0 }

    /// An interval behind its number: ` (95 % interval 80 to 114)`.
    private func range(_ coefficient: ScalabilityLaw.Coefficient) -> String {
        guard let interval = coefficient.interval else { return "" }
        return " (\(percent) interval \(figure(interval.lowerBound)) to \(figure(interval.upperBound)))"
    }
}

extension ScalabilityReport {
    /// What `orrery fit` prints: the statement, the coefficients with their intervals, every measurement with its
    /// residual.
    public var text: String {
        let paper = TextReport()
        let names = [loadName, throughputName].map(paper.plain)
        var lines = paper.wrapped(statement, indent: 0) + [""]
        lines.append("X(N) = γN / (1 + σ(N − 1) + κN(N − 1)), N: \(names[0]), X: \(names[1])")
        lines += table(coefficientRows) + [""]
        lines.append(
            "\(measurements.count) measurements, R² \(law.determination.map(figure) ?? Numerals.absent), "
                + "root mean square error \(figure(rootMeanSquareError))")
        return (lines + table(measurementRows)).joined(separator: "\n") + "\n"
    }

    private var coefficientRows: [[String]] {
        var rows = [
            ["", "", "value", "\(percent) interval"],
            row("γ", "one alone", law.single), row("σ", "contention", law.contention),
            row("κ", "coherency", law.coherency),
        ]
        if let peak = law.peak {
            rows += [row("N", "at the peak", peak.load), row("X", "at the peak", peak.throughput)]
        } else if let limit = law.asymptote {
            rows.append(["X", "at the limit", figure(limit), Numerals.absent])
        }
        return rows
    }

    private func row(_ symbol: String, _ name: String, _ coefficient: ScalabilityLaw.Coefficient) -> [String] {
        let range = coefficient.interval.map { "\(figure($0.lowerBound)) … \(figure($0.upperBound))" }
        return [symbol, name, figure(coefficient.value), range ?? Numerals.absent]
    }

    private var measurementRows: [[String]] {
        [["N", "X", "fitted", "residual"]]
            + zip(measurements, residuals).map { measurement, residual in
                [measurement.load, measurement.throughput, measurement.throughput - residual, residual].map(figure)
            }
    }

    /// Cells in columns: words at the left, numbers below their headings at the right.
    private func table(_ rows: [[String]]) -> [String] {
        let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { cells in
            "  "
                + cells.indices.map { String(repeating: " ", count: widths[$0] - cells[$0].count) + cells[$0] }
                .joined(separator: "   ")
        }
    }

    private var percent: String { "\(figure(100 * law.confidence)) %" }

    /// A number in four significant digits.
    private func figure(_ number: Double) -> String {
        number.magnitude >= 1e-5 && number.magnitude < 1e12 || number == 0
            ? Numerals.significant(number, digits: 4) : DecimalText.trimmed(Numerals.rounded(number, digits: 4))
    }
}
