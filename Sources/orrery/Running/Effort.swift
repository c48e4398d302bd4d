import Foundation

/// What the process has cost so far, for the narration; it never enters a result.
struct Effort {
    /// Processor time of all threads, in seconds.
    let cpuSeconds: Double
    /// The most memory that was resident, in MiB; nil where the system does not say.
    let memoryHighest: Int?

    /// The cost up to now.
    static var soFar: Effort {
        Effort(cpuSeconds: Double(clock()) / Double(CLOCKS_PER_SEC), memoryHighest: residentHighest)
    }

    /// The line `VmHWM:  123456 kB` of the process's status.
    private static var residentHighest: Int? {
        let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }.map { $0 / 1024 }
    }
}
