import OrreryScenario

/// Reads the scenarios that a command names; the faults of all of them come at once.
enum ScenarioLoader {
    /// A scenario and where it came from.
    typealias Loaded = (file: ScenarioFile, scenario: Scenario)

    /// All scenarios, reduced to the variants that were asked for; none named means all.
    static func load(_ arguments: [String], overrides: [Override], variants: [String] = []) throws -> [Loaded] {
        var loaded: [Loaded] = []
        var faults: [String] = []
        for argument in arguments {
            let file = try ScenarioFile(argument: argument)
            do {
                loaded.append((file, try file.decode(overrides: overrides).keeping(variants)))
            } catch let error as ScenarioFaults {
                faults.append(error.description)
            }
        }
        guard faults.isEmpty else {
            throw CommandFailure(status: .badInput, message: FaultText.joined(faults))
        }
        return loaded
    }
}

/// The faults of scenarios, as they are printed.
enum FaultText {
    /// One line for each fault, and how many there are.
    static func joined(_ faults: [String]) -> String {
        let lines = faults.joined(separator: "\n")
        let count = lines.split(separator: "\n").count { $0.contains(": error: ") }
        return "the scenario has \(count) fault\(count == 1 ? "" : "s")\n\(lines)"
    }
}

extension Scenario {
    /// The scenario with these variants only, in the scenario's order; with all, if none is named.
    fileprivate func keeping(_ names: [String]) throws -> Scenario {
        try checkVariants(names)
        guard !names.isEmpty else { return self }
        var reduced = self
        reduced.variants = variants.filter { names.contains($0.name) }
        return reduced
    }

    /// Stops on names that no variant has.
    func checkVariants(_ names: [String]) throws {
        let known = variants.map(\.name)
        for name in names where !known.contains(name) {
            let suggestion = NearestName.find(name, among: known).map { "; did you mean \($0)?" } ?? "."
            throw CommandFailure(
                status: .usage,
                message:
                    "--variant \(name): the scenario has no such variant\(suggestion) It has \(known.joined(separator: ", "))."
            )
        }
    }
}
