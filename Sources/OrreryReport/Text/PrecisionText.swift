import OrreryExperiment

/// How precisely a metric is known, in words.
enum PrecisionText {
    /// The sentence for a result whose seeds were added for a precision; nil for any other.
    static func sentence(_ result: ExperimentResult) -> String? {
        guard let precision = result.precision else { return nil }
        let parts = precision.variants.map { variant in
            let name = precision.variants.count == 1 ? "" : "\(variant.name): "
            guard let mean = variant.mean, let halfWidth = variant.halfWidth else { return "\(name)no data" }
            let share = mean == 0 ? "around zero" : "± \(Quantity.share(halfWidth / mean.magnitude))"
            return "\(name)\(share)\(variant.isReached ? "" : ", not reached")"
        }
        let seeds = result.seeds.count
        return "\(precision.key) to ± \(Quantity.share(precision.relativeHalfWidth)) after \(seeds) seeds, at most "
            + "\(precision.seedsMax) (\(parts.joined(separator: "; ")))"
    }
}
