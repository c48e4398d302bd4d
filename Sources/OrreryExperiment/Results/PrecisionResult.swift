/// How precisely a metric is known that runs were added for.
public struct PrecisionResult: Codable, Sendable {
    /// The metric's key.
    public var key: String
    /// The unit of the metric.
    public var unit: String
    /// How large half the 95 % interval was to be beside the mean, at most.
    public var relativeHalfWidth: Double
    /// The most seeds that were to be run.
    public var seedsMax: Int
    /// What is known of each variant.
    public var variants: [Variant]

    /// What is known of a variant.
    public struct Variant: Codable, Sendable {
        /// The variant's name.
        public var name: String
        /// How many seeds have a value.
        public var seeds: Int
        /// The mean over the seeds; nil without values.
        public var mean: Double?
        /// Half the width of the 95 % interval of all seeds; nil for fewer than two values.
        public var halfWidth: Double?
        /// Whether the mean was known precisely enough at one of the looks.
        public var isReached: Bool
    }

    /// The variants that are not known precisely enough.
    public var unreached: [Variant] { variants.filter { !$0.isReached } }
}
