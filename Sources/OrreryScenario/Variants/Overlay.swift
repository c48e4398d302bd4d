/// Lays one tree over another: mappings merge key by key, everything else is replaced.
enum Overlay {
    /// The base with the overlay laid over it.
    ///
    /// A mapping that names another `kind` than the base replaces it: the parameters of the old kind mean nothing to
    /// the new one.
    static func merged(_ base: TreeNode, _ overlay: TreeNode) -> TreeNode {
        guard case .mapping(let above) = overlay.content, case .mapping(var below) = base.content else {
            if case .null = overlay.content, case .mapping = base.content { return base }
            return overlay
        }
        if let old = base["kind"]?.value.text, let new = overlay["kind"], new.value.text != old { return overlay }
        for entry in above {
            if let index = below.firstIndex(where: { $0.key == entry.key }) {
                let value = merged(below[index].value, entry.value)
                let isMerged = value.place == below[index].value.place
                below[index] =
                    isMerged
                    ? TreeEntry(key: entry.key, place: below[index].place, prefix: below[index].prefix, value: value)
                    : TreeEntry(key: entry.key, place: entry.place, prefix: entry.prefix, value: value)
            } else {
                below.append(entry)
            }
        }
        var node = base
        node.content = .mapping(below)
        return node
    }
}
