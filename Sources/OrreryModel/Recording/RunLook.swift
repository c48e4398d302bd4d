public import OrreryKernel

/// A close look at a part of a run: the network before its first event and after each of them.
///
/// Whoever looks must leave the network as it is, but for its journal.
public struct RunLook {
    /// When the part begins.
    public let start: Instant
    /// When it ends; events of this instant still belong to it.
    public let end: Instant
    /// Shown the network before the first event of the part.
    public let begin: (inout Network) -> Void
    /// Shown every event of the part, and the network after it.
    public let event: (EventRecord, inout Network) -> Void
    /// Shown the network at the end of the part.
    public let finish: (inout Network) -> Void

    /// A look from one instant to another.
    public init(
        from start: Instant, to end: Instant, begin: @escaping (inout Network) -> Void,
        event: @escaping (EventRecord, inout Network) -> Void, finish: @escaping (inout Network) -> Void
    ) {
        self.start = start
        self.end = end
        self.begin = begin
        self.event = event
        self.finish = finish
    }
}

/// An item on its way, as somebody sees it who begins to look.
public struct ItemSight: BitwiseCopyable, Sendable {
    /// The item.
    public let item: ItemID
    /// When it came into being.
    public let created: Instant
    /// Which group of telescopes or stream of arrivals it comes from.
    public let group: UInt32
    /// Which telescope it comes from, or which key it has in its stream; nil without one.
    public let source: UInt32?
    /// Where it is.
    public let stage: Stage
}

extension Network {
    /// From now on the books note down every step of every item; that changes nothing in the run.
    public mutating func beginJournal() { ledger.journal = [] }

    /// The books note nothing down any more.
    public mutating func endJournal() { ledger.journal = nil }

    /// Hands over the steps since they were last taken, in the place of what `steps` holds.
    public mutating func takeSteps(into steps: inout ContiguousArray<ItemStep>) {
        steps.removeAll(keepingCapacity: true)
        guard var journal = ledger.journal, !journal.isEmpty else { return }
        ledger.journal = nil
        swap(&steps, &journal)
        ledger.journal = journal
    }

    /// Every item that is on its way, the oldest first.
    public var itemsUnderWay: [ItemSight] {
        mutating get {
            ledger.withItems { $0.underWay }.sorted { ($0.created, $0.item.number) < ($1.created, $1.item.number) }
        }
    }
}
