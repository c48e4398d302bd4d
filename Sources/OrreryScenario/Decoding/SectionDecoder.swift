import OrreryKernel

/// Decodes the sections of a file, as their declarations say.
struct SectionDecoder {
    var values = ValueDecoder()
    /// The whole file, in which references look their names up.
    let root: TreeNode

    /// All faults so far.
    var faults: [ScenarioFault] { values.faults.faults }

    init(root: TreeNode) {
        self.root = root
    }

    /// The whole file.
    mutating func decode() -> DecodedSection {
        decode(ScenarioStructure.root, root, path: "", spot: root.spot)
    }

    /// A section; what is missing in it is noted at `spot`.
    private mutating func decode(_ spec: SectionSpec, _ node: TreeNode, path: String, spot: Spot) -> DecodedSection {
        if case .kinds(let noun) = spec.form { return decodeKind(spec, noun: noun, node, path: path, spot: spot) }
        guard let entries = node.entries else {
            values.faults.noteForm(node, path, expected: "a mapping")
            return DecodedSection()
        }
        switch spec.form {
        case .mapping, .kinds: return decodeMapping(spec, entries, path: path, spot: spot)
        case .entries(let noun): return decodeEntries(spec, noun: noun, entries, path: path)
        case .thresholds: return decodeThresholds(entries, path: path)
        case .variants, .sweep: return DecodedSection()
        }
    }

    private mutating func decodeMapping(_ spec: SectionSpec, _ entries: [TreeEntry], path: String, spot: Spot)
        -> DecodedSection
    {
        values.checkKeys(entries, known: spec.keys, path: path)
        var decoded = DecodedSection()
        for reference in spec.references {
            decoded.references[reference.key] = decode(
                reference, entries.first { $0.key == reference.key }, path: path, spot: spot)
        }
        decoded.parameters = values.parameters(spec.parameters, in: entries, path: path, spot: spot)
        for inner in spec.sections {
            let innerPath = path.isEmpty ? inner.key : "\(path).\(inner.key)"
            // What makes several scenarios of a file is no part of any of them.
            if inner.form == .variants || inner.form == .sweep { continue }
            if let rival = inner.rival, entries.contains(where: { $0.key == rival }) {
                for entry in entries where entry.key == inner.key {
                    values.faults.note(
                        entry.spot, innerPath, .inconsistent, "does not go with \(path).\(rival), which takes its place"
                    )
                }
                continue
            }
            for entry in entries where entry.key == inner.key {
                decoded.sections[inner.key] = decode(inner, entry.value, path: innerPath, spot: entry.spot)
            }
            if decoded.sections[inner.key] == nil, !inner.isOptional {
                let empty = TreeNode(content: .null, place: spot.place, prefix: spot.prefix)
                decoded.sections[inner.key] = decode(inner, empty, path: innerPath, spot: spot)
            }
        }
        return decoded
    }

    private mutating func decodeEntries(_ spec: SectionSpec, noun: String, _ entries: [TreeEntry], path: String)
        -> DecodedSection
    {
        var decoded = DecodedSection()
        for entry in entries {
            let innerPath = "\(path).\(WrittenValue.shown(entry.key))"
            guard EntryName.isValid(entry.key) else {
                values.faults.note(
                    entry.spot, innerPath, .malformed, "is not a name for a \(noun)", value: entry.key,
                    allowed: EntryName.rule)
                continue
            }
            guard let inner = entry.value.entries else {
                values.faults.noteForm(entry.value, innerPath, expected: "a mapping")
                continue
            }
            let section = decodeMapping(spec, inner, path: innerPath, spot: entry.spot)
            decoded.entries.append(DecodedEntry(name: entry.key, section: section))
        }
        return decoded
    }

    private mutating func decodeKind(_ spec: SectionSpec, noun: String, _ node: TreeNode, path: String, spot: Spot)
        -> DecodedSection
    {
        if case .sequence = node.content {
            values.faults.noteForm(node, path, expected: "a mapping with a kind, or the name of a \(noun)")
            return DecodedSection()
        }
        var mapping = node
        if node.text != nil {
            let entry = TreeEntry(key: "kind", place: node.place, prefix: node.prefix, value: node)
            mapping.content = .mapping([entry])
            guard values.kindNamed(by: node, spec.kinds, noun: noun, path: path) != nil else { return DecodedSection() }
        }
        guard
            let (kind, parameters) = values.kind(
                spec.kinds, noun: noun, fallback: spec.kinds.first, mapping, path: path, spot: spot)
        else { return DecodedSection() }
        return DecodedSection(parameters: parameters, kind: kind)
    }

    private mutating func decode(_ reference: ReferenceSpec, _ entry: TreeEntry?, path: String, spot: Spot) -> String? {
        let path = "\(path).\(reference.key)"
        let names = root[reference.section]?.value.entries?.map(\.key) ?? []
        guard let entry else {
            values.faults.note(
                spot, path, .missing, "is missing", allowed: "expected a name of the section \(reference.section)",
                nearest: names.count == 1 ? names[0] : nil)
            return nil
        }
        guard let name = entry.value.text else {
            values.faults.noteForm(entry.value, path, expected: "a name of the section \(reference.section)")
            return nil
        }
        if names.contains(name) { return name }
        let nearest = NearestName.find(name, among: names)
        values.faults.note(
            entry.value.spot, path, .unknownReference, "is not in the section \(reference.section)", value: name,
            allowed: nearest == nil && !names.isEmpty ? names.prefix(12).joined(separator: ", ") : nil, nearest: nearest
        )
        return nil
    }

    private mutating func decodeThresholds(_ entries: [TreeEntry], path: String) -> DecodedSection {
        var decoded = DecodedSection()
        for entry in entries {
            decoded.thresholds += ThresholdDecoder.decode(
                entry, path: "\(path).\(WrittenValue.shown(entry.key))", &values.faults)
        }
        return decoded
    }
}
