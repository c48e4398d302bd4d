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

/// Distribution functions of the library: the probability that a sample does not exceed a value.
///
/// Tests check samplers by them.
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
