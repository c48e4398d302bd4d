public import OrreryModel

/// A scenario that was decoded and checked: everything in it is there, in range, and fits together.
public struct Scenario: Sendable {
    /// Its name.
    public let name: String
    /// What it is about; may be empty.
    public let summary: String
    /// How many seeds are to be run.
    public let seedCount: Int
    /// The first seed; the others follow it one by one.
    public let seedBase: UInt64
    /// The variants, in the order of the file; one named `as-written` if the file has none.
    public var variants: [ScenarioVariant]
    /// What its section `sweep` changes; nil if it has none.
    public let sweep: SweepPlan?

    /// The name of the only variant of a file without variants.
    public static let onlyVariant = "as-written"

    /// Decodes a scenario file, or reports every fault in it at once.
    ///
    /// `file` is the name that faults show. The overrides act on every variant, one after the other.
    public static func decode(
        _ text: String, file: String, overrides: [Override] = []
    ) throws(ScenarioFaults) -> Scenario {
        var decoder = ScenarioDecoder()
        let scenario = decoder.decode(text, overrides)
        guard let scenario, decoder.faults.faults.isEmpty else {
            throw ScenarioFaults(file: file, noted: decoder.faults.faults)
        }
        return scenario
    }
}

/// A scenario as one of its variants runs it.
public struct ScenarioVariant: Sendable {
    /// The variant's name.
    public let name: String
    /// The network and what it runs through.
    public let plan: NetworkPlan
    /// What is demanded of it.
    public let thresholds: [Threshold]
    /// The scenario as this variant runs it: YAML with every default filled in, which decodes to the same plan.
    public let text: String
    /// The SHA-256 of all that its runs depend on besides the seed, in 64 hexadecimal digits.
    ///
    /// Scenarios that differ only in name, summary, seeds and thresholds have the same.
    public let planDigest: String
    /// The capacities of its network, each with a value that is a little better.
    public let capacities: [ScenarioCapacity]
}
