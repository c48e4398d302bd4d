import OrreryKernel

/// The mean of values that may be skewed, with an interval that does not trust their symmetry.
///
/// Student's interval is exact for normal values. Of skewed ones, such as waits of a busy queue, few values say that
/// the mean is small far more often than they should: the rare large ones are missing. Hall's transformation turns the
/// interval to the side to which the values lean, as far as their own skewness shows. On each side the wider of the
/// two is taken, so that nothing is lost for normal values.
///
/// Source: P. Hall, "On the removal of skewness by transformation", Journal of the Royal Statistical Society B 54
/// (1992).
struct SkewedMean {
    /// The mean.
    let mean: Double
    /// The interval of the true mean.
    let interval: ClosedRange<Double>

    /// The mean of finite values; nil for fewer than two.
    init?(_ values: [Double], confidence: Double) {
        let estimate = Estimate(values, confidence: confidence)
        guard let mean = estimate.mean, let student = estimate.interval, let deviation = estimate.standardDeviation
        else { return nil }
        self.mean = mean
        guard values.count >= 3, deviation > 0 else {
            interval = student
            return
        }
        let count = Double(values.count)
        let cubes = values.reduce(0) { sum, value in
            let distance = (value - mean) / deviation
            return sum + distance * distance * distance
        }
        // The skewness with the usual correction for few values (Fisher's G₁), by the root of their number.
        let lean = cubes * count / ((count - 1) * (count - 2)) / count.squareRoot()
        let quantile = GSLBridge.studentQuantile(0.5 + 0.5 * confidence, freedom: count - 1)
        let step = deviation / count.squareRoot()
        let lower = mean - step * SkewedMean.untransformed(quantile, lean: lean)
        let upper = mean - step * SkewedMean.untransformed(-quantile, lean: lean)
        interval = min(student.lowerBound, lower)...max(student.upperBound, upper)
    }

    /// The t for which t + at²/3 + a²t³/27 + a/6 is x: what Student's statistic is before Hall makes it symmetric.
    private static func untransformed(_ x: Double, lean a: Double) -> Double {
        if a.magnitude < 1e-6 { return x }
        let cube = 1 + a * (x - a / 6)
        let root = cube == 0 ? 0 : PortableMath.pow(cube.magnitude, 1.0 / 3)
        return 3 / a * ((cube < 0 ? -root : root) - 1)
    }
}
