public import OrreryKernel

/// A telescope's own disk, on which images wait until the centre has confirmed them.
public struct DiskPlan: Sendable {
    /// How much it holds; nil if there is no limit.
    public let capacity: ByteCount?
    /// What happens when the next image has no room.
    public let whenFull: FullDiskPolicy

    /// A disk that is never full.
    public static let unlimited = DiskPlan(values: ParameterValues([:]))

    /// A disk from checked values.
    public init(values: ParameterValues) {
        capacity = values[optional: DiskPlan.capacity]
        guard let policy = FullDiskPolicy(rawValue: values[DiskPlan.whenFull]) else {
            violation("nothing is known of a disk that does \(values[DiskPlan.whenFull])")
        }
        whenFull = policy
    }

    private static let capacity = Parameter<ByteCount>(
        optional: "capacity", range: .within(1e6...1e18),
        summary: "how much a telescope's disk holds; left out, there is no limit"
    )
    .asCapacity()
    private static let whenFull = Parameter<String>(
        "when-full", dimension: .choice(FullDiskPolicy.allCases.map(\.rawValue)),
        default: FullDiskPolicy.stopObserving.rawValue,
        summary: "what happens when the next image has no room",
        source: "no data is thrown away unless the scenario says so; ours")

    /// The parameters of a disk.
    public static let parameters = [capacity.spec, whenFull.spec]
}

/// What a telescope does when its disk has no room for the next image.
public enum FullDiskPolicy: String, CaseIterable, Sendable {
    /// It waits with the next exposure until there is room.
    case stopObserving = "stop-observing"
    /// The oldest images that are not on their way are deleted.
    case dropOldest = "drop-oldest"
    /// The new image is deleted.
    case dropNewest = "drop-newest"
}
