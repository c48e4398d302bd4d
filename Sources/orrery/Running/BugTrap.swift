import Foundation
import OrreryExperiment
import OrreryScenario
import Synchronization

/// Ends with the documented exit code when the program stops itself because of a bug, and says which runs were under
/// way.
///
/// The message is on standard error by then: `invariant` prints it before it traps.
enum BugTrap {
    /// The runs under way, each with the line that names it.
    private static let underWay = Mutex<[(run: Int, line: [UInt8])]>([])

    /// Listens from now on for the signals that Swift's traps raise.
    static func set() {
        underWay.withLock { $0.reserveCapacity(16) }
        for number in [SIGILL, SIGTRAP] {
            signal(number) { _ in
                BugTrap.report()
                _exit(ExitStatus.bug.rawValue)
            }
        }
    }

    /// Notes that a run begins.
    static func begin(_ run: Int, _ replication: Replication, of scenario: Scenario) {
        let tie = replication.tieSeed.map { ", tie seed \($0)" } ?? ""
        let variant = scenario.variants[replication.variant].name
        let line = "orrery: under way: \(scenario.name), variant \(variant), seed \(replication.seed)\(tie)\n"
        underWay.withLock { $0.append((run, Array(line.utf8))) }
    }

    /// Notes that a run is over.
    static func end(_ run: Int) {
        underWay.withLock { runs in runs.removeAll { $0.run == run } }
    }

    /// Prints the lines.
    ///
    /// In a signal handler nothing may wait or allocate.
    private static func report() {
        _ = underWay.withLockIfAvailable { runs in
            for run in runs {
                unsafe run.line.withUnsafeBytes { _ = unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
            }
        }
    }
}
