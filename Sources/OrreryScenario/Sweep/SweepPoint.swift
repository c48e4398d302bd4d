/// One point of a sweep: a value for each of its parameters, and the scenario with them laid over it.
public struct SweepPoint: Sendable {
    /// The values, in the order of the sweep's parameters.
    public let values: [SweptValue]
    /// The overrides that make the same plans of the scenario: `--set` with these texts.
    public let overrides: [Override]
    /// The variants, each with the values laid over it.
    public internal(set) var variants: [ScenarioVariant] = []

    init(parameters: [SweepParameter], values: [SweptValue]) {
        self.values = values
        overrides = zip(parameters, values).compactMap { parameter, value in
            Override("\(parameter.path)=\(value.number == nil ? CanonicalText.quoted(value.text) : value.text)")
        }
    }

    /// The point in words: `system.workers.count=12, arrivals.images.size=1MB`.
    public var text: String { overrides.map(\.text).joined(separator: ", ") }
}
