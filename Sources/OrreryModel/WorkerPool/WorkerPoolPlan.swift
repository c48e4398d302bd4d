public import OrreryKernel

/// Equal workers that process items one at a time.
public struct WorkerPoolPlan: Sendable {
    /// How many workers there are.
    public let count: Int
    /// The part of the service time that does not depend on the size.
    public let service: Distribution
    /// How fast a worker goes through the bytes of an item; nil if the size does not matter.
    public let throughput: DataRate?
    /// Which idle worker takes the next item.
    public let assignment: AssignmentPlan

    /// A pool from checked values.
    public init(values: ParameterValues, assignment: AssignmentPlan) {
        count = values[WorkerPoolPlan.count]
        service = values[WorkerPoolPlan.service]
        throughput = values[optional: WorkerPoolPlan.throughput]
        self.assignment = assignment
    }

    private static let count = Parameter<Int>(
        "count", default: 1, range: .within(1...1_000_000), summary: "how many workers there are",
        source: "one worker unless stated")
    private static let service = Parameter<Distribution>(
        "service", summary: "how long a worker takes for an item, besides the time for its bytes")
    private static let throughput = Parameter<DataRate>(
        optional: "throughput", range: .within(1...1e15),
        summary: "how fast a worker goes through an item's bytes; left out, the size does not matter")

    /// The parameters of a pool, besides its assignment policy.
    public static let parameters = [count.spec, service.spec, throughput.spec]
}

/// An assignment policy that a scenario chose.
public typealias AssignmentPlan = KindPlan<any AssignmentPolicy>
