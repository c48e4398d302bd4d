import ArgumentParser
import Foundation
import OrreryExperiment

/// The option that says how many runs are made at a time.
struct JobOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How many runs at a time; the result does not depend on it.", valueName: "count"))
    var jobs: Int = ProcessInfo.processInfo.activeProcessorCount

    func validate() throws {
        if !(1...1024).contains(jobs) {
            throw ValidationError("--jobs \(jobs) is out of range: at least 1 and at most 1024")
        }
    }

    /// What makes the runs, shows how far it is, and stops when it is told to.
    func replicator(_ archive: RunArchive?, _ interruption: Interruption, _ bar: ProgressBar) -> Replicator {
        Replicator(
            jobs: jobs, shouldStop: { interruption.isRaised }, shouldAbandon: { interruption.isUrgent },
            progress: { bar.update(run: $0, share: $1) }, archive: archive)
    }
}
