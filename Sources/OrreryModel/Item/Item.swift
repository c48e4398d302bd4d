public import OrreryKernel

/// What travels from the shutter to the archive, with the account of where it spent its time.
///
/// Its latency counts from `created`, the intended start. Time is booked stage by stage, without gaps, so the stages
/// sum to the latency to the nanosecond.
///
/// What travels are copies of it: each sending is one, and what a worker makes of a copy is another. Its producer may
/// keep it until it hears that a copy arrived, and send it again. The item is where its newest sending is. It is
/// delivered when the first copy reaches the archive, and lost when nobody has it any more.
public struct Item: BitwiseCopyable, Sendable {
    /// When it came into being: the shutter closed, or it arrived.
    public let created: Instant
    /// Its size.
    public let size: ByteCount
    /// Which group of telescopes or stream of arrivals it comes from.
    public let group: UInt32
    /// Which telescope it comes from, or which key it has in its stream; `noSource` if none.
    let source: UInt32
    /// Where it is.
    public private(set) var stage: Stage
    /// Since when it is there.
    public private(set) var entered: Instant
    /// How long it was in each stage, in nanoseconds; the current stage is not booked yet.
    private var booked: StageTable<Int64>
    /// The number of the newest sending, of which its producer waits to hear.
    var sending: UInt32 = 0
    /// The number of the copy that is where the item is.
    var current: UInt32 = 0
    /// The number that was given last to a copy of anything in this place.
    var lastNumber: UInt32 = 0
    /// How many have it: its producer, and everyone who has a copy.
    var holders: UInt32 = 1
    /// How often its producer tried to send it.
    var attempts: UInt32 = 0
    /// Whether it was sent at all.
    var wasSent = false
    /// Whether it is with its producer and no copy of it counts as being on its way.
    var isHome = true
    /// Whether its producer keeps it.
    var isKept = true
    /// Whether it was delivered; copies of it may still be on their way.
    var isDelivered = false
    /// Whether no worker can do it.
    var isPoison = false
    /// Whether a worker has written what it changes in the state.
    var isApplied = false
    /// Why the last copy was lost, if any was.
    var fate: LossReason?
    /// How long its producer waited before it sent it again for the last time.
    var backOff = Duration.zero
    /// The next free place, while this place of the table is free; the next item of a line, while it waits in one.
    var next: ItemID?

    /// The source of an item without a key.
    static let noSource = UInt32.max

    /// A new item in its first stage, with its producer.
    init(created: Instant, size: ByteCount, group: UInt32, source: UInt32, stage: Stage) {
        invariant(Stage.allCases.count == Stage.count, "an item has a place for each stage")
        self.created = created
        self.size = size
        self.group = group
        self.source = source
        self.stage = stage
        entered = created
        booked = InlineArray(repeating: 0)
    }

    /// Whether it is where this copy is.
    func isWhere(_ copy: Copy) -> Bool { current == copy.number && !isHome && !isDelivered }

    /// Whether its producer waits to hear of this copy.
    func isAwaited(_ copy: Copy) -> Bool { sending == copy.number && !isHome && isKept }

    /// Whether it is with its producer, and this copy was its last sending.
    func isHome(since copy: Copy) -> Bool { sending == copy.number && isHome && isKept }

    /// The number of one more copy.
    mutating func takeNumber() -> UInt32 {
        lastNumber &+= 1
        return lastNumber
    }

    /// Gives the newest sending a new number.
    mutating func renumber() {
        sending = takeNumber()
        current = sending
    }

    /// Books the time in the current stage and enters the next one; says which one it left.
    mutating func enter(_ next: Stage, at instant: Instant) -> Stage {
        let former = stage
        leave(at: instant)
        stage = next
        return former
    }

    /// Books the time in the current stage.
    mutating func leave(at instant: Instant) {
        booked[stage.rawValue] += (instant - entered).nanoseconds
        entered = instant
    }

    /// How long it was in a stage, as far as booked.
    public func time(in stage: Stage) -> Duration { time(inStage: stage.rawValue) }

    /// How long it was in the stage of this number, as far as booked.
    func time(inStage number: Int) -> Duration { Duration(nanoseconds: booked[number]) }

    /// The time booked in all stages together.
    public var bookedTime: Duration {
        var sum: Int64 = 0
        for stage in booked.indices { sum += booked[stage] }
        return Duration(nanoseconds: sum)
    }
}
