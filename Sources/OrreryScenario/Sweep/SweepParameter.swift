/// A parameter of the scenario that a sweep changes, and the values that it takes.
public struct SweepParameter: Sendable {
    /// The path as an override writes it: `system.workers.count`.
    public let path: String
    /// The values in the order in which they were written, each once.
    public let values: [SweptValue]
    /// Where each value is written.
    let places: [ScenarioPlace]
    /// How it is written: the ranges and values of the list.
    let written: [String]

    /// Whether every value is a number with the same unit, so that they can stand on an axis.
    public var isNumeric: Bool {
        values.allSatisfy { $0.number != nil && $0.unit == values.first?.unit }
    }
}
