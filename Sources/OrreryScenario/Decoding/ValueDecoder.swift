import OrreryKernel

/// Decodes the values of parameters: scalars, lists and distributions, with their ranges.
struct ValueDecoder {
    var faults = FaultList()

    /// The value of a parameter; nil if it is faulty.
    ///
    /// `sampled` is the dimension of what is sampled, inside a distribution.
    mutating func value(_ spec: ParameterSpec, _ node: TreeNode, path: String, sampled: Dimension = .number)
        -> ParameterValue?
    {
        switch spec.dimension {
        case .distribution(.sampled):
            return distribution(of: sampled, spec.range, node, path: path).map { .distribution($0) }
        case .distribution(let inner):
            return distribution(of: inner, spec.range, node, path: path).map { .distribution($0) }
        case .numbers: return list(spec, node, path: path)
        default: return scalar(spec, node, path: path, sampled: sampled)
        }
    }

    /// The values of the parameters of a section or a kind, with defaults; what is missing is noted at `spot`.
    mutating func parameters(
        _ specs: [ParameterSpec], in entries: [TreeEntry], path: String, spot: Spot, sampled: Dimension = .number
    ) -> [DecodedParameter] {
        specs.map { spec in
            let inner = path.isEmpty ? spec.key : "\(path).\(spec.key)"
            var given: DecodedParameter?
            for entry in entries where entry.key == spec.key {
                var node = entry.value
                if case .null = node.content { node.place = entry.place }
                given = DecodedParameter(
                    spec: spec, value: value(spec, node, path: inner, sampled: sampled), spot: node.spot)
            }
            if let given { return given }
            if spec.isRequired {
                faults.note(spot, inner, .missing, "is missing", allowed: wanted(spec, sampled))
            }
            return DecodedParameter(spec: spec, value: spec.fallback, spot: nil)
        }
    }

    /// What is wanted where a parameter is missing.
    private func wanted(_ spec: ParameterSpec, _ sampled: Dimension) -> String {
        let dimension = spec.dimension == .sampled ? sampled : spec.dimension
        if let only = spec.range.minimum, only == spec.range.maximum { return "it is \(DecimalText.trimmed(only))" }
        return "expected \(dimension.phrase), for instance \(dimension.example)"
    }

    /// Notes every key that is not one of the known.
    mutating func checkKeys(_ entries: [TreeEntry], known: [String], path: String) {
        for entry in entries where !known.contains(entry.key) {
            let nearest = NearestName.find(entry.key, among: known)
            let key = WrittenValue.shown(entry.key)
            faults.note(
                entry.spot, path.isEmpty ? key : "\(path).\(key)", .unknownKey, "unknown key",
                allowed: nearest == nil ? "known here are \(known.joined(separator: ", "))" : nil, nearest: nearest)
        }
    }

    /// The kind that a mapping names and the values of its parameters; nil if there is no such kind.
    mutating func kind(
        _ kinds: [KindSpec], noun: String, fallback: KindSpec?, _ node: TreeNode, path: String, spot: Spot,
        sampled: Dimension = .number
    ) -> (kind: KindSpec, parameters: [DecodedParameter])? {
        let entries = node.entries ?? []
        var chosen = fallback
        if let entry = entries.first(where: { $0.key == "kind" }) {
            guard let found = kindNamed(by: entry.value, kinds, noun: noun, path: path + ".kind") else { return nil }
            chosen = found
        }
        guard let chosen else {
            faults.note(
                spot, path + ".kind", .missing, "is missing", allowed: kinds.map(\.name).joined(separator: ", "))
            return nil
        }
        checkKeys(entries, known: ["kind"] + chosen.parameters.map(\.key), path: path)
        let values = parameters(chosen.parameters, in: entries, path: path, spot: spot, sampled: sampled)
        checkConflict(chosen, values, path: path, spot: spot)
        return (chosen, values)
    }

    /// The kind whose name a scalar holds.
    mutating func kindNamed(by node: TreeNode, _ kinds: [KindSpec], noun: String, path: String) -> KindSpec? {
        guard let name = node.text else {
            faults.noteForm(node, path, expected: "the name of a \(noun): " + kinds.map(\.name).joined(separator: ", "))
            return nil
        }
        if let kind = kinds.first(where: { $0.name == name }) { return kind }
        faults.note(
            node.spot, path, .unknownName, "is not a known \(noun)", value: name,
            allowed: kinds.map(\.name).joined(separator: ", "),
            nearest: NearestName.find(name, among: kinds.map(\.name)))
        return nil
    }

    /// Notes what no single range can say; only if all values are there.
    private mutating func checkConflict(_ kind: KindSpec, _ parameters: [DecodedParameter], path: String, spot: Spot) {
        guard parameters.allSatisfy({ $0.value != nil || $0.spec.isOptional && $0.spot == nil }) else { return }
        if let conflict = kind.conflict(DecodedSection(parameters: parameters).values) {
            faults.note(spot, path, .inconsistent, conflict)
        }
    }

    private mutating func scalar(_ spec: ParameterSpec, _ node: TreeNode, path: String, sampled: Dimension)
        -> ParameterValue?
    {
        let dimension = spec.dimension == .sampled ? sampled : spec.dimension
        guard let text = node.text else {
            faults.noteForm(node, path, expected: "\(dimension.phrase), for instance \(dimension.example)")
            return nil
        }
        let value: ParameterValue
        do throws(ValueFlaw) {
            value = try ScalarDecoder.value(text, spec.dimension, sampled: sampled)
        } catch {
            var flaw = error
            if flaw.category == .outOfRange, flaw.allowed == nil { flaw.allowed = spec.range.words(dimension) }
            faults.note(node.spot, path, flaw, value: text)
            return nil
        }
        if case .text(let text) = value, text.isEmpty, spec.isRequired {
            faults.note(node.spot, path, .malformed, "is empty", value: text)
            return nil
        }
        return isInRange(value, spec.range, dimension, text, node, path: path) ? value : nil
    }

    /// Whether a value is in its range, and not longer than any duration may be; notes if it is not.
    private mutating func isInRange(
        _ value: ParameterValue, _ range: ParameterRange, _ dimension: Dimension, _ text: String, _ node: TreeNode,
        path: String
    ) -> Bool {
        guard let magnitude = value.magnitude else { return true }
        let isTooLong = dimension == .duration && abs(magnitude) > Duration.limit.seconds
        if range.contains(magnitude), !isTooLong { return true }
        faults.note(
            node.spot, path, .outOfRange, "is out of range", value: text,
            allowed: range.words(dimension) ?? (isTooLong ? "at most \(Duration.limit)" : nil))
        return false
    }

    private mutating func list(_ spec: ParameterSpec, _ node: TreeNode, path: String) -> ParameterValue? {
        guard case .sequence(let nodes) = node.content else {
            faults.noteForm(node, path, expected: "\(spec.dimension.phrase), for instance \(spec.dimension.example)")
            return nil
        }
        let element = ParameterSpec.element(of: spec)
        var numbers: [Double] = []
        for (index, node) in nodes.enumerated() {
            guard case .number(let number)? = scalar(element, node, path: "\(path)[\(index + 1)]", sampled: .number)
            else { continue }
            numbers.append(number)
        }
        return numbers.count == nodes.count ? .list(numbers) : nil
    }
}

extension ParameterSpec {
    /// The declaration of each number in a list.
    fileprivate static func element(of list: ParameterSpec) -> ParameterSpec {
        Parameter<Double>(list.key, range: list.range, summary: list.summary).spec
    }
}
