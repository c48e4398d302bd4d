/// Every fault of a scenario, in the order of its places.
public struct ScenarioFaults: Error, CustomStringConvertible {
    /// The file's name, as faults show it.
    public let file: String
    /// The faults; at least one.
    public let faults: [ScenarioFault]

    /// The faults that were noted, in the order of their places, each once.
    ///
    /// What is wrong at several points of a sweep, with one value or another, is said for the first of them.
    init(file: String, noted: [ScenarioFault]) {
        self.file = file
        var seen: Set<ScenarioFault> = []
        let unique = noted.filter { fault in
            var anywhere = fault
            if fault.point != nil { (anywhere.point, anywhere.value) = (nil, nil) }
            return seen.insert(anywhere).inserted
        }
        faults = unique.sorted { ($0.place, $0.path, $0.message) < ($1.place, $1.path, $1.message) }
    }

    /// One line for each fault, as a compiler writes them.
    public var description: String { faults.map { $0.line(in: file) }.joined(separator: "\n") }
}

/// Something in a scenario that is wrong: where it stands, what is wrong with it, and what would be right.
public struct ScenarioFault: Hashable, Sendable {
    /// Where it stands.
    public let place: ScenarioPlace
    /// The path of the key it belongs to, for instance `system.workers.count`; empty for the whole file.
    public let path: String
    /// What sort of fault it is.
    public let category: Category
    /// What is wrong, in words that continue the value: "is out of range".
    public let problem: String
    /// The value as it is written, if there is one.
    public var value: String?
    /// What is allowed instead: a range, the units, the names.
    public var allowed: String?
    /// The known name that is most like the written one.
    public var nearest: String?
    /// The point of a sweep at which it appears first; nil where it does not depend on the point.
    public var point: String?

    /// The line in the file, from 1; nil for a fault of an override.
    public var line: Int? {
        if case .file(let line, _) = place { line } else { nil }
    }

    /// The column in the line, from 1, counted in Unicode scalars; nil for a fault of an override.
    public var column: Int? {
        if case .file(_, let column) = place { column } else { nil }
    }

    /// The fault in words, without its place.
    public var message: String {
        var text = path.isEmpty ? "" : path + ": "
        if let value { text += WrittenValue.shown(value) + " " }
        text += problem
        if let allowed { text += ": " + allowed }
        if let nearest { text += "; did you mean '\(nearest)'?" }
        if let point { text += " (at the point \(WrittenValue.shown(point)))" }
        return text
    }

    /// The fault as a compiler would print it: `file.yaml:12:18: error: …`.
    public func line(in file: String) -> String {
        switch place {
        case .file(let line, let column): "\(file):\(line):\(column): error: \(message)"
        case .option(let name, _, let text): "\(name) \(WrittenValue.shown(text)): error: \(message)"
        }
    }

    /// The sorts of fault.
    public enum Category: Sendable {
        /// The text is not YAML, or not YAML that a scenario may use.
        case syntax
        case duplicateKey
        case unknownKey
        /// A required key is not there.
        case missing
        /// A mapping where a scalar should be, and the like.
        case wrongType
        /// A scalar that is not a number, a date, a condition, …
        case malformed
        case unit
        case outOfRange
        /// A kind, a choice, a metric or a reference that does not exist.
        case unknownName
        /// A name that is not in the section it refers to.
        case unknownReference
        /// Values that are each right but do not fit together.
        case inconsistent
        /// A value that has no effect, because a sweep puts others in its place.
        case replaced
    }
}

/// Where a fault stands: in the file, or in an option of the command line.
public enum ScenarioPlace: Hashable, Comparable, Sendable {
    /// A line and a column of the file, both from 1.
    case file(line: Int, column: Int)
    /// The name of an option, its number among those of its name, and its text.
    case option(name: String, number: Int, text: String)

    /// The beginning of the file.
    static let start = ScenarioPlace.file(line: 1, column: 1)

    /// The place in words, for a message about another place.
    var words: String {
        switch self {
        case .file(let line, let column): "line \(line), column \(column)"
        case .option(let name, _, let text): "\(name) \(WrittenValue.shown(text))"
        }
    }
}

/// How messages show what somebody wrote.
enum WrittenValue {
    /// On one line: control characters are escaped, and a long text is cut.
    static func shown(_ text: String) -> String {
        var shown = ""
        for (index, scalar) in text.unicodeScalars.enumerated() {
            if index == 80 { return shown + "…" }
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned:
                shown += "\\u{" + String(scalar.value, radix: 16) + "}"
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return shown.isEmpty ? "''" : shown
    }
}
