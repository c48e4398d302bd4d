/// The ranges of sampled quantities: so wide that they forbid nothing real, and bounded so that every sample stays
/// finite.
extension ParameterRange {
    static let sampledAny = ParameterRange.within(-1e100...1e100)
    static let sampledNonNegative = ParameterRange.within(0...1e100)
    static let sampledPositive = ParameterRange.above(0, upTo: 1e100)
    /// Coefficients of variation: the standard deviation relative to the mean.
    static let variation = ParameterRange.within(0...1000)
}

/// What the kinds that sample plain numbers (counts, ranks, listed values) are multiplied by.
///
/// So `{ kind: poisson, mean: 3, unit: 20s }` is a duration and `{ kind: zipf, size: 100, exponent: 1, unit: 1MB }` a
/// size.
enum SampledUnit {
    static let parameter = Parameter<SampledQuantity>(
        optional: "unit", range: .sampledNonNegative,
        summary: "what a sample of 1 stands for; if left out 1 s, 1 byte, or 1")

    static func amount(_ values: ParameterValues) -> Double { values[optional: parameter]?.amount ?? 1 }
}
