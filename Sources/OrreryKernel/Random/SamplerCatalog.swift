/// The kinds of sampler.
///
/// A new kind is one file in `Samplers/` and one line here.
public enum SamplerCatalog {
    /// All kinds, in the order in which they are listed.
    public static let kinds = Catalog<any Sampler>(
        noun: "distribution",
        kinds: [
            Constant.kind,
            Uniform.kind,
            Exponential.kind,
            Normal.kind,
            Lognormal.kind,
            Gamma.kind,
            Erlang.kind,
            HyperExponential.kind,
            Weibull.kind,
            Pareto.kind,
            ParetoExponential.kind,
            Bernoulli.kind,
            Geometric.kind,
            Poisson.kind,
            Zipf.kind,
            Empirical.kind,
        ])
}
