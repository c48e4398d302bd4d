public import OrreryKernel

extension ParameterSpec {
    /// The values that are allowed, in words: a range, for a distribution that of its mean; nil if everything is.
    public var allowedText: String? {
        guard let words = range.words(dimension) else { return nil }
        if case .distribution(_) = dimension { return "mean " + words }
        return words
    }
}

extension ParameterRange {
    /// The range in words, in the units of a dimension; nil if it has no ends.
    func words(_ dimension: Dimension) -> String? {
        let limit = ParameterRange.limit(dimension)
        let lower = minimum.flatMap { minimum in
            minimum < -limit
                ? nil : (includesMinimum ? "at least " : "more than ") + ParameterRange.text(minimum, dimension)
        }
        let upper = maximum.flatMap { maximum in
            maximum > limit ? nil : "at most " + ParameterRange.text(maximum, dimension)
        }
        let words = [lower, upper].compactMap(\.self).joined(separator: " and ")
        return words.isEmpty ? nil : words
    }

    /// Whether everything is allowed.
    var isEverything: Bool { minimum == nil && maximum == nil }

    /// The largest magnitude that has a text in the units of a dimension; an end beyond it is no end in practice.
    private static func limit(_ dimension: Dimension) -> Double {
        switch dimension {
        case .duration: Duration.limit.seconds
        case .size, .rate: 0x1p62
        case .distribution(let inner): limit(inner)
        case .count, .number, .share, .sampled, .date, .choice, .text, .numbers: .infinity
        }
    }

    /// A magnitude in the units of a dimension.
    private static func text(_ magnitude: Double, _ dimension: Dimension) -> String {
        let whole = Int64(min(max(magnitude, -9.2e18), 9.2e18))
        return switch dimension {
        case .duration: Duration(seconds: magnitude).description
        case .size: ByteCount(whole).description
        case .rate: DataRate(bitsPerSecond: whole).description
        case .count: magnitude >= 0x1p63 ? String(Int.max) : String(whole)
        case .share: DecimalNumber.text(of: magnitude, shiftedBy: 2) + "%"
        case .distribution(let inner): text(magnitude, inner)
        case .number, .sampled, .date, .choice, .text, .numbers: DecimalText.trimmed(magnitude)
        }
    }
}
