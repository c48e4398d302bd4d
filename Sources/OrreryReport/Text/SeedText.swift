/// Seeds in a few words.
enum SeedText {
    /// `1: number 7`, `30: 1 to 30`, or the first eight of those that do not follow each other.
    static func words(_ seeds: [UInt64]) -> String {
        guard let first = seeds.first, let last = seeds.last else { return "none" }
        guard seeds.count > 1 else { return "1: number \(first)" }
        let isRun = zip(seeds, seeds.dropFirst()).allSatisfy { $0 < $1 && $1 - $0 == 1 }
        if isRun { return "\(seeds.count): \(first) to \(last)" }
        let shown = seeds.prefix(8).map(String.init).joined(separator: ", ")
        return "\(seeds.count): \(shown)" + (seeds.count > 8 ? " and more" : "")
    }
}
