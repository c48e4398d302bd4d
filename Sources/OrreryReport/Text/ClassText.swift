import OrreryExperiment

/// What became of the runs of a variant, in words, the same in the page and in the terminal.
enum ClassText {
    /// `8 of 10 collapsed`, or for a single run `collapsed`; nil for a class that no run has.
    static func count(_ result: ClassResult) -> String? {
        guard result.runs > 0 else { return nil }
        return result.classed == 1 ? result.name : "\(result.runs) of \(result.classed) \(result.name)"
    }

    /// `44.4 % … 97.5 %`: the interval of the probability.
    static func interval(_ result: ClassResult) -> String {
        guard let lower = result.lower, let upper = result.upper else { return Numerals.absent }
        return "\(Quantity.share(lower)) … \(Quantity.share(upper))"
    }

    /// The classes that runs have, the most frequent first.
    static func seen(_ variant: VariantResult) -> [ClassResult] {
        let seen = variant.classes.filter { $0.runs > 0 }
        return seen.indices.sorted { (-seen[$0].runs, $0) < (-seen[$1].runs, $1) }.map { seen[$0] }
    }

    /// All classes that runs have, each with the interval of its probability where there are several runs.
    static func summary(_ variant: VariantResult) -> String {
        let words = seen(variant).compactMap { result -> String? in
            count(result).map { $0 + (result.classed > 1 ? " (P \(interval(result)))" : "") }
        }
        return words.isEmpty ? "nothing to class" : words.joined(separator: ", ")
    }
}
