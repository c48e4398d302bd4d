/// A value of the file with the place where it stands: YAML without its traps, because a scalar is only text here.
struct TreeNode {
    var content: Content
    var place: ScenarioPlace
    /// What comes before the path of the value in messages: `variants.name.` for what stands in a variant, else empty.
    var prefix = ""
    /// Whether it was faulty already as YAML, so that nothing more need be said about it.
    var isFaulty = false

    enum Content {
        /// Nothing: an empty place, `~` or `null`.
        case null
        /// A scalar, as it is written.
        case scalar(String)
        case sequence([TreeNode])
        case mapping([TreeEntry])
    }

    /// What it is, in words.
    var form: String {
        switch content {
        case .null: "nothing"
        case .scalar: "a single value"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }

    /// The entries of a mapping; none if it is nothing; nil if it is something else.
    var entries: [TreeEntry]? {
        switch content {
        case .mapping(let entries): entries
        case .null: []
        case .scalar, .sequence: nil
        }
    }

    /// The text of a scalar.
    var text: String? {
        if case .scalar(let text) = content { text } else { nil }
    }

    /// The value under a key of a mapping.
    subscript(key: String) -> TreeEntry? {
        entries?.first { $0.key == key }
    }

    /// The same value, with all that is in it, said to stand in a variant.
    func prefixed(_ prefix: String) -> TreeNode {
        var node = self
        node.prefix = prefix
        switch content {
        case .null, .scalar: break
        case .sequence(let nodes): node.content = .sequence(nodes.map { $0.prefixed(prefix) })
        case .mapping(let entries):
            node.content = .mapping(
                entries.map {
                    TreeEntry(key: $0.key, place: $0.place, prefix: prefix, value: $0.value.prefixed(prefix))
                })
        }
        return node
    }
}

/// A key of a mapping, and its value.
struct TreeEntry {
    var key: String
    /// Where the key stands.
    var place: ScenarioPlace
    /// As for the value.
    var prefix = ""
    var value: TreeNode
}
