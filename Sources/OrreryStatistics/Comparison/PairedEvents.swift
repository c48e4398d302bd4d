/// How much more or less probable an event is in a second setting than in a first, with the same seeds in both.
///
/// Seeds in which it happens in both, or in neither, say nothing about a change. Of those that differ, half would gain
/// the event and half would lose it if nothing had changed; McNemar's exact test asks how likely as uneven a split is.
///
/// Source: Q. McNemar, "Note on the sampling error of the difference between correlated proportions or percentages",
/// Psychometrika 12 (1947), in its exact form: the sign test of the pairs that differ.
public struct PairedEvents: Sendable, Equatable {
    /// How many seeds are judged in both settings.
    public let pairs: Int
    /// In how many of them it happens in the first setting.
    public let first: Int
    /// In how many of them it happens in the second setting.
    public let second: Int
    /// In how many it happens in the first setting only.
    public let onlyFirst: Int
    /// In how many it happens in the second setting only.
    public let onlySecond: Int

    /// Whether it happened, for each seed of each setting; seeds with only one of both are left out.
    public init(from first: [UInt64: Bool], to second: [UInt64: Bool]) {
        let both = first.keys.sorted().compactMap { seed -> (first: Bool, second: Bool)? in
            guard let one = first[seed], let other = second[seed] else { return nil }
            return (one, other)
        }
        pairs = both.count
        self.first = both.count { $0.first }
        self.second = both.count { $0.second }
        onlyFirst = both.count { $0.first && !$0.second }
        onlySecond = both.count { $0.second && !$0.first }
    }

    /// How likely as large a change is by chance, if there is none: two-sided, in 0…1; 1 where no seed differs.
    public var pValue: Double {
        let differing = UInt32(onlyFirst + onlySecond)
        let fewer = UInt32(min(onlyFirst, onlySecond))
        return min(1, 2 * CumulativeProbability.binomial(fewer, probability: 0.5, trials: differing))
    }
}
