public import OrreryKernel

/// Equal workers that process items one at a time.
public struct WorkerPoolPlan: Sendable {
    /// How many workers there are; with an autoscaler, at the start.
    public let count: Int
    /// The part of the service time that does not depend on the size.
    public let service: Distribution
    /// How fast a worker goes through the bytes of an item; nil if the size does not matter.
    public let throughput: DataRate?
    /// Which idle worker takes the next item.
    public let assignment: AssignmentPlan
    /// How long a message takes from the broker to a worker and its answer back.
    public let roundTrip: Duration
    /// What is older when a worker comes to it is not worth the work; nil if everything is.
    public let discardAfter: Duration?
    /// When workers crash; nil if they never do.
    public let failures: FailurePlan?
    /// What changes the number of workers; nil if nothing does.
    public let autoscaler: AutoscalerPlan?
    /// The lock that a worker takes before it works on an item; nil if none.
    public let lock: LockPlan?

    /// One way from the broker to a worker.
    var halfRoundTrip: Duration { Duration(nanoseconds: roundTrip.nanoseconds / 2) }

    /// A pool from checked values.
    public init(
        values: ParameterValues, assignment: AssignmentPlan, failures: FailurePlan? = nil,
        autoscaler: AutoscalerPlan? = nil, lock: LockPlan? = nil
    ) {
        count = values[WorkerPoolPlan.count]
        service = values[WorkerPoolPlan.service]
        throughput = values[optional: WorkerPoolPlan.throughput]
        roundTrip = values[WorkerPoolPlan.roundTrip]
        discardAfter = values[optional: WorkerPoolPlan.discardAfter]
        self.assignment = assignment
        self.failures = failures
        self.autoscaler = autoscaler
        self.lock = lock
    }

    /// No workers at all.
    public static let none = WorkerPoolPlan()

    private init() {
        count = 0
        service = Distribution(Constant(0), text: "0s")
        throughput = nil
        roundTrip = .zero
        discardAfter = nil
        assignment = KindPlan(firstOf: AssignmentCatalog.kinds)
        failures = nil
        autoscaler = nil
        lock = nil
    }

    private static let count = Parameter<Int>(
        "count", default: 1, range: .within(1...1_000_000),
        summary: "how many workers there are; with an autoscaler, at the start",
        source: "one worker unless stated"
    )
    .asCapacity()
    private static let service = Parameter<Distribution>(
        "service", summary: "how long a worker takes for an item, besides the time for its bytes"
    )
    .asCapacity(.less)
    private static let throughput = Parameter<DataRate>(
        optional: "throughput", range: .within(1...1e15),
        summary: "how fast a worker goes through an item's bytes; left out, the size does not matter"
    )
    .asCapacity()
    private static let roundTrip = Parameter<Duration>(
        "round-trip", default: .zero, range: .within(0...60),
        summary: "how long a message takes from the broker to a worker and its answer back",
        source: "workers stand beside the broker unless stated")
    private static let discardAfter = Parameter<Duration>(
        optional: "discard-after", range: .within(0.001...315_360_000),
        summary:
            "what is older when a worker comes to it is dropped without work; left out, a worker does everything")

    /// The parameters of a pool, besides its assignment policy and its failures.
    public static let parameters = [count.spec, service.spec, throughput.spec, roundTrip.spec, discardAfter.spec]
}

/// When workers crash, and how long they are away then.
public struct FailurePlan: Sendable {
    /// How long a worker works before it crashes.
    public let up: Distribution
    /// How long it is away.
    public let down: Distribution

    /// Failures from checked values.
    public init(values: ParameterValues) {
        up = values[FailurePlan.up]
        down = values[FailurePlan.down]
    }

    private static let up = Parameter<Distribution>(
        "up", default: Distribution(Exponential(mean: 2_592_000), text: "{ kind: exponential, mean: 30d }"),
        range: .within(1...315_360_000), summary: "how long a worker works before it crashes",
        source: "one crash a month; ours")
    private static let down = Parameter<Distribution>(
        "down", default: Distribution(Constant(60), text: "60s"), range: .within(0.001...315_360_000),
        summary: "how long a worker that crashed is away",
        source: "a supervisor's restart within a minute; ours")

    /// The parameters of failures.
    public static let parameters = [up.spec, down.spec]
}

/// An assignment policy that a scenario chose.
public typealias AssignmentPlan = KindPlan<any AssignmentPolicy>
