/// A level by bin, exactly: a series that nothing is added to any more.
public struct LevelCourse: Codable, Equatable, Sendable {
    /// The area under the level, in nanoseconds × level, one a bin.
    public let areas: [Int128]

    /// A course of these areas.
    public init(areas: [Int128]) { self.areas = areas }

    /// What a series holds.
    public init(_ series: LevelSeries) { areas = Array(series.areas) }

    /// The mean level over a span of bins; zero over none.
    public func mean(over bins: Range<Int>, of grid: TimeGrid) -> Double {
        let width = grid.width(of: bins).nanoseconds
        return width > 0 ? Double(areas[bins].reduce(0, +)) / Double(width) : 0
    }

    /// The mean level of each bin.
    public func means(on grid: TimeGrid) -> [Double] {
        areas.indices.map { mean(over: $0..<$0 + 1, of: grid) }
    }

    /// The levels of both together.
    public static func + (left: LevelCourse, right: LevelCourse) -> LevelCourse {
        LevelCourse(areas: zip(left.areas, right.areas).map(+))
    }

    /// Writes the areas as one short text.
    public func encode(to encoder: any Encoder) throws { try PackedIntegers.encode(areas, to: encoder) }

    /// Reads what `encode` wrote.
    public init(from decoder: any Decoder) throws { areas = try PackedIntegers.decode(from: decoder) }
}
