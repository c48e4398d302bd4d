/// A scenario with all points of its sweep, each decoded and checked.
public struct Sweep: Sendable {
    /// The scenario as it is written, without any point laid over it.
    public let scenario: Scenario
    /// What changes from point to point.
    public let parameters: [SweepParameter]
    /// The points, in the sweep's order; at least one.
    public let points: [SweepPoint]

    /// Decodes a scenario file and all points of its sweep, or reports every fault at once.
    ///
    /// The options are texts of the form `path=range`, such as `system.workers.count=5..40 step 5`; any of them takes
    /// the place of the file's section `sweep`. `optionName` is how faults name them. The points are made of these of
    /// the file's variants; of all, if none is named.
    /// - Complexity: the file is read once, and decoded once for each point and variant.
    public static func decode(
        _ text: String, file: String, overrides: [Override] = [], options: [Override] = [],
        optionName: String = "--sweep", variants: [String] = []
    ) throws(ScenarioFaults) -> Sweep {
        var decoder = ScenarioDecoder()
        let option = options.isEmpty ? nil : decoder.section(options, optionName)
        let decoded = decoder.decodeSweep(text, overrides, option: option, variants: variants)
        guard let decoded, decoder.faults.faults.isEmpty, let sweep = decoded.scenario.sweep else {
            throw ScenarioFaults(file: file, noted: decoder.faults.faults)
        }
        return Sweep(scenario: decoded.scenario, parameters: sweep.parameters, points: decoded.points)
    }
}

extension ScenarioDecoder {
    /// The options as the section `sweep` that says the same; one parameter named twice is noted.
    mutating func section(_ options: [Override], _ name: String) -> TreeNode {
        var entries: [TreeEntry] = []
        for (number, option) in options.enumerated() {
            guard let read = ReadOverride(option, option: name, number: number, &faults) else { continue }
            let key = read.path.joined(separator: ".")
            if entries.contains(where: { $0.key == key }) {
                faults.note(read.spot, key, .duplicateKey, "is named by two options; one can hold several values")
                continue
            }
            entries.append(TreeEntry(key: key, place: read.spot.place, value: read.value))
        }
        let place = entries.first?.place ?? .start
        return TreeNode(content: .mapping(entries), place: place)
    }
}
