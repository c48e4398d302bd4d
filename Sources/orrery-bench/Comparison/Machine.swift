import Foundation

/// What the comparison ran on; it names no host.
enum Machine {
    /// The processor, how many cores there are, and the system.
    static var summary: String {
        let processor = value(of: "model name", in: "/proc/cpuinfo", separator: ":") ?? "unknown processor"
        let system = value(of: "PRETTY_NAME", in: "/etc/os-release", separator: "=") ?? "unknown system"
        return "\(processor), \(ProcessInfo.processInfo.processorCount) cores, \(system)"
    }

    /// Which Swift compiles Orrery.
    static var swiftVersion: String {
        let line = Command.firstLine(["swift", "--version"])
        return line.split(separator: "(" as Character).first.map { $0.trimmingCharacters(in: .whitespaces) } ?? line
    }

    /// How many processes ran or wanted to, over the last minute; nil where the system does not say.
    static var load: Double? {
        let text = try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8)
        return text?.split(separator: " " as Character).first.flatMap { Double($0) }
    }

    /// Today.
    static var date: String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "UTC")
        formatter.dateFormat = "yyyy-MM-dd"
        return formatter.string(from: Date())
    }

    private static func value(of key: String, in path: String, separator: Character) -> String? {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        let line = text.split(separator: "\n" as Character).first { $0.hasPrefix(key) }
        let value = line?.split(separator: separator, maxSplits: 1).dropFirst().first
        return value?.trimmingCharacters(in: CharacterSet(charactersIn: " \""))
    }
}
