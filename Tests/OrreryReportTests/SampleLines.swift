import Foundation

/// A text in the format of OpenMetrics, taken apart by its rules as a strict reader would.
struct SampleLines {
    /// One sample.
    struct Sample {
        var name: String
        var labels: String
        var value: Double
        var time: Double?
    }

    /// What is wrong, and in which line.
    struct Flaw: Error, CustomStringConvertible {
        var description: String
    }

    private(set) var samples: [Sample] = []
    private(set) var types: [String: String] = [:]

    /// Reads a text; fails at the first line that breaks a rule.
    init(_ text: String) throws {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.popLast() == "", lines.popLast() == "# EOF" else { throw Flaw(description: "no # EOF at the end") }
        var family = ""
        var last: [String: Double] = [:]
        for line in lines {
            if let match = line.wholeMatch(of: /# (TYPE|UNIT|HELP) ([a-z_][a-z0-9_]*) (.*)/) {
                let (kind, name, rest) = (match.1, String(match.2), String(match.3))
                if kind == "TYPE" {
                    guard types[name] == nil else { throw Flaw(description: "\(name) comes twice: \(line)") }
                    (family, types[name]) = (name, rest)
                }
                let isUnit = kind != "UNIT" || name.hasSuffix("_" + rest)
                guard name == family, isUnit else { throw Flaw(description: line) }
                continue
            }
            let pattern = /([a-z_][a-z0-9_]*)\{((?:[a-z_][a-zA-Z0-9_]*="(?:[^"\\]|\\["\\n])*",?)*)\} (\S+)(?: (\S+))?/
            guard let match = line.wholeMatch(of: pattern), let value = Double(match.3), value.isFinite else {
                throw Flaw(description: "no sample: \(line)")
            }
            let time = match.4.map { Double($0) }
            let suffix = types[family] == "counter" ? "_total" : ""
            guard match.1 == family + suffix, time != .some(nil) else { throw Flaw(description: line) }
            let series = "\(match.1){\(match.2)}"
            if let time = time ?? nil {
                guard time > last[series] ?? -.infinity else { throw Flaw(description: "goes back: \(line)") }
                last[series] = time
            }
            samples.append(
                Sample(name: String(match.1), labels: String(match.2), value: value, time: time ?? nil))
        }
    }

    /// The samples of a name, in order.
    subscript(name: String) -> [Sample] { samples.filter { $0.name == name } }
}
