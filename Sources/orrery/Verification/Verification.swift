import Foundation
import OrreryExperiment
import OrreryKernel
import OrreryModel
import OrreryScenario

/// The comparison of one scenario's runs between processes, in two looks.
///
/// In the first look every variation runs once and notes the digest of its events every 4,096 events. That costs
/// nothing and compares any number of processes with as many runs at a time as they like. Streaming all events in
/// lockstep instead would move 32 bytes an event through pipes, several times what an event costs, for an answer that
/// is needed only when something is wrong. So only then the reference and the first variation that differs run a second
/// time and stream the events of the one run in which they differed, from its beginning: what went wrong at random may
/// go wrong earlier this time.
struct Verification: Sendable {
    /// What is run.
    let experiment: Experiment
    /// The words of the command line that say so.
    let words: [String]
    /// How many processors may be busy at a time.
    let processors: Int
    /// Where the processes are kept.
    let children: ChildGroup

    /// How often the second look is repeated when it shows no difference.
    static let looks = 3
    /// How many common events are shown before the first that differs.
    static let eventsBefore = 8

    /// The first look; says how much of each run is over, counted through all variations.
    func run(progress: @escaping @Sendable (_ run: Int, _ share: Double) -> Void) async throws -> Findings {
        let variations = Variation.all
        return try await withThrowingTaskGroup(of: (index: Int, log: RunLog).self) { group in
            var logs = [RunLog?](repeating: nil, count: variations.count)
            var started = 0
            var busy = 0
            func weight(_ index: Int) -> Int { min(variations[index].jobs, max(1, processors)) }
            func startMore() {
                while started < variations.count, busy == 0 || busy + weight(started) <= processors {
                    let index = started
                    busy += weight(index)
                    started += 1
                    group.addTask {
                        (index, try await log(of: variations[index], index: index, progress: progress))
                    }
                }
            }
            startMore()
            do {
                while let finished = try await group.next() {
                    logs[finished.index] = finished.log
                    busy -= weight(finished.index)
                    startMore()
                }
            } catch {
                // The others are of no use any more; they are waited for, so that none outlives this process.
                let wasStopped = children.isStopped
                children.stop()
                throw wasStopped ? CancellationError() : error
            }
            return Findings(variations: variations, logs: logs.compactMap(\.self))
        }
    }

    /// The second look at a variation that differs in its events: the first differing event as it is seen this time;
    /// nil if none was seen.
    func look(at differing: Findings.Differing) async throws -> EventLockstep.Difference? {
        guard case .events(let run, _, _, _) = differing.difference else { return nil }
        for _ in 0..<Verification.looks {
            let variations = [Variation.all[0], differing.variation]
            let sides = variations.map { start(of: $0, events: run) }
            let found = try await children.with(sides) { pair -> EventLockstep.Difference? in
                var lockstep = EventLockstep(memory: Verification.eventsBefore)
                while let side = lockstep.waitsFor {
                    let index = side == .reference ? 0 : 1
                    let bytes = pair[index].read()
                    if children.isStopped { throw CancellationError() }
                    if bytes.isEmpty {
                        // Only a process that came to its end says that nothing more happens.
                        let (ending, errors) = pair[index].wait()
                        try Verification.check(ending, errors, of: variations[index], isComplete: true)
                    }
                    if let difference = lockstep.take(bytes, from: side) { return difference }
                }
                return nil
            }
            if let found { return found }
        }
        return nil
    }

    /// What a process is started with.
    private func start(
        of variation: Variation, events run: Int? = nil
    ) -> (arguments: [String], environment: [String: String]) {
        let stream = run.map { ["--events", "\($0)"] } ?? []
        return (["verify-runs"] + words + ["--jobs", "\(variation.jobs)"] + stream, variation.environment)
    }

    private func log(
        of variation: Variation, index: Int, progress: @escaping @Sendable (Int, Double) -> Void
    ) async throws -> RunLog {
        let replications = experiment.replications
        let digest = experiment.scenario.digest
        return try await children.with([start(of: variation)]) { pair in
            let child = pair[0]
            var log = RunLog(runs: replications.count)
            while true {
                let bytes = child.read()
                if bytes.isEmpty { break }
                for run in try Verification.take(bytes, into: &log, of: variation) {
                    guard let last = log.checkpoints[run].last else { continue }
                    let share = last.time.seconds / replications[run].plan.duration.seconds
                    progress(index * replications.count + run, share)
                }
                if let scenario = log.scenario, scenario != digest {
                    throw CommandFailure(
                        status: .invalid, message: "the scenario was changed while it was verified; verify it once more"
                    )
                }
            }
            let (ending, errors) = child.wait()
            try Verification.check(ending, errors, of: variation, isComplete: log.isComplete)
            return log
        }
    }

    private static func take(_ bytes: [UInt8], into log: inout RunLog, of variation: Variation) throws -> [Int] {
        do throws(RunLog.Unreadable) {
            return try log.read(bytes)
        } catch {
            throw CommandFailure(
                status: .invalid, message: "the process \"\(variation.name)\" wrote what is no log: \(error.line)")
        }
    }

    /// Stops if a process did not come to its end, which is no difference.
    private static func check(
        _ ending: ChildProcess.Ending, _ errors: String, of variation: Variation, isComplete: Bool
    ) throws {
        if ending == .status(0) && isComplete { return }
        let said = errors.split(separator: "\n").map { "\n  " + $0 }.joined()
        let (end, own): (String, ExitStatus?) =
            switch ending {
            case .signal(let number): ("was ended by signal \(number)", crashes.contains(number) ? .bug : nil)
            case .status(let status): ("ended with status \(status)", ExitStatus(rawValue: status))
            }
        throw CommandFailure(
            status: own.flatMap { $0 == .passed ? nil : $0 } ?? .invalid,
            message: "the process \"\(variation.name)\" \(end) before it was done; that is no difference, "
                + "and nothing is known about one.\(said)")
    }

    /// The signals that only a bug raises by itself.
    private static let crashes = [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGFPE]
}

/// What the first look gave.
struct Findings: Sendable {
    /// The variations; the first is the reference.
    let variations: [Variation]
    /// Their logs, in the same order.
    let logs: [RunLog]

    /// A variation that differs from the reference.
    struct Differing: Sendable {
        let variation: Variation
        let difference: LogDifference
    }

    /// Where a variation differs from the reference; nil if it does not.
    func difference(of index: Int) -> LogDifference? { LogDifference(from: logs[0], to: logs[index]) }

    /// The first variation that differs.
    var firstDiffering: Differing? {
        for index in variations.indices.dropFirst() {
            if let difference = difference(of: index) {
                return Differing(variation: variations[index], difference: difference)
            }
        }
        return nil
    }
}

extension Scenario {
    /// The digest of all variants as they run.
    var digest: Fingerprint {
        var digest = Fingerprint()
        for variant in variants {
            digest.absorb(Fingerprint(of: variant.name))
            digest.absorb(Fingerprint(of: variant.text))
        }
        return digest
    }
}
