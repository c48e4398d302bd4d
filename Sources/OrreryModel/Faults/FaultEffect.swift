public import OrreryKernel

/// What a fault does to the network from its beginning to its end.
///
/// Faults are triggers: they end, and whether the network recovers then is what one wants to know.
public protocol FaultEffect: Sendable {
    /// How many nodes of the cluster it hits; most faults need no cluster.
    var nodesHit: Int { get }
    /// How many servers of a coordination service it needs; most faults need none.
    var serversHit: Int { get }
    /// Whether it puts the clocks of workers wrong, which matters only where somebody compares them.
    var skewsClocks: Bool { get }
    /// The fault begins.
    func begin(in network: inout Network, agenda: inout Agenda<Message>)
    /// The fault is over.
    func end(in network: inout Network, agenda: inout Agenda<Message>)
}

extension FaultEffect {
    /// Most kinds need no cluster.
    public var nodesHit: Int { 0 }
    /// Most kinds need no coordination service.
    public var serversHit: Int { 0 }
    /// Most kinds leave the clocks alone.
    public var skewsClocks: Bool { false }
}

/// The kinds of fault.
///
/// A new kind is one file in `Kinds/` and one line here.
public enum FaultCatalog {
    /// All kinds; the first is the default.
    public static let kinds = Catalog<any FaultEffect>(
        noun: "fault",
        kinds: [
            CentreOutage.kind,
            UplinkOutage.kind,
            Partition.kind,
            NodeCrash.kind,
            NodePause.kind,
            SlowNode.kind,
            CoordinationServerLoss.kind,
            NodePartition.kind,
            ClockSkew.kind,
        ])
}

/// A fault at stated times, or at times that every seed draws for itself.
public struct FaultPlan: Sendable {
    /// The name in the scenario.
    public let name: String
    /// When it begins for the first time, counted from the start of the run.
    public let start: Distribution
    /// How long it lasts.
    public let duration: Distribution
    /// How long after its end it begins again; nil if it happens once.
    public let gap: Distribution?
    /// What it does.
    public let effect: KindPlan<any FaultEffect>

    /// A fault from checked values.
    public init(name: String, values: ParameterValues, effect: KindPlan<any FaultEffect>) {
        self.name = name
        start = values[FaultPlan.start]
        duration = values[FaultPlan.duration]
        gap = values[optional: FaultPlan.gap]
        self.effect = effect
    }

    private static let start = Parameter<Distribution>(
        "at", range: .within(0...315_360_000), summary: "when it begins, counted from the start of the run")
    private static let duration = Parameter<Distribution>(
        "for", range: .within(0.000_001...315_360_000), summary: "how long it lasts")
    private static let gap = Parameter<Distribution>(
        optional: "every", range: .within(0.001...315_360_000),
        summary: "how long after its end it begins again; left out, it happens once")

    /// The parameters of a fault, besides its effect.
    public static let parameters = [start.spec, duration.spec, gap.spec]
}
