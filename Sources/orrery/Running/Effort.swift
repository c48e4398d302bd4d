import Foundation

/// What the process has cost so far, for the narration; it never enters a result.
struct Effort {
    /// Processor time of all threads, in seconds.
    let cpuSeconds: Double
    /// The most memory that was resident, in bytes.
    let memoryHighest: Int64

    /// The cost up to now.
    static var soFar: Effort {
        var usage = rusage()
        guard unsafe getrusage(RUSAGE_SELF, &usage) == 0 else { return Effort(cpuSeconds: 0, memoryHighest: 0) }
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return Effort(
            cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime), memoryHighest: Int64(usage.ru_maxrss) * 1024)
    }
}
