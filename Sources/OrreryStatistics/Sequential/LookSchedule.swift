import OrreryKernel

/// After how many replications a decision may be made: at a floor, then each time half as many more, up to a ceiling.
///
/// Whoever looks after every single replication stops when chance looks best. Few looks at sizes that grow by half cost
/// at most half of the replications more than were needed, and keep the error of stopping small.
public struct LookSchedule: Sendable, Equatable {
    /// The sizes at which to look, ascending; the first is the floor and the last the ceiling.
    public let sizes: [Int]

    /// From how many values on it means something that all of them are equal.
    ///
    /// A value that one replication in twenty does not share hides from fewer than 59 replications with a probability
    /// of more than 5 % (0.95⁵⁹ = 0.048). Before, equal values decide nothing, unless the ceiling ends all looking.
    public static let equalValuesMin = 59

    /// Looks from a floor, at least 2, to a ceiling, at least the floor.
    public init(floor: Int = 10, ceiling: Int = 200) {
        invariant(floor >= 2 && ceiling >= floor, "no looks from \(floor) to \(ceiling) replications")
        var sizes: [Int] = []
        var size = floor
        while size < ceiling {
            sizes.append(size)
            size += (size + 1) / 2
        }
        self.sizes = sizes + [ceiling]
    }

    /// The fewest replications after which a decision may be made.
    public var floor: Int { sizes[0] }
    /// The most replications that are made.
    public var ceiling: Int { sizes[sizes.count - 1] }

    /// Whether these values, seen at a look, are all the same and too few for that to mean something.
    func isChance(_ values: ArraySlice<Double>) -> Bool {
        guard values.count < min(LookSchedule.equalValuesMin, ceiling) else { return false }
        return values.allSatisfy { $0 == values.first }
    }
}
