import OrreryExperiment
import OrreryModel
import OrreryScenario

/// A stored result that thresholds compare with, as `--baseline` names it.
enum BaselineFile {
    /// The baseline in a file; nil if none is named.
    ///
    /// It fails if a scenario needs one and none is named, or if the file is no result.
    static func load(_ path: String?, for scenarios: [Scenario]) throws -> Baseline? {
        guard let path else {
            if let threshold = firstThatNeedsOne(scenarios.flatMap(\.variants).flatMap(\.thresholds)) {
                throw CommandFailure(
                    status: .usage,
                    message: "'\(threshold.metric): \(threshold.text)' compares with a baseline: "
                        + "name a stored result with --baseline RESULT.json")
            }
            return nil
        }
        return Baseline(try StoredResult.load(path))
    }

    /// The same experiment, comparing with a baseline if there is one.
    static func experiment(
        _ experiment: Experiment, path: String?, _ baseline: Baseline?
    ) throws -> Experiment {
        guard let path, let baseline else { return experiment }
        do throws(Baseline.Problem) {
            return try experiment.comparing(with: baseline, words: "--baseline \(ShellWord.quoted(path))")
        } catch {
            throw CommandFailure(status: .badInput, message: "\(path): \(error)")
        }
    }

    /// The first threshold that compares with a stored result; nil if none does.
    static func firstThatNeedsOne(_ thresholds: [Threshold]) -> Threshold? {
        thresholds.first { threshold in
            if case .baseline = threshold.limit { true } else { false }
        }
    }
}
