import OrreryKernel
import OrreryModel

/// Writes what was decoded as a YAML text with every default filled in, which decodes to the same again.
enum CanonicalText {
    /// The whole file.
    static func text(of section: DecodedSection, _ spec: SectionSpec) -> String {
        lines(section, spec, indent: "").joined(separator: "\n") + "\n"
    }

    /// A value as one scalar or one flow collection.
    static func scalar(_ value: ParameterValue) -> String {
        switch value {
        case .text(let text): quoted(text)
        case .share(let share): DecimalNumber.text(of: share, shiftedBy: 2) + "%"
        default: value.description
        }
    }

    /// A kind with its parameters, on one line.
    static func inline(_ kind: KindSpec, _ parameters: [DecodedParameter]) -> String {
        let values = parameters.compactMap { parameter in parameter.value.map { "\(parameter.spec.key): \(scalar($0))" }
        }
        return "{ " + (["kind: \(kind.name)"] + values).joined(separator: ", ") + " }"
    }

    /// A constant as its bare quantity, or a kind without parameters as its bare name.
    static func bare(_ kind: KindSpec, _ parameters: [DecodedParameter]) -> String {
        if kind.name == "constant", let value = parameters.first?.value { return scalar(value) }
        return parameters.contains { $0.value != nil } ? inline(kind, parameters) : kind.name
    }

    /// A text as YAML reads it back: bare if it is plain, else in double quotes.
    static func quoted(_ text: String) -> String {
        if isPlain(text) { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\" + String(scalar)
            case " "..."~": quoted.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                quoted += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
            }
        }
        return quoted + "\""
    }

    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, ("a"..."z").contains(first) || ("A"..."Z").contains(first) else {
            return false
        }
        let isWord = text.unicodeScalars.allSatisfy {
            ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
                || [" ", "-", "_", ".", "/"].contains($0)
        }
        let words = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
        return isWord && !text.hasSuffix(" ") && !words.contains(text.lowercased())
    }

    private static func lines(_ section: DecodedSection, _ spec: SectionSpec, indent: String) -> [String] {
        var lines: [String] = []
        if let kind = section.kind { lines.append("\(indent)kind: \(kind.name)") }
        for reference in spec.references {
            if let name = section.references[reference.key] {
                lines.append("\(indent)\(reference.key): \(quotedName(name))")
            }
        }
        for parameter in section.parameters {
            guard let value = parameter.value else { continue }
            lines.append("\(indent)\(parameter.spec.key): \(scalar(value))")
        }
        for inner in spec.sections {
            guard let decoded = section.sections[inner.key] else { continue }
            lines += block(inner.key, self.lines(decoded, inner, indent: indent + "  "), indent: indent)
        }
        for entry in section.entries {
            let inside = SectionSpec("", summary: "", references: spec.references, sections: spec.sections)
            lines += block(
                quotedName(entry.name), self.lines(entry.section, inside, indent: indent + "  "), indent: indent)
        }
        var metrics: [String] = []
        for threshold in section.thresholds where !metrics.contains(threshold.metric) {
            metrics.append(threshold.metric)
        }
        for metric in metrics {
            let conditions = section.thresholds.filter { $0.metric == metric }.map(condition)
            lines.append("\(indent)\(metric): [\(conditions.joined(separator: ", "))]")
        }
        return lines
    }

    /// A condition as a text, or as a mapping if it is not judged on whole runs.
    private static func condition(_ threshold: Threshold) -> String {
        threshold.scope == Threshold.Scope()
            ? quoted(threshold.text) : ThresholdScope.text(threshold.scope, condition: threshold.text)
    }

    /// A key with what is under it.
    private static func block(_ key: String, _ lines: [String], indent: String) -> [String] {
        lines.isEmpty ? ["\(indent)\(key): {}"] : ["\(indent)\(key):"] + lines
    }

    /// A name as a key; quoted where YAML would take it for something else than text.
    private static func quotedName(_ name: String) -> String {
        isPlain(name) ? name : "\"\(name)\""
    }
}
