import Foundation

/// Ends with the documented exit code when the program stops itself because of a bug.
///
/// The message is on standard error by then: `invariant` prints it before it traps.
enum BugTrap {
    /// Listens from now on for the signals that Swift's traps raise.
    static func set() {
        for number in [SIGILL, SIGTRAP] {
            signal(number) { _ in _exit(ExitStatus.bug.rawValue) }
        }
    }
}
