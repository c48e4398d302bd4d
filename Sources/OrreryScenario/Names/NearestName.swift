/// Finds the known name that somebody probably meant.
public enum NearestName {
    /// The candidate with the fewest slips to the written name, if they are few; of equals, the first.
    ///
    /// A slip is a letter too many, too few, wrong, or swapped with its neighbour; upper and lower case do not count.
    /// Up to a third of the letters may be slips, and at least one.
    public static func find(_ written: String, among candidates: [String]) -> String? {
        let name = Array(written.lowercased().unicodeScalars)
        guard !name.isEmpty, name.count <= 64 else { return nil }
        var best: (name: String, slips: Int)?
        for candidate in candidates where candidate != written {
            let other = Array(candidate.lowercased().unicodeScalars)
            guard other.count <= 64 else { continue }
            let slips = distance(name, other)
            let allowed = max(1, max(name.count, other.count) / 3)
            if slips <= allowed, slips < min(name.count, other.count) || slips == 0, slips < best?.slips ?? .max {
                best = (candidate, slips)
            }
        }
        return best?.name
    }

    /// How many slips lie between two names.
    ///
    /// Source: F. Damerau, "A technique for computer detection and correction of spelling errors", CACM 7 (1964), in
    /// the restricted form in which no part is changed twice.
    static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (row, scalar) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var slips = min(last[column + 1] + 1, current[column] + 1, last[column] + (scalar == other ? 0 : 1))
                if row > 0, column > 0, scalar == right[column - 1], left[row - 1] == other {
                    slips = min(slips, beforeLast[column - 1] + 1)
                }
                current.append(slips)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
