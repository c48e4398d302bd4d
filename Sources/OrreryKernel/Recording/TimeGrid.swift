/// How a run is cut into bins: equal ones, of which the last may be shorter.
public struct TimeGrid: Codable, Equatable, Sendable {
    /// The width of a bin.
    public let binWidth: Duration
    /// What all bins cover together.
    public let horizon: Duration

    /// A grid; both lengths are positive.
    public init(binWidth: Duration, horizon: Duration) {
        invariant(
            binWidth > .zero && horizon > .zero, "a grid needs bins and a horizon, not \(binWidth) and \(horizon)")
        self.binWidth = binWidth
        self.horizon = horizon
    }

    /// How many bins there are.
    public var count: Int {
        Int((horizon.nanoseconds + binWidth.nanoseconds - 1) / binWidth.nanoseconds)
    }

    /// How long a span of bins lasts.
    public func width(of bins: Range<Int>) -> Duration {
        guard !bins.isEmpty else { return .zero }
        let from = Int64(bins.lowerBound) * binWidth.nanoseconds
        let to = min(horizon.nanoseconds, Int64(bins.upperBound) * binWidth.nanoseconds)
        return Duration(nanoseconds: max(0, to - from))
    }

    /// Reads the lengths, which must be positive.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        binWidth = try container.decode(Duration.self, forKey: .binWidth)
        horizon = try container.decode(Duration.self, forKey: .horizon)
        guard binWidth > .zero, horizon > .zero else {
            throw DecodingError.dataCorruptedError(
                forKey: .binWidth, in: container, debugDescription: "a grid needs bins and a horizon")
        }
    }
}
