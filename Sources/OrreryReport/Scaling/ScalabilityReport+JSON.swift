public import Foundation
import OrreryStatistics

extension ScalabilityReport {
    /// The report as JSON with sorted keys; numbers in nine significant digits.
    ///
    /// A coefficient that is held at 0 has no `interval`; `peak`, `asymptote` and `determination` are left out where
    /// there are none.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return try encoder.encode(FitFile(self)) + Data("\n".utf8)
    }
}

/// The shape of the JSON file.
private struct FitFile: Encodable {
    struct Columns: Encodable {
        let load: String
        let throughput: String
    }

    struct Coefficient: Encodable {
        let value: Double
        let interval: [Double]?

        init(_ coefficient: ScalabilityLaw.Coefficient) {
            value = FitFile.rounded(coefficient.value)
            interval = coefficient.interval.map { [$0.lowerBound, $0.upperBound].map(FitFile.rounded) }
        }
    }

    struct Peak: Encodable {
        let load: Coefficient
        let throughput: Coefficient
    }

    struct Row: Encodable {
        let load: Double
        let throughput: Double
        let fitted: Double
        let residual: Double
    }

    let format = "orrery-fit"
    let formatVersion = 1
    let law = "X(N) = γN / (1 + σ(N − 1) + κN(N − 1))"
    let columns: Columns
    let confidence: Double
    let single: Coefficient
    let contention: Coefficient
    let coherency: Coefficient
    let peak: Peak?
    let asymptote: Double?
    let determination: Double?
    let rootMeanSquareError: Double
    let measurements: [Row]
    let statement: String

    init(_ report: ScalabilityReport) {
        let law = report.law
        columns = Columns(load: report.loadName, throughput: report.throughputName)
        confidence = law.confidence
        single = Coefficient(law.single)
        contention = Coefficient(law.contention)
        coherency = Coefficient(law.coherency)
        peak = law.peak.map { Peak(load: Coefficient($0.load), throughput: Coefficient($0.throughput)) }
        asymptote = law.asymptote.map(FitFile.rounded)
        determination = law.determination.map(FitFile.rounded)
        rootMeanSquareError = report.rootMeanSquareError
        measurements = zip(report.measurements, report.residuals).map { measurement, residual in
            Row(
                load: measurement.load, throughput: measurement.throughput,
                fitted: FitFile.rounded(measurement.throughput - residual), residual: residual)
        }
        statement = report.statement
    }

    private static func rounded(_ value: Double) -> Double { Numerals.rounded(value, digits: 9) }
}
