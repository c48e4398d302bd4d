import OrreryKernel

/// The sending side of a telescope: what lies on its disk, and what of it is on its way to the centre.
///
/// An item leaves the disk only when the centre has confirmed it, or when it is given up.
struct Uploader: BitwiseCopyable, Sendable {
    /// Rings when the upload policy wants to be asked again.
    let timer: Timer
    /// What waits to be sent, oldest first.
    var waiting = ItemLine()
    /// What the items on the disk take, those on their way included.
    var stored = ByteCount(0)
    /// What the waiting items take.
    var waitingBytes = ByteCount(0)
    /// How many items are on their way, or wait for another try.
    var underWay: UInt32 = 0
    /// Whether the policy said to send, and the disk was not empty since.
    var isSending = false
    /// Local mean solar time ahead of universal time, in seconds.
    let solarOffset: Int32
    /// Where in a spread of starting times the telescope begins: 0 to 1, the same every night.
    let place: Float

    /// An empty disk.
    init(timer: Timer, solarOffset: Int32, place: Float) {
        self.timer = timer
        self.solarOffset = solarOffset
        self.place = place
    }
}
