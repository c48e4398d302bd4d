import OrreryKernel

/// Decodes the section `sweep`, or the options that say the same, and collects all faults.
struct SweepDecoder {
    var faults = FaultList()
    /// The key of the conditions; everything else in the section is a path.
    static let constraintsKey = "constraints"

    /// The plan; nil if there are faults.
    mutating func decode(_ section: TreeNode) -> SweepPlan? {
        guard let entries = section.entries else {
            faults.noteForm(section, "sweep", expected: "a mapping from parameters to their values")
            return nil
        }
        var parameters: [SweepParameter] = []
        for entry in entries where entry.key != SweepDecoder.constraintsKey {
            if let parameter = parameter(entry) { parameters.append(parameter) }
        }
        guard !entries.isEmpty, entries.contains(where: { $0.key != SweepDecoder.constraintsKey }) else {
            faults.note(
                section.spot, "sweep", .missing, "names no parameter",
                allowed: "write for instance system.workers.count: 5..40 step 5")
            return nil
        }
        guard faults.faults.isEmpty else { return nil }
        let count = parameters.reduce(1) { count, parameter in
            count > SweepPlan.pointLimit ? count : count * parameter.values.count
        }
        guard count <= SweepPlan.pointLimit else {
            faults.note(
                section.spot, "sweep", .outOfRange, "has too many points", allowed: "at most \(SweepPlan.pointLimit)")
            return nil
        }
        let nodes = entries.first { $0.key == SweepDecoder.constraintsKey }.map(SweepDecoder.elements) ?? []
        let constraints = nodes.compactMap { constraint($0, parameters) }
        let grid = kept(SweepDecoder.grid(parameters), constraints)
        guard faults.faults.isEmpty else { return nil }
        if grid.isEmpty { faults.note(section.spot, "sweep", .inconsistent, "has no point that meets its constraints") }
        return SweepPlan(parameters: parameters, grid: grid, constraints: nodes.compactMap(\.text))
    }

    /// A parameter with its values; nil, and faults, if it is none.
    private mutating func parameter(_ entry: TreeEntry) -> SweepParameter? {
        let path = "sweep.\(WrittenValue.shown(entry.key))"
        let parts = entry.key.split(separator: ".", omittingEmptySubsequences: false)
        let root = ScenarioStructure.root
        let shared = root.parameters.map(\.key) + root.sections.filter(\.isShared).map(\.key)
        guard parts.count > 1, !parts.contains(where: \.isEmpty), !shared.contains(String(parts[0])) else {
            faults.note(
                entry.spot, path, .unknownKey, "is not a parameter that can be swept",
                allowed: "the path of one, for instance system.workers.count")
            return nil
        }
        let nodes: [TreeNode]
        switch entry.value.content {
        case .sequence(let list): nodes = list
        case .scalar: nodes = [entry.value]
        case .null, .mapping:
            faults.noteForm(entry.value, path, expected: "a list of values, or a range such as 5..40 step 5")
            return nil
        }
        var values: [(value: SweptValue, place: ScenarioPlace)] = []
        var seen: Set<SweptValue> = []
        var written: [SweptValue.Amount: SweptValue] = [:]
        for (index, node) in nodes.enumerated() {
            for value in self.values(of: node, path: nodes.count > 1 ? "\(path)[\(index + 1)]" : path)
            where seen.insert(value).inserted {
                if let amount = value.amount, let twin = written.updateValue(value, forKey: amount) {
                    faults.note(
                        node.spot, path, .inconsistent, "is the same as \(twin.text)", value: value.text,
                        allowed: "each value once")
                }
                values.append((value, node.place))
            }
        }
        if nodes.isEmpty { faults.note(entry.value.spot, path, .missing, "has no values") }
        return SweepParameter(
            path: entry.key, values: values.map(\.value), places: values.map(\.place), written: nodes.compactMap(\.text)
        )
    }

    /// The values that an element of the list stands for.
    private mutating func values(of node: TreeNode, path: String) -> [SweptValue] {
        guard let text = node.text else {
            faults.noteForm(node, path, expected: "a value, or a range such as 5..40 step 5")
            return []
        }
        guard SweepRange.isRange(text) else { return [SweptValue(text)] }
        do throws(ValueFlaw) {
            return try SweepRange(text, limit: SweepPlan.pointLimit).values
        } catch {
            faults.note(node.spot, path, error, value: text)
            return []
        }
    }

    /// All combinations of values; the last parameter changes with every point.
    private static func grid(_ parameters: [SweepParameter]) -> [SweepPlan.GridPoint] {
        parameters.reduce([SweepPlan.GridPoint(values: [], places: [])]) { points, parameter in
            points.flatMap { point in
                zip(parameter.values, parameter.places).map { value, place in
                    SweepPlan.GridPoint(values: point.values + [value], places: point.places + [place])
                }
            }
        }
    }

    /// The elements of the list of conditions.
    private static func elements(_ entry: TreeEntry) -> [TreeNode] {
        if case .sequence(let nodes) = entry.value.content { return nodes }
        return [entry.value]
    }

    private mutating func constraint(
        _ node: TreeNode, _ parameters: [SweepParameter]
    ) -> (node: TreeNode, constraint: SweepConstraint)? {
        let path = "sweep.\(SweepDecoder.constraintsKey)"
        guard let text = node.text else {
            faults.noteForm(node, path, expected: "a list of conditions between swept parameters")
            return nil
        }
        do throws(ValueFlaw) {
            return (node, try SweepConstraint(text, on: parameters))
        } catch {
            faults.note(node.spot, path, error, value: text)
            return nil
        }
    }

    /// The points that meet all conditions; one that cannot be judged is noted once.
    private mutating func kept(
        _ grid: [SweepPlan.GridPoint], _ constraints: [(node: TreeNode, constraint: SweepConstraint)]
    ) -> [SweepPlan.GridPoint] {
        var kept = grid
        for (node, constraint) in constraints {
            do throws(ValueFlaw) {
                var next: [SweepPlan.GridPoint] = []
                for point in kept where try constraint.holds(point.values) { next.append(point) }
                kept = next
            } catch {
                faults.note(node.spot, "sweep.\(SweepDecoder.constraintsKey)", error, value: constraint.text)
            }
        }
        return kept
    }
}
