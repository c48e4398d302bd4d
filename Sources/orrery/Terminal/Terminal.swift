import Foundation
import Synchronization

/// The two streams of a terminal: results on standard output, everything else on standard error.
enum Terminal {
    /// What stands in for streams that the caller has closed, so that no file of ours gets their numbers.
    private static let placeholders = Mutex<[FileHandle]>([])

    /// Makes the streams safe to write to; called once, before anything is opened.
    ///
    /// A reader that went away shall not end a run before its files are written. In the place of a closed stream comes
    /// one that refuses every write, so that nothing is printed into a report.
    static func prepare() {
        signal(SIGPIPE, SIG_IGN)
        for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) == -1 {
            guard let handle = FileHandle(forReadingAtPath: "/dev/null") else { continue }
            placeholders.withLock { $0.append(handle) }
        }
    }

    /// Prints a result.
    static func print(_ text: String) throws {
        do {
            try write(text, to: FileHandle.standardOutput)
        } catch {
            throw CommandFailure(
                status: .cannotWrite, message: "standard output cannot be written: \(OutputFile.reason(error))")
        }
    }

    /// Narrates; where nobody listens, that is no reason to stop.
    static func narrate(_ text: String) {
        try? write(text, to: FileHandle.standardError)
    }

    /// Says what is wrong.
    static func complain(_ message: String) {
        narrate("orrery: error: \(message)")
    }

    /// Whether standard output takes colours: on a terminal, unless the user or the terminal says no (no-color.org).
    static func wantsColour(_ refused: Bool) -> Bool {
        let environment = ProcessInfo.processInfo.environment
        let forbidden = refused || environment["NO_COLOR"].map { !$0.isEmpty } ?? false || environment["TERM"] == "dumb"
        return !forbidden && isatty(STDOUT_FILENO) == 1
    }

    /// Whether standard error is a terminal that can move its cursor.
    static var canDrawProgress: Bool {
        isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }

    /// How many columns the terminal has on which narration appears; 80 if it does not say.
    static var columns: Int {
        var size = winsize()
        let isKnown = unsafe ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0
        return isKnown && size.ws_col > 0 ? Int(size.ws_col) : 80
    }

    /// A reader that went away (`orrery … | head`) is no error.
    private static func write(_ text: String, to handle: FileHandle) throws {
        do {
            try handle.write(contentsOf: Data((text.hasSuffix("\n") ? text : text + "\n").utf8))
        } catch {
            let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
            let cause = underlying ?? error as NSError
            guard cause.domain == NSPOSIXErrorDomain, cause.code == Int(EPIPE) else { throw error }
        }
    }
}
