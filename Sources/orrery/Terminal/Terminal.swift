import Foundation

/// The two streams of a terminal: results on standard output, everything else on standard error.
enum Terminal {
    /// Prints a result.
    static func print(_ text: String) {
        write(text, to: FileHandle.standardOutput)
    }

    /// Narrates.
    static func narrate(_ text: String) {
        write(text, to: FileHandle.standardError)
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

    /// A reader that went away (`orrery … | head`) is no error.
    private static func write(_ text: String, to handle: FileHandle) {
        try? handle.write(contentsOf: Data((text.hasSuffix("\n") ? text : text + "\n").utf8))
    }
}
