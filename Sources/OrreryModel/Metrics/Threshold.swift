/// A condition on a metric that a scenario demands, for instance `p(99) < 2s` on `delivery.latency`.
public struct Threshold: Hashable, Sendable {
    /// The key of the metric in the catalog.
    public let metric: String
    /// What is made of the metric's values.
    public let aggregation: Aggregation
    /// How the aggregate must compare with the limit.
    public let comparison: Comparison
    /// The limit in the base unit: seconds, a share from 0 to 1, or a plain number.
    public let limit: Double
    /// The condition as the scenario states it.
    public let text: String

    /// A condition from its parts.
    public init(metric: String, aggregation: Aggregation, comparison: Comparison, limit: Double, text: String) {
        self.metric = metric
        self.aggregation = aggregation
        self.comparison = comparison
        self.limit = limit
        self.text = text
    }

    /// What is made of the values of a metric before they are compared.
    public enum Aggregation: Hashable, Sendable {
        /// The value that this share of all values, from 0 to 1, does not exceed.
        case percentile(Double)
        case mean
        case maximum
        case minimum
        case count

        /// The aggregations that a metric of some form allows, as a scenario writes them.
        public static func names(for form: MetricForm) -> [String] {
            switch form {
            case .distribution: ["p(99)", "mean", "max", "min", "count"]
            case .count: ["count"]
            case .level: ["mean", "max", "min"]
            }
        }
    }

    /// How an aggregate is compared with a limit.
    public enum Comparison: String, CaseIterable, Sendable {
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case equal = "=="
        case unequal = "!="

        /// Whether an observed value meets the limit; not-a-number never does.
        public func holds(_ observed: Double, _ limit: Double) -> Bool {
            switch self {
            case .less: observed < limit
            case .lessOrEqual: observed <= limit
            case .greater: observed > limit
            case .greaterOrEqual: observed >= limit
            case .equal: observed == limit
            case .unequal: observed < limit || observed > limit
            }
        }
    }
}
