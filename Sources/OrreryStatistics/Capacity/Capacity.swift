/// What a capacity search found: the last passing candidate, how sure that is, and what it cost.
///
/// All candidates are named by their index in the list that was searched.
public struct Capacity: Sendable, Equatable {
    /// Two candidates of which the one passes though the other, which should pass first, fails.
    public struct Contradiction: Sendable, Equatable {
        /// The candidate that is shown to pass.
        public let passing: Int
        /// A candidate that should pass if that one does, and is shown to fail.
        public let failing: Int
    }

    /// The last candidate that passes, undecided ones counted as they lean; nil if not even the first one does.
    public let answer: Int?
    /// Whether the answer is the end of the list, so that the capacity may lie beyond: "at least", or "at most".
    public let isAtEnd: Bool
    /// The last candidate that is shown to pass, before any that is shown to fail; nil if there is none.
    public let proven: Int?
    /// The last candidate that is not shown to fail; nil if all are.
    ///
    /// With the confidence, the true capacity lies between `proven` and `possible`; beyond the list, where `possible`
    /// is its end.
    public let possible: Int?
    /// The confidence of the interval from `proven` to `possible`, in 0…1.
    public let confidence: Double
    /// What contradicts that passing is monotone, one entry for each candidate that passes behind one that fails.
    ///
    /// Where there are any, there is no single capacity, and the answer is one of several. Each contradiction is shown
    /// with the confidence of the search. Without any, passing may still be otherwise between the points that were
    /// tested.
    public let contradictions: [Contradiction]
    /// How many candidates were tested.
    public let visited: Int
    /// How many replications the search spent.
    public let runs: Int
    /// What a full grid of the same confidence costs at most: every candidate at the ceiling.
    ///
    /// A grid without sequential stopping costs exactly this.
    public let gridRunsMax: Int
    /// What a full grid with the same sequential test would have cost at least: every candidate that was not visited at
    /// the floor.
    ///
    /// What it would have cost indeed is unknown without running it, and lies between this and `gridRunsMax`.
    public let gridRunsMin: Int
}
