public import OrreryKernel

/// What happened to copies of items, beside what became of the items.
public struct Traffic: Sendable {
    /// Copies that producers sent.
    public internal(set) var sent: CounterSeries
    /// Copies that were sent because an earlier one was refused or not answered.
    public internal(set) var retried: CounterSeries
    /// Copies that the centre turned away.
    public internal(set) var refused: CounterSeries
    /// Those of them that found the broker's queue full.
    public internal(set) var overflowed: CounterSeries
    /// Those of them that came faster than a shard is provisioned for.
    public internal(set) var throttled: CounterSeries
    /// Copies that a producer gave up because no answer came in time.
    public internal(set) var timedOut: CounterSeries
    /// Sendings that a producer held back because the centre accepted little.
    public internal(set) var heldBack: CounterSeries
    /// Copies of items that had been delivered before.
    public internal(set) var duplicates: CounterSeries

    init(duration: Duration) {
        sent = LedgerSeries.counter(over: duration)
        retried = sent
        refused = sent
        overflowed = sent
        throttled = sent
        timedOut = sent
        heldBack = sent
        duplicates = sent
    }

    mutating func restart() {
        sent.restart()
        retried.restart()
        refused.restart()
        overflowed.restart()
        throttled.restart()
        timedOut.restart()
        heldBack.restart()
        duplicates.restart()
    }
}
