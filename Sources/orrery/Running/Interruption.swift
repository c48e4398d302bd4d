import Dispatch
import Foundation
import Synchronization

/// Ctrl-C and SIGTERM: the first finishes what is running and writes what there is, the second ends at once.
///
/// Outputs are renamed into place when they are complete, so ending at once leaves nothing half-written.
///
/// `@unchecked Sendable` because the sources are set up once, before anybody else sees them, and then only kept alive.
final class Interruption: @unchecked Sendable {
    private struct State {
        var signal: Int32?
    }

    private let state = Mutex(State())
    private let sources: [any DispatchSourceSignal]

    /// Listens from now on.
    init() {
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            return DispatchSource.makeSignalSource(signal: number, queue: .global())
        }
        for (source, number) in zip(sources, [SIGINT, SIGTERM]) {
            source.setEventHandler { [weak self] in self?.receive(number) }
            source.resume()
        }
    }

    /// Whether a signal came.
    var isRaised: Bool { state.withLock { $0.signal != nil } }

    /// The exit status of the signal that came; nil if none did.
    var status: ExitStatus? {
        state.withLock { $0.signal }.map { $0 == SIGTERM ? .terminated : .interrupted }
    }

    private func receive(_ number: Int32) {
        let isFirst = state.withLock { state in
            defer { state.signal = state.signal ?? number }
            return state.signal == nil
        }
        if isFirst {
            Terminal.narrate("\norrery: finishing the runs under way; once more to end at once")
        } else {
            exit((number == SIGTERM ? ExitStatus.terminated : .interrupted).rawValue)
        }
    }
}
