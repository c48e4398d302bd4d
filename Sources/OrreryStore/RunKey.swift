/// What a finished run is known by: all that it can depend on.
///
/// Two runs with equal keys are the same run, byte for byte; whoever makes a key answers for that.
public struct RunKey: Hashable, Sendable {
    /// The digest of the plan that was run.
    public let plan: String
    /// The seed it was run with.
    public let seed: UInt64
    /// The program that ran it: its version, and a digest of its code.
    public let build: String

    /// The key of a run.
    public init(plan: String, seed: UInt64, build: String) {
        self.plan = plan
        self.seed = seed
        self.build = build
    }
}
