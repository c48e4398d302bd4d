/// One sending of an item: a retry is another copy, and so is what a client has given up while it still goes its way.
///
/// No two copies of a run are equal, also if they are of different items that used the same place one after the other:
/// the number of the sending goes on.
public struct Copy: BitwiseCopyable, Hashable, Sendable {
    /// Which item.
    public let item: ItemID
    /// Which sending, counted through all items of the place.
    public let sending: UInt32

    /// A sending of an item.
    public init(item: ItemID, sending: UInt32) {
        self.item = item
        self.sending = sending
    }
}
