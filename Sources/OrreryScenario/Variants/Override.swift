import OrreryKernel

/// One `path=value` from outside the file, which acts on every variant: `system.workers.count=8`.
public struct Override: Hashable, Sendable {
    /// The text as it was given.
    public let text: String
    /// The path in it, which says where it acts.
    public var path: String { String(text.prefix { $0 != "=" }) }

    /// An override with this text; nil if it is not of the form `path=value`.
    ///
    /// Whether the path leads anywhere and the value fits is known when a scenario is decoded with it.
    public init?(_ text: String) {
        guard let equals = text.firstIndex(of: "=") else { return nil }
        let path = text[..<equals].split(separator: ".", omittingEmptySubsequences: false)
        guard !path.contains(where: \.isEmpty) else { return nil }
        self.text = text
    }
}

/// An override that was read: where it acts and what it says.
struct ReadOverride {
    let path: [String]
    let value: TreeNode
    let spot: Spot

    /// Reads an override; nil, and a fault, if its value is not YAML.
    init?(_ override: Override, option: String = "--set", number: Int, _ faults: inout FaultList) {
        let place = ScenarioPlace.option(name: option, number: number, text: override.text)
        spot = Spot(place: place)
        let parts = override.text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        path = ReadOverride.keys(of: parts[0])
        let (tree, flaws) = YAMLReader.read(parts.count > 1 ? parts[1] : "") { _, _ in place }
        guard flaws.isEmpty else {
            for flaw in flaws {
                faults.note(
                    spot, path.joined(separator: ".") + (flaw.path.isEmpty ? "" : "." + flaw.path), flaw.category,
                    flaw.problem,
                    value: flaw.value, nearest: flaw.nearest)
            }
            return nil
        }
        value = tree ?? TreeNode(content: .null, place: place)
    }

    /// What a point of a sweep says of one parameter.
    init(path: String, value: SweptValue, at place: ScenarioPlace) {
        self.path = ReadOverride.keys(of: path)
        spot = Spot(place: place, prefix: "sweep.")
        self.value = TreeNode(content: .scalar(value.text), place: place, prefix: spot.prefix)
    }

    /// The keys that lead to a value; that of a metric has dots in it.
    private static func keys(of path: String) -> [String] {
        let written = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard written[0] == "thresholds", written.count > 2 else { return written }
        return ["thresholds", written[1...].joined(separator: ".")]
    }

    /// Puts the value into the tree of a whole file; a path that leads nowhere is noted and changes nothing.
    func apply(to root: inout TreeNode, _ faults: inout FaultList) {
        var problems = FaultList()
        let changed = changed(root, ScenarioStructure.root, depth: 0, &problems)
        if problems.faults.isEmpty { root = changed } else { faults.append(problems) }
    }

    /// The section with the value put under the rest of the path.
    private func changed(_ node: TreeNode, _ spec: SectionSpec, depth: Int, _ faults: inout FaultList) -> TreeNode {
        let key = path[depth]
        let isLast = depth == path.count - 1
        switch spec.form {
        case .mapping:
            if let inner = spec[key] {
                if inner.form == .variants {
                    refuse(
                        depth, "an override acts on every variant and cannot change the variants themselves", &faults)
                }
                if inner.form == .sweep {
                    refuse(depth, "an override cannot change the sweep; --sweep states another one", &faults)
                }
                return isLast
                    ? put(key, value, in: node)
                    : put(key, changed(under(key, node), inner, depth: depth + 1, &faults), in: node)
            }
            return changedParameter(node, spec, depth: depth, &faults)
        case .entries:
            let names = node.entries?.map(\.key) ?? []
            guard names.contains(key) else {
                refuse(depth, "there is no such name in the section \(spec.key)", among: names, &faults)
                return node
            }
            if isLast { return put(key, value, in: node) }
            let inside = SectionSpec(
                key, summary: "", parameters: spec.parameters, references: spec.references, sections: spec.sections)
            return put(key, changed(under(key, node), inside, depth: depth + 1, &faults), in: node)
        case .kinds, .thresholds, .variants, .sweep: return changedFreely(node, depth: depth)
        }
    }

    /// The section with a parameter changed, or with a part of a distribution.
    private func changedParameter(_ node: TreeNode, _ spec: SectionSpec, depth: Int, _ faults: inout FaultList)
        -> TreeNode
    {
        let key = path[depth]
        guard spec.keys.contains(key) else {
            refuse(depth, "unknown key", among: spec.keys, &faults)
            return node
        }
        if depth == path.count - 1 { return put(key, value, in: node) }
        guard case .distribution(_)? = spec.parameters.first(where: { $0.key == key })?.dimension else {
            refuse(depth + 1, "the parameter \(key) has no parts", &faults)
            return node
        }
        return put(key, changedFreely(under(key, node), depth: depth + 1), in: node)
    }

    /// A mapping whose keys the decoder checks: a kind with its parameters.
    ///
    /// Another kind drops the parameters of the old one.
    private func changedFreely(_ node: TreeNode, depth: Int) -> TreeNode {
        let key = path[depth]
        var node = node
        if let name = node.text {
            let kind = TreeEntry(
                key: "kind", place: node.place, prefix: node.prefix,
                value: TreeNode(content: .scalar(name), place: node.place, prefix: node.prefix))
            let isQuantity = DecimalNumber.begins(name)
            node.content = .mapping(isQuantity ? [] : [kind])
            if isQuantity { (node.place, node.prefix) = (spot.place, "") }
        }
        if depth < path.count - 1 { return put(key, changedFreely(under(key, node), depth: depth + 1), in: node) }
        if key == "kind", let old = node["kind"]?.value.text, old != value.text { node.content = .mapping([]) }
        return put(key, value, in: node)
    }

    private func under(_ key: String, _ node: TreeNode) -> TreeNode {
        node[key]?.value ?? TreeNode(content: .null, place: spot.place)
    }

    private func put(_ key: String, _ value: TreeNode, in node: TreeNode) -> TreeNode {
        var entries = node.entries ?? []
        let isOwn = value.place == spot.place
        if let index = entries.firstIndex(where: { $0.key == key }) {
            entries[index].value = value
            if isOwn { (entries[index].place, entries[index].prefix) = (spot.place, "") }
        } else {
            entries.append(TreeEntry(key: key, place: spot.place, value: value))
        }
        var node = node
        node.content = .mapping(entries)
        return node
    }

    private func refuse(_ depth: Int, _ problem: String, among names: [String]? = nil, _ faults: inout FaultList) {
        let written = path[...min(depth, path.count - 1)].joined(separator: ".")
        let nearest = names.flatMap { NearestName.find(path[min(depth, path.count - 1)], among: $0) }
        let allowed =
            nearest == nil ? names.flatMap { $0.isEmpty ? nil : "known here are \($0.joined(separator: ", "))" } : nil
        faults.note(spot, WrittenValue.shown(written), .unknownKey, problem, allowed: allowed, nearest: nearest)
    }
}
