/// A copy of an item: a sending, or what a worker made of one, or what a worker goes on with that was taken back.
///
/// No two copies of a run are equal, also if they are of different items that used the same place one after the other:
/// the numbers go on.
public struct Copy: BitwiseCopyable, Hashable, Sendable {
    /// Which item.
    public let item: ItemID
    /// Which copy, counted through all items of the place.
    public let number: UInt32

    /// A copy of an item.
    public init(item: ItemID, number: UInt32) {
        self.item = item
        self.number = number
    }
}
