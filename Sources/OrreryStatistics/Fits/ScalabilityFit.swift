/// The least-squares fit behind `ScalabilityLaw`, with each of σ and κ free or held at 0.
///
/// Coefficients are γ, σ, κ in this order.
struct ScalabilityFit {
    /// The coefficients that fit best; 0 where they are held.
    let coefficients: [Double]
    /// Which coefficients were fitted.
    let fitted: [Bool]
    /// Measured − fitted throughput.
    let residuals: [Double]
    /// The sum of squared residuals.
    let squares: Double
    /// (JᵀJ)⁻¹, with zeros for coefficients that are held.
    private let covariance: [[Double]]

    /// The best fit with σ, κ ≥ 0.
    ///
    /// Under these bounds the smallest sum of squares lies at the free optimum, or where σ, κ or both are held at 0. Of
    /// fits that are equal within the precision of the numbers, the one with fewer coefficients is taken: for exact
    /// measurements without coherency the free fit ends at a κ of 10⁻¹⁸, which is none.
    static func best(_ measurements: [ScalabilityLaw.Measurement]) -> ScalabilityFit {
        let largest = measurements.map(\.throughput).max() ?? 0
        let precision = 1e-18 * largest * largest * Double(measurements.count)
        var best = proportional(measurements)
        for fitted in [[true, true, false], [true, false, true], [true, true, true]] {
            guard let other = fit(measurements, fitted: fitted) else { continue }
            if other.squares + precision < best.squares { best = other }
        }
        return best
    }

    /// The throughput at a load, and its derivatives by the coefficients.
    static func point(_ coefficients: [Double], load: Double) -> (throughput: Double, derivatives: [Double]) {
        let others = load - 1
        let divisor = 1 + coefficients[1] * others + coefficients[2] * load * others
        let throughput = coefficients[0] * load / divisor
        return (throughput, [load / divisor, -throughput * others / divisor, -throughput * load * others / divisor])
    }

    /// The variance of a function of the coefficients with this gradient, for measurements with a variance of 1.
    func variance(along gradient: [Double]) -> Double {
        var sum = 0.0
        for (row, covariances) in covariance.enumerated() {
            for (column, value) in covariances.enumerated() { sum += gradient[row] * value * gradient[column] }
        }
        return max(0, sum)
    }

    private init(
        _ measurements: [ScalabilityLaw.Measurement], coefficients: [Double], fitted: [Bool], covariance: [[Double]]
    ) {
        self.coefficients = coefficients
        self.fitted = fitted
        self.covariance = covariance
        residuals = measurements.map {
            $0.throughput - ScalabilityFit.point(coefficients, load: $0.load).throughput
        }
        squares = residuals.reduce(0) { $0 + $1 * $1 }
    }

    /// X = γN, without contention and coherency.
    private static func proportional(_ measurements: [ScalabilityLaw.Measurement]) -> ScalabilityFit {
        let squares = measurements.reduce(0) { $0 + $1.load * $1.load }
        let products = measurements.reduce(0) { $0 + $1.load * $1.throughput }
        return ScalabilityFit(
            measurements, coefficients: [products / squares, 0, 0], fitted: [true, false, false],
            covariance: [[1 / squares, 0, 0], [0, 0, 0], [0, 0, 0]])
    }

    /// The fit of some of the coefficients; nil if none is found with σ, κ ≥ 0.
    private static func fit(_ measurements: [ScalabilityLaw.Measurement], fitted: [Bool]) -> ScalabilityFit? {
        let scale = Scale(measurements, fitted: fitted)
        let minima = scale.starts().compactMap { start in
            GSLBridge.leastSquares(measurements: measurements.count, start: start, evaluate: scale.point)
        }
        return minima.map { minimum in
            ScalabilityFit(
                measurements, coefficients: scale.coefficients(minimum.parameters), fitted: fitted,
                covariance: scale.covariance(minimum.covariance))
        }
        .filter { $0.coefficients[0] > 0 && $0.coefficients.allSatisfy { $0.isFinite && $0 >= 0 } }
        .min { $0.squares < $1.squares }
    }
}

/// The fit in parameters without units, all about as large as 1: γ·N/X, σ·N and κ·N² with the largest N and X measured.
private struct Scale {
    let measurements: [ScalabilityLaw.Measurement]
    /// The places of the coefficients that are fitted.
    let places: [Int]
    let load: Double
    let throughput: Double

    init(_ measurements: [ScalabilityLaw.Measurement], fitted: [Bool]) {
        self.measurements = measurements
        places = fitted.indices.filter { fitted[$0] }
        load = measurements.map(\.load).max() ?? 1
        throughput = measurements.map(\.throughput).max() ?? 1
    }

    /// What a parameter of 1 is, for each coefficient.
    private var units: [Double] { [throughput / load, 1 / load, 1 / (load * load)] }

    func coefficients(_ parameters: [Double]) -> [Double] {
        var coefficients = [0.0, 0, 0]
        for (place, parameter) in zip(places, parameters) { coefficients[place] = parameter * units[place] }
        return coefficients
    }

    func covariance(_ scaled: [[Double]]) -> [[Double]] {
        var covariance = [[Double]](repeating: [0, 0, 0], count: 3)
        for (row, values) in zip(places, scaled) {
            for (column, value) in zip(places, values) {
                covariance[row][column] = value * units[row] * units[column] / (throughput * throughput)
            }
        }
        return covariance
    }

    func point(_ parameters: [Double]) -> LeastSquaresPoint {
        let coefficients = coefficients(parameters)
        let points = measurements.map { ScalabilityFit.point(coefficients, load: $0.load) }
        return LeastSquaresPoint(
            residuals: zip(points, measurements).map { point, measurement in
                // A step may jump over a pole of the law, behind which throughputs are negative: nothing to fit there.
                point.throughput > 0 && point.throughput.isFinite
                    ? (point.throughput - measurement.throughput) / throughput : 1e9
            },
            jacobian: points.map { point in
                places.map { point.derivatives[$0] * units[$0] / throughput }
            })
    }

    /// Where to start: N/X is a parabola in N, which is found directly; and a rough guess, should it have no meaning.
    ///
    /// The weights turn errors of N/X into errors of X. The parabola is that of Gunther, "Guerrilla Capacity Planning"
    /// (2007), chapter 5.
    func starts() -> [[Double]] {
        let steepest = measurements.map { $0.throughput / $0.load }.max() ?? 1
        let rough = places.map { $0 == 0 ? steepest / units[0] : $0 == 1 ? 1 : 0.1 }
        let rows = measurements.map { measurement in
            let share = measurement.load / load
            let others = (measurement.load - 1) / load
            let weight = measurement.throughput / throughput * (measurement.throughput / throughput) / share
            return (
                weight: weight, target: share * throughput / measurement.throughput, basis: [1, others, share * others]
            )
        }
        let line = GSLBridge.leastSquares(measurements: rows.count, start: places.map { _ in 0 }) { parameters in
            LeastSquaresPoint(
                residuals: rows.map { row in
                    let value = zip(places, parameters).reduce(0) { $0 + $1.1 * row.basis[$1.0] }
                    return row.weight * (value - row.target)
                },
                jacobian: rows.map { row in places.map { row.weight * row.basis[$0] } })
        }
        guard let line = line?.parameters, line[0] > 0 else { return [rough] }
        let parabola = places.indices.map { $0 == 0 ? 1 / line[0] : max(0, line[$0] / line[0]) }
        return [parabola, rough]
    }
}
