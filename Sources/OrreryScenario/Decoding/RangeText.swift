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
        let lower = minimum.map { (includesMinimum ? "at least " : "more than ") + ParameterRange.text($0, dimension) }
        let upper = maximum.map { "at most " + ParameterRange.text($0, dimension) }
        let words = [lower, upper].compactMap(\.self).joined(separator: " and ")
        return words.isEmpty ? nil : words
    }

    /// Whether everything is allowed.
    var isEverything: Bool { minimum == nil && maximum == nil }

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
