/// Counts, or highest levels, by bin: a series that nothing is added to any more.
public struct CountCourse: Codable, Equatable, Sendable {
    /// One number a bin.
    public let bins: [Int64]

    /// A course of these numbers.
    public init(_ bins: [Int64]) { self.bins = bins }

    /// What a series holds.
    public init(_ series: CountSeries) { bins = Array(series.bins) }

    /// Writes the numbers as one short text.
    public func encode(to encoder: any Encoder) throws {
        try PackedIntegers.encode(bins.map { Int128($0) }, to: encoder)
    }

    /// Reads what `encode` wrote.
    public init(from decoder: any Decoder) throws {
        bins = try PackedIntegers.decode(from: decoder).map { number in
            guard let exact = Int64(exactly: number) else {
                throw DecodingError.dataCorrupted(
                    .init(codingPath: decoder.codingPath, debugDescription: "a count is out of range"))
            }
            return exact
        }
    }
}
