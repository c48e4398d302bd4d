public import OrreryKernel

/// What happened to copies of items, beside what became of the items.
public struct Traffic: Sendable {
    /// Copies that producers sent.
    public internal(set) var sent: CounterSeries
    /// Copies that were sent because an earlier one was refused or not answered.
    public internal(set) var retried: CounterSeries
    /// Copies that the centre turned away.
    public internal(set) var refused: CounterSeries
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
        timedOut = sent
        heldBack = sent
        duplicates = sent
    }

    mutating func restart() {
        sent.restart()
        retried.restart()
        refused.restart()
        timedOut.restart()
        heldBack.restart()
        duplicates.restart()
    }
}
