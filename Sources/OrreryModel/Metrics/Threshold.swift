public import OrreryKernel

/// A condition on a metric that a scenario demands, for instance `p(99) < 2s` on `delivery.latency`.
public struct Threshold: Hashable, Sendable {
    /// The key of the metric in the catalog.
    public let metric: String
    /// What is made of the metric's values.
    public let aggregation: Aggregation
    /// How the aggregate must compare with the limit.
    public let comparison: Comparison
    /// What it is compared with.
    public let limit: Limit
    /// The condition as the scenario states it.
    public let text: String
    /// On what of the run it is judged, and in how many runs it must hold.
    public let scope: Scope

    /// A condition from its parts.
    public init(
        metric: String, aggregation: Aggregation, comparison: Comparison, limit: Limit, text: String,
        scope: Scope = Scope()
    ) {
        self.metric = metric
        self.aggregation = aggregation
        self.comparison = comparison
        self.limit = limit
        self.text = text
        self.scope = scope
    }

    /// What an aggregate is compared with.
    public enum Limit: Hashable, Sendable {
        /// A number in the base unit: seconds, a share from 0 to 1, or a plain number.
        case value(Double)
        /// The same aggregate in a stored result, times a factor: 1.05 for `@baseline + 5%`.
        case baseline(factor: Double)
    }

    /// On what a condition is judged; with nothing stated, on each run since its warm-up.
    public struct Scope: Hashable, Sendable {
        /// From when to when, counted from the start of the run; nil for all of it.
        public var during: Span?
        /// The length of a window that slides over that time, of which the worst counts; nil for no window.
        public var window: Duration?
        /// The share of the seeds, from 0 to 1, in which it must hold by itself; nil to judge all seeds together.
        public var seeds: Double?

        /// A scope from its parts.
        public init(during: Span? = nil, window: Duration? = nil, seeds: Double? = nil) {
            self.during = during
            self.window = window
            self.seeds = seeds
        }

        /// Whether it needs the course of a metric over time.
        public var needsCourse: Bool { during != nil || window != nil }

        /// In words, as the rest of a condition; empty for a whole run.
        public var text: String {
            var words: [String] = []
            if let during { words.append("during \(during.text)") }
            if let window { words.append("in the worst \(window)") }
            if let seeds {
                words.append("in at least \(DecimalText.trimmed((seeds * 1e11).rounded() / 1e9))% of the seeds")
            }
            return words.joined(separator: ", ")
        }
    }

    /// A span of a run, both ends counted from its start.
    public struct Span: Hashable, Sendable {
        /// Where it begins.
        public let start: Duration
        /// Where it ends; later than its beginning.
        public let end: Duration

        /// A span; its end must be later than its beginning.
        public init(start: Duration, end: Duration) {
            invariant(.zero <= start && start < end, "a span cannot go from \(start) to \(end)")
            self.start = start
            self.end = end
        }

        /// As a scenario writes it: `8m..15m`.
        public var text: String { "\(start)..\(end)" }
    }

    /// What is made of the values of a metric before they are compared.
    public enum Aggregation: Hashable, Sendable {
        /// The value that this share of all values, from 0 to 1, does not exceed.
        case percentile(Double)
        case mean
        case maximum
        case minimum
        case count
        /// How likely a run is to be of a class, as far as the runs show it.
        case probability

        /// The aggregations that a metric of some form allows, as a scenario writes them.
        public static func names(for form: MetricForm) -> [String] {
            switch form {
            case .distribution: ["p(99)", "mean", "max", "min", "count"]
            case .count: ["count"]
            case .level: ["mean", "max", "min"]
            case .outcome: ["probability"]
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

        /// Whether the limit bounds from above.
        public var isUpper: Bool { self == .less || self == .lessOrEqual }

        /// Whether the limit bounds from below.
        public var isLower: Bool { self == .greater || self == .greaterOrEqual }

        /// How far a value is on the wrong side of a limit: of two values, the worse has more.
        public func badness(_ observed: Double, _ limit: Double) -> Double {
            switch self {
            case .less, .lessOrEqual: observed - limit
            case .greater, .greaterOrEqual: limit - observed
            case .equal: (observed - limit).magnitude
            case .unequal: -(observed - limit).magnitude
            }
        }
    }
}
