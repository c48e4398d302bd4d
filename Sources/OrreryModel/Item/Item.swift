public import OrreryKernel

/// What travels from the shutter to the archive, with the account of where it spent its time.
///
/// Its latency counts from `created`, the intended start. Time is booked stage by stage, without gaps, so the stages
/// sum to the latency to the nanosecond.
public struct Item: BitwiseCopyable, Sendable {
    /// When it came into being: the shutter closed, or it arrived.
    public let created: Instant
    /// Its size.
    public let size: ByteCount
    /// Which group of telescopes or stream of arrivals it comes from.
    public let group: UInt32
    /// Where it is.
    public private(set) var stage: Stage
    /// Since when it is there.
    public private(set) var entered: Instant
    /// How long it was in each stage, in nanoseconds; the current stage is not booked yet.
    private var booked: InlineArray<8, Int64>
    /// The next free place, while this place of the table is free; the next item of a line, while it waits in one.
    var next: ItemID?

    /// A new item in its first stage.
    init(created: Instant, size: ByteCount, group: UInt32, stage: Stage) {
        invariant(Stage.allCases.count == 8, "an item has a place for each stage")
        self.created = created
        self.size = size
        self.group = group
        self.stage = stage
        entered = created
        booked = InlineArray(repeating: 0)
        next = nil
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
