import ArgumentParser
import OrreryScenario

/// `orrery validate`: every fault of the files at once, with line and column.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Check scenarios; every fault at once, with line and column.")

    @Argument(help: ArgumentHelp("YAML files, or folders that hold scenario.yaml.", valueName: "scenario"))
    var scenarios: [String]

    @Option(help: ArgumentHelp("Set a value of the scenario, as orrery run does. Repeatable.", valueName: "path=value"))
    var set: [String] = []

    @Flag(help: "Print the scenarios as they run, with every default filled in.")
    var show = false

    func run() throws {
        for (file, scenario) in try ScenarioLoader.load(scenarios, overrides: Override.parse(set)) {
            let count = scenario.variants.count
            try Terminal.print("\(file.path): sound: \(scenario.name), \(count) variant\(count == 1 ? "" : "s")")
            if show {
                for variant in scenario.variants { try Terminal.print("# variant \(variant.name)\n\(variant.text)") }
            }
        }
    }
}
