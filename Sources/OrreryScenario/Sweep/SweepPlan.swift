/// What a sweep changes: parameters with their values, and conditions that a point must meet.
///
/// The points are the grid of all values: the first parameter changes most slowly, the last with every point. A point
/// that breaks a condition is left out.
public struct SweepPlan: Sendable {
    /// How many points a sweep may have, before the conditions take any away.
    public static let pointLimit = 10_000

    /// The parameters, in the order of the file.
    public let parameters: [SweepParameter]
    /// The values of each point, in the order of the parameters.
    let grid: [GridPoint]
    /// The conditions as they are written.
    let constraints: [String]

    /// The values of one point.
    struct GridPoint: Sendable {
        let values: [SweptValue]
        let places: [ScenarioPlace]
    }

    /// The section `sweep` as a scenario file writes it, which decodes to the same plan.
    public var text: String {
        let quoted = constraints.map(CanonicalText.quoted).joined(separator: ", ")
        return
            (["sweep:"]
            + parameters.map { "  \($0.path): [\($0.written.map(CanonicalText.quoted).joined(separator: ", "))]" }
            + (constraints.isEmpty ? [] : ["  constraints: [\(quoted)]"])).joined(separator: "\n") + "\n"
    }
}
