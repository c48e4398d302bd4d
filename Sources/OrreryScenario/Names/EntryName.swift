/// The rules for names that a scenario gives: of sites, groups, streams and variants.
enum EntryName {
    /// The rule in words.
    static let rule = "letters, digits, '-' and '_', at most 64 of them"
    /// The rule as a regular expression.
    static let pattern = "^[A-Za-z0-9_-]{1,64}$"

    /// Whether a name follows the rule.
    ///
    /// Names become parts of paths, so they hold no dots.
    static func isValid(_ name: String) -> Bool {
        guard (1...64).contains(name.utf8.count) else { return false }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }
}
