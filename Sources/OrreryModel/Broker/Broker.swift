public import OrreryKernel

/// What a broker does with an item that is offered to it.
public enum Admission: Sendable {
    /// It waits in the broker.
    case stored
    /// It was turned away.
    case refused(LossReason)
}

/// What stands between producers and workers: takes items in, holds them, and hands them out.
///
/// The promises, which one conformance suite checks for every kind: an item that was stored is handed out exactly
/// once; a refused one never; `depth` is the number stored and not handed out; with equal offers the order is always
/// the same.
public protocol Broker: Sendable {
    /// How many items can wait; nil if there is no limit.
    var capacity: Int? { get }
    /// How many items wait.
    var depth: Int { get }
    /// Takes an item in, or turns it away. Called only while no worker is idle, so an item that can be served at once
    /// never waits.
    mutating func offer(_ item: ItemID) -> Admission
    /// Hands the next item out; nil if none waits.
    mutating func take() -> ItemID?
}

/// The kinds of broker.
///
/// A new kind is one file in `Kinds/` and one line here.
public enum BrokerCatalog {
    /// All kinds; the first is the default.
    public static let kinds = Catalog<any Broker>(
        noun: "broker",
        kinds: [
            BoundedQueue.kind
        ])
}
