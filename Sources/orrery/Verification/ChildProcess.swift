import Foundation
import Synchronization

/// A further process of this very program, whose standard output is read here.
///
/// It is stopped with SIGKILL, which nothing can delay; it writes no files. Should this process vanish, the child
/// meets a closed pipe and ends.
final class ChildProcess: Sendable {
    /// How a process ended.
    enum Ending: Equatable {
        case status(Int32)
        case signal(Int32)
    }

    private let process = Process()
    private let output = Pipe()
    private let errors = Pipe()
    private let hasEnded = DispatchSemaphore(value: 0)
    private let errorText = Mutex<[UInt8]>([])
    private let errorsAreRead = DispatchSemaphore(value: 0)

    /// Starts a process with these arguments, in this environment but for what is changed.
    init(arguments: [String], environment: [String: String]) throws {
        process.executableURL = ChildProcess.program
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        process.terminationHandler = { [hasEnded] _ in hasEnded.signal() }
        do {
            try process.run()
        } catch {
            throw CommandFailure(
                status: .invalid, message: "a process cannot be started: \(OutputFile.reason(error))")
        }
        Thread.detachNewThread { self.readErrors() }
    }

    /// The next bytes of its standard output; none at the end.
    ///
    /// It waits, and so must stand on a thread of its own.
    func read() -> [UInt8] {
        guard let data = try? output.fileHandleForReading.read(upToCount: 1 << 16) else { return [] }
        return [UInt8](data)
    }

    /// Waits for its end and says how it ended, and what it said on standard error at last.
    func wait() -> (ending: Ending, errors: String) {
        hasEnded.wait()
        errorsAreRead.wait()
        let status = process.terminationStatus
        let ending = process.terminationReason == .uncaughtSignal ? Ending.signal(status) : .status(status)
        return (ending, errorText.withLock { String(decoding: $0, as: UTF8.self) })
    }

    /// Ends it at once.
    func stop() {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    /// This program.
    ///
    /// The system's own link leads to the very file that runs, even if a build has meanwhile replaced it.
    private static let program: URL = {
        let link = "/proc/self/exe"
        if FileManager.default.isExecutableFile(atPath: link) { return URL(fileURLWithPath: link) }
        return Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
    }()

    /// Keeps the end of what it says, and never lets it wait.
    private func readErrors() {
        while let data = try? errors.fileHandleForReading.read(upToCount: 1 << 12), !data.isEmpty {
            errorText.withLock { text in
                text += data
                text.removeFirst(max(0, text.count - 1 << 12))
            }
        }
        errorsAreRead.signal()
    }
}

/// The children that run at the moment, so that all can be stopped at once, from whatever thread.
final class ChildGroup: Sendable {
    private struct State {
        var children: [ChildProcess] = []
        var isStopped = false
    }

    private let state = Mutex(State())

    /// Whether the group was stopped: no further child starts.
    var isStopped: Bool { state.withLock(\.isStopped) }

    /// Starts a child and does something with it on a thread of its own; what is left of it then is ended.
    func with<Result: Sendable>(
        _ starts: [(arguments: [String], environment: [String: String])],
        _ body: @escaping @Sendable ([ChildProcess]) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Swift.Result { try self.run(starts, body) })
            }
        }
    }

    /// Stops all children, and every one that would start later.
    func stop() {
        let children = state.withLock { state in
            state.isStopped = true
            return state.children
        }
        for child in children { child.stop() }
    }

    private func run<Result>(
        _ starts: [(arguments: [String], environment: [String: String])],
        _ body: ([ChildProcess]) throws -> Result
    ) throws -> Result {
        var children: [ChildProcess] = []
        defer {
            for child in children {
                child.stop()
                state.withLock { $0.children.removeAll { $0 === child } }
            }
        }
        for start in starts {
            let child = try state.withLock { state in
                if state.isStopped { throw CancellationError() }
                let child = try ChildProcess(arguments: start.arguments, environment: start.environment)
                state.children.append(child)
                return child
            }
            children.append(child)
        }
        return try body(children)
    }
}
