import OrreryKernel

/// The universal scalability law, fitted to measured throughput: X(N) = γN / (1 + σ(N − 1) + κN(N − 1)).
///
/// N is the number of workers, users or the like, X(N) the throughput. γ > 0 is what one does alone, σ ≥ 0 what queues
/// for something shared (contention), κ ≥ 0 what it costs that each must agree with each (coherency). With κ > 0 the
/// throughput has a peak at √((1 − σ) / κ) and falls beyond it. With κ = 0 it is Amdahl's law and tends to γ / σ.
///
/// The fit is non-linear least squares on X itself, every measurement with the same weight. Where the smallest sum of
/// squares lies at a negative σ or κ, which has no meaning, that coefficient is held at 0 and the others are fitted
/// again; it then has no interval. Intervals are Student's, with as many degrees of freedom as there are measurements
/// more than fitted coefficients, from the curvature at the optimum. They hold for independent errors of equal size.
///
/// Sources: N. J. Gunther, "Guerrilla Capacity Planning" (2007), chapters 4 and 5, and "A general theory of
/// computational scalability based on rational functions", arXiv:0808.1431 (2008); with γ free as in the R package usl
/// from version 2 on. Intervals: G. A. F. Seber, C. J. Wild, "Nonlinear Regression" (1989), chapters 2 and 5.
public struct ScalabilityLaw: Sendable {
    /// One measurement: a throughput at a load.
    public struct Measurement: Sendable, Equatable {
        /// The load as a number of workers, users or the like; 1 or more.
        public let load: Double
        /// What was done per unit of time, in any unit; finite and positive.
        public let throughput: Double

        /// A throughput at a load.
        public init(load: Double, throughput: Double) {
            self.load = load
            self.throughput = throughput
        }
    }

    /// A fitted number with its interval.
    public struct Coefficient: Sendable, Equatable {
        /// The number that fits best.
        public let value: Double
        /// The interval of the true number, cut at 0, below which none has a meaning; nil if it is held at 0, or if
        /// the measurements say nothing about it.
        public let interval: ClosedRange<Double>?
    }

    /// Where the throughput is largest.
    ///
    /// It has intervals only where that of κ excludes 0: otherwise there may be no peak, or one at any load beyond.
    public struct Peak: Sendable, Equatable {
        /// The load of the largest throughput: √((1 − σ) / κ).
        public let load: Coefficient
        /// The largest throughput.
        public let throughput: Coefficient
    }

    /// γ, in the unit of the throughput: what one does alone.
    public let single: Coefficient
    /// σ: the share that queues for something shared.
    public let contention: Coefficient
    /// κ: what it costs that each must agree with each.
    public let coherency: Coefficient
    /// The peak; nil where κ = 0, so that there is none, and where the throughput falls from 1 on.
    public let peak: Peak?
    /// Measured − fitted throughput, in the order of the measurements.
    public let residuals: [Double]
    /// R²: which share of the variance of the throughput the law explains; nil if the throughput does not vary.
    public let determination: Double?
    /// The root of the mean squared residual, in the unit of the throughput.
    public let rootMeanSquareError: Double
    /// The confidence of all intervals, in 0…1.
    public let confidence: Double

    /// The law that fits the measurements best, which ascend by load and may repeat a load; four loads must differ.
    public init(_ measurements: [Measurement], confidence: Double = 0.95) throws(ScalabilityFaults) {
        invariant(confidence > 0 && confidence < 1, "a confidence lies between 0 and 1, not at \(confidence)")
        let faults = ScalabilityFaults.find(in: measurements)
        if !faults.isEmpty { throw ScalabilityFaults(faults: faults) }
        let fit = ScalabilityFit.best(measurements)
        let count = measurements.count
        let freedom = Double(count - fit.fitted.count { $0 })
        let quantile = GSLBridge.studentQuantile(0.5 + 0.5 * confidence, freedom: freedom)
        let noise = fit.squares / freedom
        func coefficient(_ value: Double, gradient: [Double]) -> Coefficient {
            let half = quantile * (noise * fit.variance(along: gradient)).squareRoot()
            return Coefficient(value: value, interval: half.isFinite ? max(0, value - half)...value + half : nil)
        }
        let values = fit.coefficients
        let coefficients = values.indices.map { place in
            fit.fitted[place]
                ? coefficient(values[place], gradient: values.indices.map { $0 == place ? 1 : 0 })
                : Coefficient(value: 0, interval: nil)
        }
        single = coefficients[0]
        contention = coefficients[1]
        coherency = coefficients[2]
        residuals = fit.residuals
        rootMeanSquareError = (fit.squares / Double(count)).squareRoot()
        let deviation = Estimate(measurements.map(\.throughput)).standardDeviation ?? 0
        let variation = deviation * deviation * Double(count - 1)
        determination = variation > 0 ? 1 - fit.squares / variation : nil
        self.confidence = confidence
        let isCertain = (coherency.interval?.lowerBound ?? 0) > 0
        peak = ScalabilityLaw.peak(values) { value, gradient in
            isCertain ? coefficient(value, gradient: gradient) : Coefficient(value: value, interval: nil)
        }
    }

    /// The peak at these coefficients; nil if there is none at 1 or beyond.
    private static func peak(_ values: [Double], coefficient: (Double, [Double]) -> Coefficient) -> Peak? {
        let load = (max(0, 1 - values[1]) / values[2]).squareRoot()
        guard load >= 1, load.isFinite else { return nil }
        // At the peak the throughput does not change with the load, so that only the coefficients make it uncertain.
        let curve = ScalabilityFit.point(values, load: load)
        return Peak(
            load: coefficient(load, [0, -0.5 / (load * values[2]), -0.5 * load / values[2]]),
            throughput: coefficient(curve.throughput, curve.derivatives))
    }

    /// The fitted throughput at a load of 1 or more.
    public func throughput(at load: Double) -> Double {
        ScalabilityFit.point([single.value, contention.value, coherency.value], load: load).throughput
    }

    /// What the throughput tends to as the load grows, where κ = 0: Amdahl's limit γ / σ; nil where it falls, or has no
    /// bound.
    public var asymptote: Double? {
        coherency.value == 0 && contention.value > 0 ? single.value / contention.value : nil
    }
}
