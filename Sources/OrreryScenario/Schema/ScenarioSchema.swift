import OrreryKernel
import OrreryModel

/// The JSON Schema (draft-07) of scenario files, for completion and checks in editors.
///
/// It is made of the same declarations as the decoder. What a schema cannot say, such as that a site exists, it leaves
/// to the decoder.
public enum ScenarioSchema {
    /// The schema as JSON text; always the same for the same version.
    public static let text = schema.text()

    private static var schema: JSONValue {
        let root = ScenarioStructure.root
        let (properties, required) = members(of: root, isPartial: false)
        return .object([
            ("$schema", .string("http://json-schema.org/draft-07/schema#")),
            ("title", .string("Orrery scenario, version \(ScenarioStructure.version)")),
            ("description", .string(root.summary)),
            ("type", .string("object")),
            ("properties", .object(properties)),
            ("required", .array(required.map { .string($0) })),
            ("additionalProperties", .bool(false)),
            ("definitions", .object(definitions)),
        ])
    }

    /// The distributions of every dimension that has parameters, whole ones and parts for overlays.
    private static var definitions: [(String, JSONValue)] {
        var definitions: [(String, JSONValue)] = []
        for spec in ScenarioStructure.sections.flatMap({ $0.parameters + $0.kinds.flatMap(\.parameters) }) {
            guard case .distribution(let dimension) = spec.dimension else { continue }
            for isPartial in [false, true] {
                let name = definitionName(dimension, isPartial: isPartial)
                if definitions.contains(where: { $0.0 == name }) { continue }
                definitions.append((name, distribution(of: dimension, isPartial: isPartial)))
            }
        }
        return definitions
    }

    private static func definitionName(_ dimension: Dimension, isPartial: Bool) -> String {
        (isPartial ? "part-of-distribution-of-" : "distribution-of-")
            + dimension.phrase.split(separator: " ").joined(separator: "-")
    }

    /// A bare quantity, the bare name of a kind, or a mapping with a kind.
    private static func distribution(of dimension: Dimension, isPartial: Bool) -> JSONValue {
        let bare = JSONValue.object(form(dimension, .any, isPartial: isPartial, sampled: dimension))
        let names = ScenarioStructure.distributions.filter(\.mayBeBare).map { JSONValue.string($0.name) }
        let kinds = ScenarioStructure.distributions.map {
            kind($0, needsName: !isPartial, isPartial: isPartial, sampled: dimension)
        }
        return .object([("anyOf", .array([bare] + (names.isEmpty ? [] : [.object([("enum", .array(names))])]) + kinds))]
        )
    }

    /// The properties of a mapping and the names of the required ones.
    ///
    /// Nothing is required in a partial one, which is an overlay.
    private static func members(
        of section: SectionSpec, isPartial: Bool
    ) -> (properties: [(String, JSONValue)], required: [String]) {
        var properties: [(String, JSONValue)] = []
        for reference in section.references {
            properties.append(
                (reference.key, .object([("description", .string(reference.summary)), ("type", .string("string"))])))
        }
        properties += section.parameters.map { ($0.key, value($0, isPartial: isPartial, sampled: .number)) }
        properties += section.sections.map { ($0.key, self.section($0, isPartial: isPartial)) }
        if isPartial { return (properties, []) }
        let parameters = section.parameters.filter(\.isRequired).map(\.key)
        let sections = section.sections.filter { isRequired($0) && $0.rival == nil }.map(\.key)
        return (properties, section.references.map(\.key) + parameters + sections)
    }

    /// Whether a file must hold a section, because something in it has no default.
    private static func isRequired(_ section: SectionSpec) -> Bool {
        guard case .mapping = section.form, !section.isOptional else { return false }
        return section.parameters.contains(where: \.isRequired) || section.sections.contains(where: isRequired)
    }

    private static func section(_ section: SectionSpec, isPartial: Bool) -> JSONValue {
        let description = ("description", JSONValue.string(section.summary))
        switch section.form {
        case .mapping:
            let mayBeEmpty = isPartial || !isRequired(section)
            return .object([description] + mapping(section, isPartial: isPartial, mayBeEmpty: mayBeEmpty))
        case .entries:
            let inside = JSONValue.object(mapping(section, isPartial: isPartial, mayBeEmpty: isPartial))
            return .object([description] + named(inside))
        case .kinds:
            let names = JSONValue.object([("enum", .array(section.kinds.filter(\.mayBeBare).map { .string($0.name) }))])
            let kinds = section.kinds.enumerated().map { index, kind in
                self.kind(kind, needsName: index > 0 && !isPartial, isPartial: isPartial, sampled: .number)
            }
            return .object([description, ("anyOf", .array([.object([("type", .string("null"))]), names] + kinds))])
        case .variants:
            let root = ScenarioStructure.root
            let inside = SectionSpec("", summary: "", sections: root.sections.filter { !$0.isShared })
            return .object([description] + named(.object(mapping(inside, isPartial: true, mayBeEmpty: true))))
        case .sweep: return .object([description] + sweep)
        case .thresholds: return .object([description] + thresholds)
        }
    }

    private static func mapping(_ section: SectionSpec, isPartial: Bool, mayBeEmpty: Bool) -> [(String, JSONValue)] {
        let (properties, required) = members(of: section, isPartial: isPartial)
        let type = mayBeEmpty ? JSONValue.array([.string("object"), .string("null")]) : .string("object")
        var members = [("type", type), ("properties", JSONValue.object(properties))]
        if !required.isEmpty { members.append(("required", .array(required.map { .string($0) }))) }
        if !isPartial { members += alternatives(in: section) }
        return members + [("additionalProperties", .bool(false))]
    }

    /// What must be there, unless its rival is.
    private static func alternatives(in section: SectionSpec) -> [(String, JSONValue)] {
        let either = section.sections.filter(isRequired).compactMap { inner -> JSONValue? in
            guard let rival = inner.rival else { return nil }
            let keys = [inner.key, rival].map { JSONValue.object([("required", .array([.string($0)]))]) }
            return .object([("oneOf", .array(keys))])
        }
        return either.isEmpty ? [] : [("allOf", .array(either))]
    }

    /// A mapping from names to something.
    private static func named(_ inside: JSONValue) -> [(String, JSONValue)] {
        [
            ("type", .array([.string("object"), .string("null")])),
            ("patternProperties", .object([(EntryName.pattern, inside)])),
            ("additionalProperties", .bool(false)),
        ]
    }

    /// Paths with a scalar or a list of scalars, and conditions in words.
    private static var sweep: [(String, JSONValue)] {
        let value = JSONValue.object([("type", .array([.string("string"), .string("number")]))])
        let list = JSONValue.object([("type", .string("array")), ("items", value), ("minItems", .integer(1))])
        let condition = JSONValue.object([
            ("type", .string("string")), ("examples", .array([.string(SweepConstraint.example)])),
        ])
        let conditions = JSONValue.object([("type", .string("array")), ("items", condition)])
        return [
            ("type", .array([.string("object"), .string("null")])),
            (
                "properties",
                .object([(SweepDecoder.constraintsKey, .object([("anyOf", .array([condition, conditions]))]))])
            ),
            ("patternProperties", .object([("^[^.]+(\\.[^.]+)+$", .object([("anyOf", .array([value, list]))]))])),
            ("additionalProperties", .bool(false)),
        ]
    }

    private static var thresholds: [(String, JSONValue)] {
        let properties = MetricCatalog.metrics.map { metric -> (String, JSONValue) in
            let condition = JSONValue.object([
                ("type", .string("string")), ("examples", .array([.string(ThresholdDecoder.example(metric))])),
            ])
            let either = JSONValue.object([("anyOf", .array([condition, scoped(metric)]))])
            let list = JSONValue.object([("type", .string("array")), ("items", either)])
            return (
                metric.key,
                .object([
                    ("description", .string(metric.summary)), ("anyOf", .array([condition, scoped(metric), list])),
                ])
            )
        }
        return [
            ("type", .array([.string("object"), .string("null")])), ("properties", .object(properties)),
            ("additionalProperties", .bool(false)),
        ]
    }

    /// A condition with what of the run it is judged on.
    private static func scoped(_ metric: Metric) -> JSONValue {
        let properties = ThresholdScope.keys.map { key, summary, example -> (String, JSONValue) in
            let shown = key == "condition" ? ThresholdDecoder.example(metric) : example
            return (
                key,
                .object([
                    ("description", .string(summary)), ("type", .string("string")),
                    ("examples", .array([.string(shown)])),
                ])
            )
        }
        return .object([
            ("type", .string("object")), ("properties", .object(properties)),
            ("required", .array([.string("condition")])), ("additionalProperties", .bool(false)),
        ])
    }

    /// A mapping with a kind and its parameters.
    private static func kind(_ kind: KindSpec, needsName: Bool, isPartial: Bool, sampled: Dimension) -> JSONValue {
        let name = JSONValue.object([("description", .string(kind.summary)), ("const", .string(kind.name))])
        let values = kind.parameters.map { ($0.key, value($0, isPartial: isPartial, sampled: sampled)) }
        let required = (needsName ? ["kind"] : []) + (isPartial ? [] : kind.parameters.filter(\.isRequired).map(\.key))
        var members: [(String, JSONValue)] = [
            ("description", .string(kind.summary)), ("type", .string("object")),
            ("properties", .object([("kind", name)] + values)),
        ]
        if !required.isEmpty { members.append(("required", .array(required.map { .string($0) }))) }
        return .object(members + [("additionalProperties", .bool(false))])
    }

    private static func value(_ spec: ParameterSpec, isPartial: Bool, sampled: Dimension) -> JSONValue {
        var members: [(String, JSONValue)] = [("description", .string(description(spec, sampled)))]
        if let fallback = spec.fallback { members.append(("default", self.fallback(fallback))) }
        return .object(members + form(spec.dimension, spec.range, isPartial: isPartial, sampled: sampled))
    }

    /// What a value of a dimension looks like.
    private static func form(
        _ dimension: Dimension, _ range: ParameterRange, isPartial: Bool, sampled: Dimension
    ) -> [(String, JSONValue)] {
        switch dimension {
        case .duration, .size, .rate, .share:
            return [("type", .string("string")), ("pattern", .string(pattern(dimension)))]
        case .count: return [("type", .string("integer"))] + bounds(range)
        case .number: return [("type", .string("number"))] + bounds(range)
        case .date: return [("type", .string("string")), ("pattern", .string("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))]
        case .choice(let words): return [("enum", .array(words.map { .string($0) }))]
        case .text: return [("type", .string("string"))]
        case .numbers:
            return [("type", .string("array")), ("items", .object([("type", .string("number"))]))]
        case .sampled: return form(sampled, range, isPartial: isPartial, sampled: sampled)
        case .distribution(.sampled):
            return form(.distribution(of: sampled), range, isPartial: isPartial, sampled: sampled)
        case .distribution(let inner):
            // Beside a reference, draft-07 ignores everything, such as the description.
            let name = "#/definitions/" + definitionName(inner, isPartial: isPartial)
            return [("allOf", .array([.object([("$ref", .string(name))])]))]
        }
    }

    /// A number with one of the units behind it.
    private static func pattern(_ dimension: Dimension) -> String {
        let units = dimension.units.map(\.name).joined(separator: "|")
        return "^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)? *(\(units))$"
    }

    private static func bounds(_ range: ParameterRange) -> [(String, JSONValue)] {
        var bounds: [(String, JSONValue)] = []
        if let minimum = range.minimum {
            bounds.append((range.includesMinimum ? "minimum" : "exclusiveMinimum", number(minimum)))
        }
        if let maximum = range.maximum { bounds.append(("maximum", number(maximum))) }
        return bounds
    }

    private static func number(_ number: Double) -> JSONValue {
        Int(exactly: number).map { .integer($0) } ?? .number(number)
    }

    private static func fallback(_ value: ParameterValue) -> JSONValue {
        switch value {
        case .count(let count): .integer(count)
        case .number(let number): self.number(number)
        case .list(let numbers): .array(numbers.map { self.number($0) })
        case .text(let text): .string(text)
        default: .string(CanonicalText.scalar(value))
        }
    }

    /// The summary with the range, for the editor to show.
    private static func description(_ spec: ParameterSpec, _ sampled: Dimension) -> String {
        let dimension = spec.dimension == .sampled ? sampled : spec.dimension
        return spec.summary + (spec.range.words(dimension).map { "; \($0)" } ?? "")
    }
}
