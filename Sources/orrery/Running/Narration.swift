import OrreryExperiment

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

    private static func large(_ number: Double) -> String {
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
