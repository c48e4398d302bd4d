import Foundation
import OrreryExperiment
import OrreryReport
import OrreryScenario

/// A scenario whose runs are to be saved as a baseline or compared with one.
struct BaselineRun {
    /// The scenario's file.
    let scenario: ScenarioFile
    /// How the baseline names the scenario.
    let path: String
    /// The file of the baseline.
    let file: String
    /// What is set besides the file, as a baseline keeps it.
    let settings: [String]
    /// What is run.
    let experiment: GateExperiment
    /// What it is compared with; nil if there is nothing.
    let baseline: GateBaseline?

    /// A question of capacity as somebody asks it.
    struct Question {
        var vary: String
        var variant: String?
        var find: CapacityResult.Find
        var confidence: Double
        var seedBase: UInt64?
        var seedsMax: Int

        init(
            vary: String, variant: String?, find: CapacityResult.Find, confidence: Double, seedBase: UInt64? = nil,
            seedsMax: Int
        ) {
            self.vary = vary
            self.variant = variant
            self.find = find
            self.confidence = confidence
            self.seedBase = seedBase
            self.seedsMax = seedsMax
        }

        /// The question that a baseline asks.
        init(_ answer: GateCapacity) {
            self.init(
                vary: answer.vary, variant: answer.variant, find: answer.find, confidence: answer.confidence,
                seedBase: answer.seedBase, seedsMax: answer.seedsMax)
        }

        /// The search that answers it over a scenario.
        fileprivate func search(_ file: ScenarioFile, _ overrides: [Override]) throws -> GateExperiment.Question {
            let options = try Override.parse([vary], option: "--vary", example: "system.workers.count=5..60")
            let sweep = try file.decodeSweep(
                overrides: overrides, options: options, optionName: "--vary", variants: variant.map { [$0] } ?? [])
            do throws(CapacityExperiment.Unsuitable) {
                return GateExperiment.Question(
                    vary: vary,
                    search: try CapacityExperiment(
                        sweep: sweep, find: find, confidence: confidence, seedsMax: seedsMax,
                        seedBase: seedBase ?? sweep.scenario.seedBase, command: ""))
            } catch {
                throw CommandFailure(status: .usage, message: "\(file.path): \(CapacityCommand.message(for: error))")
            }
        }
    }

    /// A run of a scenario, or all the faults of its file at once.
    init(
        _ scenario: ScenarioFile, path: String, file: String, settings: [String], more: [String] = [],
        seeds: (Scenario) throws -> [UInt64], questions: [Question], baseline: GateBaseline? = nil
    ) throws {
        let overrides = try Override.parse(settings + more)
        let decoded: Scenario
        do {
            decoded = try scenario.decode(overrides: overrides)
        } catch let error as ScenarioFaults {
            throw CommandFailure(status: .badInput, message: FaultText.joined([error.description]))
        }
        self.scenario = scenario
        self.path = path
        self.file = file
        self.settings = settings
        self.baseline = baseline
        experiment = GateExperiment(
            scenario: decoded, seeds: try seeds(decoded),
            questions: try questions.map { try $0.search(scenario, overrides) })
    }

    /// Stops on a baseline that these runs cannot be compared with.
    func checkComparable() throws(CommandFailure) {
        guard let baseline else { return }
        do throws(GateComparison.Problem) {
            try GateComparison.check(
                scenario: experiment.scenario.name, seeds: experiment.seeds,
                variants: experiment.scenario.variants.map(\.name), against: baseline)
        } catch {
            throw CommandFailure(status: .badInput, message: "\(file): \(error)")
        }
    }

    /// What the runs gave; fails if a run was given up, because half a baseline would hide that.
    func newBaseline(of measurement: GateMeasurement) throws(CommandFailure) -> GateBaseline {
        let missing = measurement.result.variants.first {
            $0.replications.count < measurement.result.seeds.count
        }
        if let missing {
            throw CommandFailure(
                status: .invalid,
                message: "\(path): in variant \(missing.name) "
                    + "\(measurement.result.seeds.count - missing.replications.count) runs were given up, because too many "
                    + "items were on their way; a baseline needs all of them")
        }
        return GateBaseline(measurement, path: path, settings: settings)
    }
}
