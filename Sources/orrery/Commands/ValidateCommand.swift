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

    @Option(help: ArgumentHelp("Check or show this variant only. Repeatable.", valueName: "name"))
    var variant: [String] = []

    @Flag(help: "Print each variant as it runs: a scenario file of its own, with every default filled in.")
    var show = false

    func run() throws {
        for (file, scenario) in try ScenarioLoader.load(
            scenarios, overrides: Override.parse(set), variants: variant)
        {
            let count = scenario.variants.count
            let points = try scenario.sweep.map { _ in
                try file.decodeSweep(
                    overrides: Override.parse(set), options: [], optionName: "--sweep", variants: variant
                ).points.count
            }
            let verdict =
                "\(file.path): sound: \(scenario.name), \(count) variant\(count == 1 ? "" : "s")"
                + (points.map { ", \($0) point\($0 == 1 ? "" : "s")" } ?? "")
            // What is shown is a scenario again, so that nothing but comments may stand around it.
            try Terminal.print(show ? "# " + verdict.replacing("\n", with: " ") : verdict)
            if show {
                for variant in scenario.variants {
                    try Terminal.print("# variant \(variant.name)\n\(variant.text)\(scenario.sweep?.text ?? "")")
                }
            }
        }
    }
}
