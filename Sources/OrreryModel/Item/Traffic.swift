public import OrreryKernel

/// What happened to copies of items, beside what became of the items.
public struct Traffic: Sendable {
    /// Copies that producers sent.
    public internal(set) var sent = Counter()
    /// Copies that were sent because an earlier one was refused or not answered.
    public internal(set) var retried = Counter()
    /// Copies that the centre turned away.
    public internal(set) var refused = Counter()
    /// Copies that a producer gave up because no answer came in time.
    public internal(set) var timedOut = Counter()
    /// Sendings that a producer held back because the centre accepted little.
    public internal(set) var heldBack = Counter()
    /// Copies that a broker handed out once more.
    public internal(set) var redelivered = Counter()
    /// Copies of items that had been delivered before.
    public internal(set) var duplicates = Counter()

    mutating func restart() {
        sent.restart()
        retried.restart()
        refused.restart()
        timedOut.restart()
        heldBack.restart()
        redelivered.restart()
        duplicates.restart()
    }
}
