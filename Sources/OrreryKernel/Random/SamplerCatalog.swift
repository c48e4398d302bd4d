/// The kinds of sampler. A new kind is one file in `Samplers/` and one line here.
public enum SamplerCatalog {
    /// All kinds, in the order in which they are listed.
    public static let kinds = Catalog<any Sampler>(
        noun: "distribution",
        kinds: [
            Constant.kind,
            Exponential.kind,
        ])
}
