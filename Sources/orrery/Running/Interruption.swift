import Dispatch
import Foundation
import Synchronization

/// Ctrl-C and SIGTERM: what is finished is never lost.
///
/// The first signal lets the runs under way finish, the second gives them up; both write what there is. The third ends
/// at once, which leaves nothing half-written, because outputs are renamed into place when they are complete.
///
/// `@unchecked Sendable` because the sources are set up once, before anybody else sees them, and then only kept alive.
final class Interruption: @unchecked Sendable {
    private struct State {
        var first: Int32?
        var count = 0
    }

    /// What is said at the first signal and at the second.
    private let announcements: [String]
    /// Done at the first signal.
    private let action: @Sendable () -> Void
    private let state = Mutex(State())
    private let sources: [any DispatchSourceSignal]

    /// Listens from now on, on a queue of its own: the runs occupy every thread of the common one until they end.
    init(
        announcements: [String] = [
            "finishing the runs under way; once more to give them up",
            "writing what is finished; once more to end at once",
        ], action: @escaping @Sendable () -> Void = {}
    ) {
        self.announcements = announcements
        self.action = action
        let queue = DispatchQueue(label: "interruption", qos: .userInteractive)
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            return DispatchSource.makeSignalSource(signal: number, queue: queue)
        }
        for (source, number) in zip(sources, [SIGINT, SIGTERM]) {
            source.setEventHandler { [weak self] in self?.receive(number) }
            source.resume()
        }
    }

    /// Whether a signal came: no further run should start.
    var isRaised: Bool { state.withLock { $0.count > 0 } }

    /// Whether a second signal came: the runs under way should be given up.
    var isUrgent: Bool { state.withLock { $0.count > 1 } }

    /// The exit status of the signal that came first; nil if none did.
    var status: ExitStatus? {
        state.withLock { $0.first }.map { $0 == SIGTERM ? .terminated : .interrupted }
    }

    private func receive(_ number: Int32) {
        let count = state.withLock { state in
            state.first = state.first ?? number
            state.count += 1
            return state.count
        }
        guard count <= announcements.count else { exit((status ?? .interrupted).rawValue) }
        Terminal.narrate("\norrery: \(announcements[count - 1])")
        if count == 1 { action() }
    }
}
