public import OrreryKernel

/// The lock that a worker takes before it works on an item.
public struct LockPlan: Sendable {
    /// How workers line up for it.
    public let recipe: LockRecipe
    /// Which items share one.
    public let scope: LockScope
    /// How long a worker waits for it before it gives the item up; nil if for ever.
    public let patience: Duration?
    /// Whether the archive refuses what was made under a lock that somebody else has got since.
    public let isFenced: Bool

    /// A lock from checked values.
    public init(values: ParameterValues) {
        guard let recipe = LockRecipe(rawValue: values[Self.recipe]),
            let scope = LockScope(rawValue: values[Self.scope]),
            let fencing = LockFencing(rawValue: values[Self.fencing])
        else { violation("no such lock: \(values)") }
        self.recipe = recipe
        self.scope = scope
        patience = values[optional: Self.patience]
        isFenced = fencing == .token
    }

    /// The parameters.
    public static let parameters = [recipe.spec, scope.spec, patience.spec, fencing.spec]

    private static let recipe = Parameter<String>(
        "recipe", dimension: .choice(LockRecipe.allCases.map(\.rawValue)), default: LockRecipe.queue.rawValue,
        summary: "how workers line up: in a queue, where a release wakes one, or as a herd, where it wakes all",
        source: "ZooKeeper's recipe for locks; Hunt et al. 2010, section 2.4, simple locks and their herd effect")
    private static let scope = Parameter<String>(
        "scope", dimension: .choice(LockScope.allCases.map(\.rawValue)), default: LockScope.key.rawValue,
        summary: "which items share a lock: all, or those of a telescope or with the same key",
        source: "as fine as work on one source allows")
    private static let patience = Parameter<Duration>(
        optional: "patience", range: .within(0.000_001...315_360_000),
        summary: "how long a worker waits for the lock before it gives the item up; left out, for ever")
    private static let fencing = Parameter<String>(
        "fencing", dimension: .choice(LockFencing.allCases.map(\.rawValue)), default: LockFencing.none.rawValue,
        summary: "whether the archive refuses what was made under a lock that somebody else has got since; "
            + "the worker then begins again",
        source: "ZooKeeper's recipe has no fencing by itself")
}

/// How workers line up for a lock.
public enum LockRecipe: String, CaseIterable, Sendable {
    /// Everyone makes a node with a number and watches the one before: a release wakes one.
    case queue
    /// Everyone tries to make the same node, and watches it if somebody has it: a release wakes all.
    case herd
}

/// Which items share a lock.
public enum LockScope: String, CaseIterable, Sendable {
    /// All of them.
    case all
    /// Those of one telescope, or of one key of a stream; a stream without keys has one lock.
    case key
}

/// What keeps a worker that lost its lock from writing.
public enum LockFencing: String, CaseIterable, Sendable {
    /// Nothing.
    case none
    /// The number of its turn, which the archive compares with the newest.
    case token
}
