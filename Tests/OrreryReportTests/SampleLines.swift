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
            if line.hasPrefix("#"), let match = line.wholeMatch(of: /# (TYPE|UNIT|HELP) ([a-z_][a-z0-9_]*) (.*)/) {
                let (kind, name, rest) = (match.1, String(match.2), String(match.3))
                if kind == "TYPE" {
                    guard types[name] == nil else { throw Flaw(description: "\(name) comes twice: \(line)") }
                    (family, types[name]) = (name, rest)
                }
                let isUnit = kind != "UNIT" || name.hasSuffix("_" + rest)
                guard name == family, isUnit else { throw Flaw(description: line) }
                continue
            }
            let parts = line.split(separator: "{", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let end = SampleLines.endOfLabels(parts[1]) else {
                throw Flaw(description: "no sample: \(line)")
            }
            let numbers = parts[1][end...].dropFirst().split(separator: " ").map { Double($0) }
            guard (1...2).contains(numbers.count), let value = numbers[0], value.isFinite else {
                throw Flaw(description: "no number: \(line)")
            }
            let (name, labels) = (String(parts[0]), String(parts[1][..<end]))
            let suffix = types[family] == "counter" ? "_total" : ""
            guard name == family + suffix else { throw Flaw(description: "out of place: \(line)") }
            let series = "\(name){\(labels)}"
            let time = numbers.count == 2 ? numbers[1] : nil
            if numbers.count == 2 {
                guard let time else { throw Flaw(description: "no time: \(line)") }
                guard time > last[series] ?? -.infinity else { throw Flaw(description: "goes back: \(line)") }
                last[series] = time
            }
            samples.append(Sample(name: name, labels: labels, value: value, time: time))
        }
    }

    /// Where the labels of a sample end; nil if they are not names with texts in quotes.
    private static func endOfLabels(_ text: Substring) -> Substring.Index? {
        var place = text.startIndex
        while place < text.endIndex, text[place] != "}" {
            guard let quote = text[place...].firstIndex(of: "\""), text[place..<quote].last == "=" else { return nil }
            let isName = text[place..<quote].dropLast().allSatisfy {
                $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_")
            }
            guard isName, text[place].isLetter || text[place] == "_" else { return nil }
            place = text.index(after: quote)
            while place < text.endIndex, text[place] != "\"" {
                if text[place] == "\\" {
                    place = text.index(after: place)
                    guard place < text.endIndex, "\\\"n".contains(text[place]) else { return nil }
                }
                place = text.index(after: place)
            }
            guard place < text.endIndex else { return nil }
            place = text.index(after: place)
            if place < text.endIndex, text[place] == "," { place = text.index(after: place) }
        }
        return place < text.endIndex ? place : nil
    }

    /// The samples of a name, in order.
    subscript(name: String) -> [Sample] { samples.filter { $0.name == name } }
}
