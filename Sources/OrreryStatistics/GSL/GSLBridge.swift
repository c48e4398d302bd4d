import CGSL
import OrreryKernel

/// The GNU Scientific Library behind plain Swift functions: the only file that calls it.
///
/// Its numbers serve reporting and tests, never an event time. Its error handler, which would end the process, is
/// switched off before the first call; an argument outside of a function's domain is a bug of the caller.
public enum GSLBridge {
    /// Switches the library's error handler off, once.
    private static let isQuiet: Bool = {
        unsafe _ = gsl_set_error_handler_off()
        return true
    }()

    /// What the library gives, with its error handler off.
    fileprivate static func checked(_ call: @autoclosure () -> Double, _ name: StaticString) -> Double {
        invariant(isQuiet, "GSL's error handler could not be switched off before \(name)")
        let value = call()
        invariant(!value.isNaN, "GSL's \(name) gave not-a-number")
        return value
    }

    /// The value that a Student-t variable stays below with a probability in 0…1; the degrees of freedom are positive.
    public static func studentQuantile(_ probability: Double, freedom: Double) -> Double {
        invariant(
            probability > 0 && probability < 1 && freedom > 0,
            "no Student-t quantile for \(probability) and \(freedom) degrees of freedom")
        return checked(gsl_cdf_tdist_Pinv(probability, freedom), "tdist_Pinv")
    }

    /// The probability that a Student-t variable exceeds a value; the degrees of freedom are positive.
    public static func studentTail(_ value: Double, freedom: Double) -> Double {
        invariant(!value.isNaN && freedom > 0, "no Student-t tail for \(value) and \(freedom) degrees of freedom")
        return checked(gsl_cdf_tdist_Q(value, freedom), "tdist_Q")
    }

    /// The value that a beta variable stays below with a probability in 0…1; both shapes are positive.
    public static func betaQuantile(_ probability: Double, _ first: Double, _ second: Double) -> Double {
        invariant(
            (0...1).contains(probability) && first > 0 && second > 0,
            "no beta quantile for \(probability), \(first) and \(second)")
        return checked(gsl_cdf_beta_Pinv(probability, first, second), "beta_Pinv")
    }

    /// The probability that a chi-square variable exceeds a value.
    public static func chiSquareTail(_ value: Double, freedom: Double) -> Double {
        invariant(value >= 0 && freedom > 0, "no chi-square tail for \(value) and \(freedom)")
        return checked(gsl_cdf_chisq_Q(value, freedom), "chisq_Q")
    }

    /// The probability that a standard normal variable exceeds a value.
    public static func normalTail(_ value: Double) -> Double {
        checked(gsl_cdf_ugaussian_Q(value), "ugaussian_Q")
    }
}

extension GSLBridge {
    /// The powers of a real series at its Fourier frequencies, from one cycle in the whole series to one in two values.
    ///
    /// The power at k cycles is |Σ xⱼ e^(−2πi jk ÷ n)|² ÷ n, for k from 1 to n ÷ 2, both rounded down.
    static func spectrum(_ values: [Double]) -> [Double] {
        invariant(isQuiet, "GSL's error handler could not be switched off before fft_real")
        let count = values.count
        guard count > 1 else { return [] }
        guard let table = unsafe gsl_fft_real_wavetable_alloc(count),
            let workspace = unsafe gsl_fft_real_workspace_alloc(count)
        else { violation("no memory for a spectrum of \(count) values") }
        defer {
            unsafe gsl_fft_real_wavetable_free(table)
            unsafe gsl_fft_real_workspace_free(workspace)
        }
        var packed = values
        let status = unsafe packed.withUnsafeMutableBufferPointer {
            unsafe gsl_fft_real_transform($0.baseAddress, 1, count, table, workspace)
        }
        invariant(status == 0, "GSL's fft_real_transform gave \(status)")
        // Half complex: the mean, then real and imaginary parts in turn; an even series ends with a real part alone.
        return (1...count / 2).map { cycles in
            let real = packed[2 * cycles - 1]
            let imaginary = 2 * cycles < count ? packed[2 * cycles] : 0
            return (real * real + imaginary * imaginary) / Double(count)
        }
    }
}

/// What a model leaves of measurements at one choice of its parameters.
struct LeastSquaresPoint {
    /// Model − measured, for each measurement.
    let residuals: [Double]
    /// For each measurement the derivatives of its residual by the parameters.
    let jacobian: [[Double]]
}

/// Where a sum of squares is smallest.
struct LeastSquaresMinimum {
    /// The parameters there.
    let parameters: [Double]
    /// (JᵀJ)⁻¹ there: the covariance of the parameters for measurements with a variance of 1.
    let covariance: [[Double]]
}

extension GSLBridge {
    /// The parameters that make the sum of squared residuals smallest, by a trust-region method (Levenberg and
    /// Marquardt); nil if it finds none from this start.
    ///
    /// There are at least as many measurements as parameters. What `evaluate` gives must be finite.
    static func leastSquares(
        measurements: Int, start: [Double], evaluate: @escaping ([Double]) -> LeastSquaresPoint
    ) -> LeastSquaresMinimum? {
        invariant(isQuiet, "GSL's error handler could not be switched off before multifit_nlinear")
        invariant(measurements >= start.count, "\(start.count) parameters cannot be fitted to \(measurements) values")
        var settings = unsafe gsl_multifit_nlinear_default_parameters()
        guard
            let workspace = unsafe gsl_multifit_nlinear_alloc(
                orrery_trust_region(), &settings, measurements, start.count),
            let position = unsafe gsl_vector_alloc(start.count),
            let covariance = unsafe gsl_matrix_alloc(start.count, start.count)
        else { violation("no memory for a fit of \(measurements) measurements") }
        defer {
            unsafe gsl_multifit_nlinear_free(workspace)
            unsafe gsl_vector_free(position)
            unsafe gsl_matrix_free(covariance)
        }
        for (place, value) in start.enumerated() { unsafe gsl_vector_set(position, place, value) }
        let model = LeastSquaresModel(parameters: start.count, evaluate: evaluate)
        var system = unsafe gsl_multifit_nlinear_fdf()
        unsafe system.f = { unsafe LeastSquaresModel.writeResiduals($0, $1, $2) }
        unsafe system.df = { unsafe LeastSquaresModel.writeJacobian($0, $1, $2) }
        unsafe system.n = measurements
        unsafe system.p = start.count
        unsafe system.params = Unmanaged.passUnretained(model).toOpaque()
        let found = withExtendedLifetime(model) {
            var reason: Int32 = 0
            guard unsafe gsl_multifit_nlinear_init(position, &system, workspace) == 0 else {
                return false
            }
            // A step that makes no progress any more has arrived as far as the numbers allow.
            let status = unsafe gsl_multifit_nlinear_driver(500, 1e-12, 1e-14, 0, nil, nil, &reason, workspace)
            guard status == 0 || status == Int32(GSL_ENOPROG) else { return false }
            return unsafe gsl_multifit_nlinear_covar(gsl_multifit_nlinear_jac(workspace), 0, covariance)
                == 0
        }
        guard found else { return nil }
        let result = unsafe gsl_multifit_nlinear_position(workspace)
        return LeastSquaresMinimum(
            parameters: start.indices.map { unsafe gsl_vector_get(result, $0) },
            covariance: start.indices.map { row in
                start.indices.map { unsafe gsl_matrix_get(covariance, row, $0) }
            })
    }
}

/// A model behind the pointer that the library hands back to its callbacks.
private final class LeastSquaresModel {
    private let parameters: Int
    private let evaluate: ([Double]) -> LeastSquaresPoint

    init(parameters: Int, evaluate: @escaping ([Double]) -> LeastSquaresPoint) {
        self.parameters = parameters
        self.evaluate = evaluate
    }

    static func writeResiduals(
        _ position: UnsafePointer<gsl_vector>?, _ model: UnsafeMutableRawPointer?,
        _ output: UnsafeMutablePointer<gsl_vector>?
    ) -> Int32 {
        guard let point = unsafe point(position, model) else { return Int32(GSL_EFAULT) }
        for (row, residual) in point.residuals.enumerated() { unsafe gsl_vector_set(output, row, residual) }
        return 0
    }

    static func writeJacobian(
        _ position: UnsafePointer<gsl_vector>?, _ model: UnsafeMutableRawPointer?,
        _ output: UnsafeMutablePointer<gsl_matrix>?
    ) -> Int32 {
        guard let point = unsafe point(position, model) else { return Int32(GSL_EFAULT) }
        for (row, derivatives) in point.jacobian.enumerated() {
            for (column, derivative) in derivatives.enumerated() {
                unsafe gsl_matrix_set(output, row, column, derivative)
            }
        }
        return 0
    }

    private static func point(
        _ position: UnsafePointer<gsl_vector>?, _ model: UnsafeMutableRawPointer?
    ) -> LeastSquaresPoint? {
        guard let model = unsafe model else { return nil }
        let problem = unsafe Unmanaged<LeastSquaresModel>.fromOpaque(model).takeUnretainedValue()
        return problem.evaluate((0..<problem.parameters).map { unsafe gsl_vector_get(position, $0) })
    }
}

/// Distribution functions of the library: the probability that a sample does not exceed a value.
///
/// Tests check samplers by them; McNemar's exact test needs the binomial one.
public enum CumulativeProbability {
    /// Between two bounds.
    public static func uniform(_ x: Double, _ minimum: Double, _ maximum: Double) -> Double {
        GSLBridge.checked(gsl_cdf_flat_P(x, minimum, maximum), "flat_P")
    }

    /// With a mean.
    public static func exponential(_ x: Double, mean: Double) -> Double {
        GSLBridge.checked(gsl_cdf_exponential_P(x, mean), "exponential_P")
    }

    /// Around zero, with a standard deviation.
    public static func normal(_ x: Double, deviation: Double) -> Double {
        GSLBridge.checked(gsl_cdf_gaussian_P(x, deviation), "gaussian_P")
    }

    /// With the mean and the standard deviation of the logarithm.
    public static func lognormal(_ x: Double, location: Double, deviation: Double) -> Double {
        GSLBridge.checked(gsl_cdf_lognormal_P(x, location, deviation), "lognormal_P")
    }

    /// With a shape and a scale.
    public static func gamma(_ x: Double, shape: Double, scale: Double) -> Double {
        GSLBridge.checked(gsl_cdf_gamma_P(x, shape, scale), "gamma_P")
    }

    /// With a scale and a shape.
    public static func weibull(_ x: Double, scale: Double, shape: Double) -> Double {
        GSLBridge.checked(gsl_cdf_weibull_P(x, scale, shape), "weibull_P")
    }

    /// With a smallest value and a shape.
    public static func pareto(_ x: Double, minimum: Double, shape: Double) -> Double {
        GSLBridge.checked(gsl_cdf_pareto_P(x, shape, minimum), "pareto_P")
    }

    /// Of a count with a mean.
    public static func poisson(_ count: UInt32, mean: Double) -> Double {
        GSLBridge.checked(gsl_cdf_poisson_P(count, mean), "poisson_P")
    }

    /// Of a number of failures before the first success.
    public static func geometric(_ failures: UInt32, probability: Double) -> Double {
        GSLBridge.checked(gsl_cdf_geometric_P(failures + 1, probability), "geometric_P")
    }

    /// Of a number of successes in trials.
    public static func binomial(_ successes: UInt32, probability: Double, trials: UInt32) -> Double {
        GSLBridge.checked(gsl_cdf_binomial_P(successes, probability, trials), "binomial_P")
    }
}
