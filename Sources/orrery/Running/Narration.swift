import OrreryExperiment
import OrreryKernel

/// What is said about an experiment on standard error: what it cost.
///
/// It differs from run to run, so it is in no result.
enum Narration {
    /// Events and items, and how fast they were simulated.
    static func effort(_ result: ExperimentResult, from before: Effort, to after: Effort, elapsed: Double) -> String {
        let runs = result.variants.flatMap(\.replications)
        let events = runs.reduce(0.0) { $0 + Double($1.events) }
        let items = runs.reduce(0.0) { $0 + Double($1.delivered) }
        let cpu = max(after.cpuSeconds - before.cpuSeconds, 1e-6)
        return
            "simulated \(large(events)) events and \(large(items)) delivered items in \(decimal(cpu)) s of processor time "
            + "(\(decimal(elapsed)) s elapsed): \(large(events / cpu)) events/s, \(large(items / cpu)) items/s; "
            + (after.memoryHighest.map { "\($0) MiB of memory at most" } ?? "memory not known")
    }

    /// How many runs, how many of them were kept from before, and what they cost.
    static func effort(runs: Int, kept: Int, from before: Effort, to after: Effort, elapsed: Double) -> String {
        let found = kept == 0 ? "" : ", \(kept) of them kept from before,"
        let cpu = decimal(max(after.cpuSeconds - before.cpuSeconds, 0))
        let memory = after.memoryHighest.map { "\($0) MiB of memory at most" } ?? "memory not known"
        return
            "\(runs) run\(runs == 1 ? "" : "s")\(found) in \(cpu) s of processor time (\(decimal(elapsed)) s elapsed); \(memory)"
    }

    /// An amount of data for people: `52.2 MB`.
    static func megabytes(_ size: ByteCount) -> String {
        "\(Double((size.bytes + 50_000) / 100_000) / 10) MB"
    }

    /// A large number in a few digits: `2.5 million`.
    static func large(_ number: Double) -> String {
        if number >= 1e12 { return "more than a million million" }
        if number >= 1e9 { return decimal(number / 1e9) + " thousand million" }
        if number >= 1e6 { return decimal(number / 1e6) + " million" }
        if number >= 1e4 { return decimal(number / 1e3) + " thousand" }
        return decimal(number)
    }

    private static func decimal(_ number: Double) -> String {
        let hundredths = Int((number * 100).rounded())
        let fraction = hundredths % 100
        return fraction == 0 ? "\(hundredths / 100)" : "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    }
}
