import Yams

/// A key whose first character was replaced, because the same key comes again later in its mapping.
struct HiddenKey {
    var line: Int
    var column: Int
    /// The key as it is written.
    var text: String
}

/// Turns the library's nodes into a tree of ours: resolves aliases, with a bound, and finds keys that are given twice.
struct TreeBuilder {
    /// How many values a file may hold, after aliases were resolved.
    private static let nodeLimit = 100_000

    var hidden: [HiddenKey] = []
    private(set) var faults: [ScenarioFault] = []
    private let aliasMark: Unicode.Scalar
    private let place: (Int, Int) -> ScenarioPlace
    private var anchors: [String: (tree: TreeNode, size: Int, depth: Int)] = [:]
    private var nodeCount = 0
    /// The depth of the deepest value since it was last set to zero.
    private var deepest = 0

    init(aliasMark: Unicode.Scalar, place: @escaping (Int, Int) -> ScenarioPlace) {
        self.aliasMark = aliasMark
        self.place = place
    }

    /// The tree of a whole document; nil if it is too large.
    mutating func tree(of root: Node) -> TreeNode? {
        let tree = build(root, path: "", depth: 0)
        return faults.contains { $0.category == .syntax && $0.path.isEmpty } ? nil : tree
    }

    private mutating func build(_ node: Node, path: String, depth: Int) -> TreeNode {
        let here = node.mark.map { place($0.line, $0.column) } ?? .start
        let countBefore = nodeCount
        nodeCount += 1
        deepest = max(deepest, depth)
        guard depth <= TextScan.depthLimit else {
            refuse(here, "nested more deeply than \(TextScan.depthLimit) levels")
            return TreeNode(content: .null, place: here)
        }
        if nodeCount > TreeBuilder.nodeLimit {
            refuse(here, "the file holds more than \(TreeBuilder.nodeLimit) values")
            return TreeNode(content: .null, place: here)
        }
        let outerDeepest = deepest
        deepest = depth
        var tree = TreeNode(content: .null, place: here)
        switch node {
        case .scalar(let scalar): tree = build(scalar, here, path: path, depth: depth)
        case .sequence(let sequence):
            tree.content = .sequence(
                sequence.enumerated().map { build($0.element, path: "\(path)[\($0.offset + 1)]", depth: depth + 1) })
        case .mapping(let mapping): tree.content = .mapping(build(mapping, path: path, depth: depth))
        case .alias: refuse(here, "an alias that cannot be resolved")
        }
        if let anchor = node.anchor { anchors[anchor.rawValue] = (tree, nodeCount - countBefore, deepest - depth) }
        deepest = max(deepest, outerDeepest)
        return tree
    }

    private mutating func build(_ scalar: Node.Scalar, _ here: ScenarioPlace, path: String, depth: Int) -> TreeNode {
        guard scalar.style == .plain else { return TreeNode(content: .scalar(restored(scalar.string)), place: here) }
        if scalar.string.unicodeScalars.first == aliasMark {
            return resolve(scalar.string, here, path: path, depth: depth)
        }
        let nulls = ["", "~", "null", "Null", "NULL"]
        return TreeNode(content: nulls.contains(scalar.string) ? .null : .scalar(restored(scalar.string)), place: here)
    }

    /// What an alias stands for; its values keep the places where they are written.
    private mutating func resolve(_ text: String, _ here: ScenarioPlace, path: String, depth: Int) -> TreeNode {
        let name = String(text.unicodeScalars.dropFirst())
        guard let anchor = anchors[name] else {
            faults.append(
                ScenarioFault(
                    place: here, path: path, category: .unknownName,
                    problem: "is an alias for an anchor that is not there", value: "*" + name,
                    nearest: NearestName.find(name, among: anchors.keys.sorted())))
            return TreeNode(content: .null, place: here, isFaulty: true)
        }
        nodeCount += anchor.size
        deepest = max(deepest, depth + anchor.depth)
        if deepest > TextScan.depthLimit { refuse(here, "nested more deeply than \(TextScan.depthLimit) levels") }
        if nodeCount > TreeBuilder.nodeLimit {
            refuse(here, "the file holds more than \(TreeBuilder.nodeLimit) values")
        }
        return nodeCount > TreeBuilder.nodeLimit ? TreeNode(content: .null, place: here) : anchor.tree
    }

    private mutating func build(_ mapping: Node.Mapping, path: String, depth: Int) -> [TreeEntry] {
        var entries: [TreeEntry] = []
        var first: [String: ScenarioPlace] = [:]
        for (keyNode, valueNode) in mapping {
            let here = keyNode.mark.map { place($0.line, $0.column) } ?? .start
            let isAlias = keyNode.scalar?.style == .plain && keyNode.scalar?.string.unicodeScalars.first == aliasMark
            guard let scalar = keyNode.scalar, !isAlias else {
                faults.append(
                    ScenarioFault(place: here, path: path, category: .wrongType, problem: "a key must be a plain text"))
                continue
            }
            let mask = hidden.first { keyNode.mark?.line == $0.line && keyNode.mark?.column == $0.column }
            let key = restored(mask?.text ?? scalar.string)
            let keyPath = path.isEmpty ? WrittenValue.shown(key) : path + "." + WrittenValue.shown(key)
            if let anchor = keyNode.anchor {
                anchors[anchor.rawValue] = (TreeNode(content: .scalar(key), place: here), 1, 0)
            }
            let value = build(valueNode, path: keyPath, depth: depth + 1)
            // Both are kept, so that the faults in both are found; with this one, there is no scenario.
            entries.append(TreeEntry(key: key, place: here, value: value))
            guard let earlier = first[key] else {
                first[key] = here
                continue
            }
            faults.append(
                ScenarioFault(
                    place: here, path: keyPath, category: .duplicateKey,
                    problem: "given twice; the first is at \(earlier.words)"))
        }
        return entries
    }

    /// Stops at what makes the whole file unusable; says so once.
    private mutating func refuse(_ place: ScenarioPlace, _ problem: String) {
        guard !faults.contains(where: { $0.problem == problem }) else { return }
        faults.append(ScenarioFault(place: place, path: "", category: .syntax, problem: problem))
    }

    /// The text with the stars put back.
    private func restored(_ text: String) -> String {
        guard text.unicodeScalars.contains(aliasMark) else { return text }
        var restored = ""
        for scalar in text.unicodeScalars { restored.unicodeScalars.append(scalar == aliasMark ? "*" : scalar) }
        return restored
    }
}
