import OrreryKernel

/// A value that a variant, an override or a point of a sweep states, and that nothing may replace unnoticed.
///
/// A sweep acts on every variant after everything else. Where it replaced what a variant states, the variant's
/// difference would vanish; where it replaced what `--set` states, nobody would see what they asked for.
struct StatedValue {
    private let path: [String]
    private let node: TreeNode

    /// All such values of a tree, in its order.
    static func all(in tree: TreeNode) -> [StatedValue] { found(in: tree, path: []) }

    private static func found(in node: TreeNode, path: [String]) -> [StatedValue] {
        if case .mapping(let entries) = node.content {
            return entries.flatMap { found(in: $0.value, path: path + [$0.key]) }
        }
        if case .option = node.place { return [StatedValue(path: path, node: node)] }
        return node.prefix.isEmpty ? [] : [StatedValue(path: path, node: node)]
    }

    /// Notes which of the values that were stated are no longer in the tree, after an override of a sweep.
    static func noteLost(
        _ stated: [StatedValue], in tree: TreeNode, to override: ReadOverride, _ faults: inout FaultList
    ) {
        let left = all(in: tree)
        let parameter = override.path.joined(separator: ".")
        for value in stated where !left.contains(where: value.isKept) {
            faults.note(
                value.node.spot, value.path.joined(separator: "."), .replaced,
                "is replaced by the sweep of \(parameter)" + value.consequence, value: value.node.text,
                allowed: value.advice)
        }
    }

    /// Whether another value is this one; a bare name may have become a mapping with that kind.
    private func isKept(by other: StatedValue) -> Bool {
        other.node.place == node.place && other.node.prefix == node.prefix && other.path.starts(with: path)
    }

    private var isOfVariant: Bool { node.prefix.hasPrefix("variants.") }

    private var consequence: String { isOfVariant ? ", so that the variant differs in nothing there" : "" }

    private var advice: String {
        isOfVariant
            ? "sweep something else, or choose other variants with --variant" : "a value can be set or swept, not both"
    }
}
