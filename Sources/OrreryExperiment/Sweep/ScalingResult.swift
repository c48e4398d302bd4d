import OrreryDiagnosis
import OrreryKernel
import OrreryModel
import OrreryStatistics

/// How the throughput grows with the one parameter that a sweep changes.
public struct ScalingResult: Codable, Sendable {
    /// Where the curve bends; nil if it does not, or if the points are too few to tell.
    public var knee: KneeResult?
    /// The universal scalability law, fitted to the mean throughput of every point; nil where it cannot be.
    public var law: LawResult?
    /// What the law says, or why it could not be fitted, in a sentence.
    public var statement: String

    /// The bend of a curve.
    public struct KneeResult: Codable, Sendable, Equatable {
        /// The value of the parameter at the bend, in the unit that is written.
        public var position: Double
        /// Items per second that one unit more brings before it.
        public var slopeBefore: Double
        /// Items per second that one unit more brings behind it.
        public var slopeAfter: Double
    }

    /// The universal scalability law X(N) = γN / (1 + σ(N − 1) + κN(N − 1)), with N the number of the parameter.
    public struct LawResult: Codable, Sendable, Equatable {
        /// γ, in items per second: what one alone brings.
        public var single: CoefficientResult
        /// σ: the share that queues for something shared.
        public var contention: CoefficientResult
        /// κ: what it costs that each must agree with each.
        public var coherency: CoefficientResult
        /// The value of the parameter with the largest throughput; nil without a peak.
        public var peak: CoefficientResult?
        /// The throughput there, in items per second; nil without a peak.
        public var peakThroughput: CoefficientResult?
        /// Measured − fitted throughput, one for each point by rising parameter, in items per second.
        public var residuals: [Double]
        /// R²: the share of the variance that the law explains; nil if the throughput does not vary.
        public var determination: Double?

        /// Whether the law explains enough of how the throughput varies to say something: nine tenths.
        public var explains: Bool { (determination ?? 0) >= 0.9 }

        /// The fitted throughput, in items per second.
        public func throughput(at number: Double) -> Double {
            let others = number - 1
            return single.value * number / (1 + contention.value * others + coherency.value * number * others)
        }
    }

    /// A fitted number with the 95 % interval of the true one.
    public struct CoefficientResult: Codable, Sendable, Equatable {
        /// The number that fits best.
        public var value: Double
        /// The lower end; nil for a coefficient that the fit holds at 0.
        public var lower: Double?
        /// The upper end.
        public var upper: Double?
    }

    /// A knee is told if the throughput rises before it by at least this share of the largest.
    private static let riseMin = 0.1

    /// The scaling of these points; nil where more than one parameter is swept, or none that is a number.
    init?(of points: [SweepPointResult], over parameters: [SweptParameterResult]) {
        guard parameters.count == 1, parameters[0].unit != nil else { return nil }
        let curve = points.compactMap { point -> (position: Double, value: Double)? in
            guard let number = point.numbers[0], let mean = point.metric("delivery.throughput")?.mean else {
                return nil
            }
            return (number, mean)
        }.sorted { $0.position < $1.position }
        knee = Knee(curve).flatMap { knee in
            // A bend in what is flat says nothing.
            let rise = knee.slopeBefore * (knee.position - curve[0].position)
            guard let largest = curve.map(\.value).max(), rise >= ScalingResult.riseMin * largest else { return nil }
            return KneeResult(
                position: knee.position, slopeBefore: Quantity.rounded(knee.slopeBefore, digits: 9),
                slopeAfter: Quantity.rounded(knee.slopeAfter, digits: 9))
        }
        if let unit = parameters[0].unit, !unit.isEmpty {
            statement =
                "The universal scalability law was not fitted: it counts workers, telescopes or the like, and "
                + "\(parameters[0].path) is in \(unit)."
            return
        }
        do throws(ScalabilityFaults) {
            let law = try ScalabilityLaw(curve.map { .init(load: $0.position, throughput: $0.value) })
            let result = LawResult(law, largest: curve.map(\.value).max() ?? 1)
            statement = result.statement(upTo: curve.last?.position ?? 0)
            self.law = result
        } catch {
            let reasons = error.faults.prefix(2).map(\.message).joined(separator: "; ")
            statement = "The universal scalability law was not fitted: \(reasons)."
        }
    }
}

extension ScalingResult.LawResult {
    fileprivate init(_ law: ScalabilityLaw, largest: Double) {
        // What an exact fit leaves is nothing but the last bits of a calculation.
        let unit = 1e-9 * largest
        self.init(
            single: .init(law.single), contention: .init(law.contention), coherency: .init(law.coherency),
            peak: law.peak.map { .init($0.load) }, peakThroughput: law.peak.map { .init($0.throughput) },
            residuals: law.residuals.map { Quantity.rounded(($0 / unit).rounded() * unit, digits: 9) },
            determination: law.determination.map { Quantity.rounded($0, digits: 9) })
    }

    /// What it says of points up to a number.
    fileprivate func statement(upTo last: Double) -> String {
        let law =
            "The universal scalability law (contention \(DecimalText.trimmed(Quantity.rounded(contention.value, digits: 3))), "
            + "coherency \(DecimalText.trimmed(Quantity.rounded(coherency.value, digits: 3))))"
        let share = determination ?? 0
        if !explains {
            return
                "\(law) explains only \(Words.percent(max(0, share))) of how the throughput varies: it does not scale by that law."
        }
        let explained = "explains \(Words.percent(share)) of how the throughput varies"
        guard let peak, let peakThroughput else { return "\(law) \(explained), and has no peak." }
        guard let lower = coherency.lower, lower > 0 else {
            return "\(law) \(explained), and does not show whether there is a peak: the coherency may be 0."
        }
        let place = DecimalText.trimmed(Quantity.rounded(peak.value, digits: 3))
        let rate = Quantity.text(peakThroughput.value, unit: .itemsPerSecond)
        let beyond = peak.value > last ? ", beyond what was swept" : ""
        return "\(law) \(explained), with its peak of \(rate) at \(place)\(beyond)."
    }
}

extension ScalingResult.CoefficientResult {
    fileprivate init(_ coefficient: ScalabilityLaw.Coefficient) {
        self.init(
            value: Quantity.rounded(coefficient.value, digits: 9),
            lower: coefficient.interval.map { Quantity.rounded($0.lowerBound, digits: 9) },
            upper: coefficient.interval.map { Quantity.rounded($0.upperBound, digits: 9) })
    }
}
