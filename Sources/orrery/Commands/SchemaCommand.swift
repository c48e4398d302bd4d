import ArgumentParser
import OrreryReport
import OrreryScenario

/// `orrery schema`: the JSON Schemas of the files that Orrery reads and writes.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the JSON Schema (draft-07) of the files of Orrery.")

    @Argument(
        help: ArgumentHelp("scenario, result, sweep, capacity, comparison or baseline.", valueName: "file"))
    var file: File

    /// Which files.
    enum File: String, CaseIterable, ExpressibleByArgument {
        case scenario
        case result
        case sweep
        case capacity
        case comparison
        case baseline
    }

    func run() throws {
        switch file {
        case .scenario: try Terminal.print(ScenarioSchema.text)
        case .result: try Terminal.print(ResultSchema.text)
        case .sweep: try Terminal.print(SweepSchema.text)
        case .capacity: try Terminal.print(CapacitySchema.text)
        case .comparison: try Terminal.print(ComparisonSchema.text)
        case .baseline: try Terminal.print(BaselineSchema.text)
        }
    }
}
