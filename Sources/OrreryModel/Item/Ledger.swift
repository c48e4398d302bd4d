public import OrreryKernel

/// The books of a run: every item on its way, what became of the others, and how long everything took.
///
/// All items are made, sent, moved and ended here and nowhere else, so that conservation holds at every instant:
/// produced = delivered + lost (by reason) + in flight.
public struct Ledger: Sendable {
    private(set) var items = ItemTable()
    /// How many have an item or a copy, all items together.
    private(set) var holderCount = 0
    /// Items that came into being.
    public private(set) var produced = Counter()
    /// Items that reached the archive.
    public private(set) var delivered = Counter()
    /// Items that were lost, by reason.
    public private(set) var lost: [CounterSeries]
    /// What happened to copies of items.
    public internal(set) var traffic: Traffic
    /// The time from creation to delivery of what was delivered since the warm-up.
    public private(set) var latency = Histogram()
    /// The time in each stage of what was delivered since the warm-up.
    public var stageTimes: ContiguousArray<Histogram> { Stage.array(times(in:)) }
    /// The times above zero; most items pass only some of the stages.
    private var times: StageTable<Histogram>
    /// What happened over time.
    public private(set) var series: LedgerSeries
    /// The books of each group.
    public private(set) var groups: ContiguousArray<GroupLedger>
    /// What happened to items since somebody looked; nil if nobody does, and then it costs a look at a pointer.
    var journal: ContiguousArray<ItemStep>?
    /// The sum of the times that ended items spent on their way, in nanoseconds, since the start: for Little's law.
    private var endedTime = Int128(0)

    /// Empty books for a run of this length with this many groups.
    init(duration: Duration, groupCount: Int) {
        lost = LossReason.allCases.map { _ in LedgerSeries.counter(over: duration) }
        traffic = Traffic(duration: duration)
        times = InlineArray(repeating: Histogram())
        series = LedgerSeries(duration: duration)
        groups = ContiguousArray(repeating: GroupLedger(), count: groupCount)
    }

    /// An item comes into being, with its producer.
    mutating func produce(size: ByteCount, group: UInt32, source: UInt32, in stage: Stage, at now: Instant) -> ItemID {
        holderCount += 1
        produced.add()
        groups[Int(group)].produced.add()
        series.produced.add(at: now)
        series.inFlight.add(+1, at: now)
        series.occupy(stage, +1, at: now)
        let id = items.insert(Item(created: now, size: size, group: group, source: source, stage: stage))
        note(.began(stage, group: group, source: source == Item.noSource ? nil : source), of: id, at: now)
        return id
    }

    /// Notes a step down, if anybody looks on.
    @inline(__always)
    private mutating func note(_ kind: ItemStep.Kind, of id: ItemID, at now: Instant) {
        if journal != nil { journal?.append(ItemStep(item: id, time: now, kind: kind)) }
    }

    /// An item that is with its producer goes from its stage to the next.
    mutating func move(_ id: ItemID, to stage: Stage, at now: Instant) {
        if items[id].isDelivered { return }
        let former = items[id].enter(stage, at: now)
        series.occupy(former, -1, at: now)
        series.occupy(stage, +1, at: now)
        note(.entered(from: former, stage), of: id, at: now)
    }

    /// A producer sends an item that is with it: a new copy is on its way.
    mutating func send(_ id: ItemID, into stage: Stage, at now: Instant) -> Copy {
        invariant(items[id].isHome, "an item was sent that its producer has not")
        traffic.sent.add(at: now)
        if items[id].wasSent {
            traffic.retried.add(at: now)
            note(.sentAgain, of: id, at: now)
        }
        items[id].wasSent = true
        items[id].renumber()
        items[id].attempts += 1
        addHolder(of: id)
        items[id].isHome = false
        move(id, to: stage, at: now)
        return Copy(item: id, number: items[id].sending)
    }

    /// Whether a copy is the newest of an item that is on its way, so that the item is where the copy is.
    func isCurrent(_ copy: Copy) -> Bool { items[copy.item].isWhere(copy) }

    /// A copy goes to the next stage, and with it the item if it is where the copy is.
    mutating func move(_ copy: Copy, to stage: Stage, at now: Instant) {
        if isCurrent(copy) { move(copy.item, to: stage, at: now) }
    }

    /// The producer of an item has waited for an answer for as long as it does.
    mutating func loseHope(of copy: Copy, at now: Instant) {
        traffic.timedOut.add(at: now)
        note(.unanswered, of: copy.item, at: now)
    }

    /// Whether the producer of an item still waits to hear of this copy of it.
    func isAwaited(_ copy: Copy) -> Bool { items[copy.item].isAwaited(copy) }

    /// The producer of an item learns that a copy was refused, or gives it up: the item is with its producer again.
    mutating func takeHome(_ copy: Copy) {
        invariant(isAwaited(copy), "an item came home for which nobody waited")
        items[copy.item].isHome = true
    }

    /// An item that is with its producer waits there to be sent again; what marks the end of this wait.
    mutating func backOff(_ id: ItemID, for delay: Duration, at now: Instant) -> Copy {
        if items[id].stage != .backOff { move(id, to: .backOff, at: now) }
        items[id].backOff = delay
        return Copy(item: id, number: items[id].sending)
    }

    /// A producer does not send an item that it was about to send; that counts as a try.
    mutating func holdBack(_ id: ItemID, at now: Instant) {
        traffic.heldBack.add(at: now)
        items[id].attempts += 1
        items[id].renumber()
    }

    /// Whether a producer has an item whose last sending was this copy.
    func isHome(_ copy: Copy) -> Bool { items[copy.item].isHome(since: copy) }

    /// The producer of an item keeps it no longer.
    mutating func letGo(_ id: ItemID, because reason: LossReason? = nil, at now: Instant) {
        invariant(items[id].isKept, "a producer let go of an item that it had not")
        items[id].isKept = false
        items[id].fate = reason ?? items[id].fate
        release(id, at: now)
    }

    /// A copy reaches the archive: with the first one, its item is delivered.
    mutating func deliver(_ copy: Copy, at now: Instant) {
        if items[copy.item].isDelivered {
            traffic.duplicates.add(at: now)
        } else {
            deliver(copy.item, at: now)
        }
        release(copy.item, at: now)
    }

    /// Somebody who had a copy has it no longer, and nobody else got it.
    mutating func drop(_ copy: Copy, because reason: LossReason, at now: Instant) {
        items[copy.item].fate = reason
        if items[copy.item].holders > 1 { move(copy, to: .propagation, at: now) }
        release(copy.item, at: now)
    }

    /// Somebody who had a copy has it no longer, because somebody else is done with it.
    mutating func finish(_ copy: Copy, at now: Instant) { release(copy.item, at: now) }

    /// What a worker makes of a copy: it is where the copy was, and nobody confuses the two.
    ///
    /// The copy itself is still with the broker until that hears of it, unless it was taken back before.
    mutating func makeResult(of copy: Copy, isTakenBack: Bool) -> Copy {
        let isCurrent = isCurrent(copy)
        let result = Copy(item: copy.item, number: items[copy.item].takeNumber())
        if isCurrent { items[copy.item].current = result.number }
        if !isTakenBack { addHolder(of: copy.item) }
        return result
    }

    /// Nobody works on a copy; it is gone when the broker hears so.
    mutating func discard(_ copy: Copy, because reason: LossReason, at now: Instant) {
        items[copy.item].fate = reason
        move(copy, to: .propagation, at: now)
    }

    /// What a worker goes on with although the copy was taken back: another copy, and the item is not where it is.
    mutating func fork(_ copy: Copy) -> Copy {
        addHolder(of: copy.item)
        return Copy(item: copy.item, number: items[copy.item].takeNumber())
    }

    private mutating func deliver(_ id: ItemID, at now: Instant) {
        let item = end(id, at: now)
        let sojourn = now - item.created
        invariant(
            item.bookedTime == sojourn, "the stages of an item sum to \(item.bookedTime), its latency is \(sojourn)")
        items[id].isDelivered = true
        note(.delivered(from: item.stage), of: id, at: now)
        delivered.add()
        latency.record(sojourn)
        for stage in times.indices where item.time(inStage: stage) > .zero {
            times[stage].record(item.time(inStage: stage))
        }
        series.delivered.add(at: now)
        series.recordLatency(sojourn, at: now)
        groups[Int(item.group)].delivered.add()
        groups[Int(item.group)].latency.record(sojourn)
    }

    private mutating func addHolder(of id: ItemID) {
        invariant(items[id].holders > 0, "somebody got an item that nobody had")
        items[id].holders += 1
        holderCount += 1
    }

    /// One has an item no longer; what nobody has is lost, unless it was delivered.
    private mutating func release(_ id: ItemID, at now: Instant) {
        invariant(items[id].holders > 0, "an item was let go of that nobody has")
        items[id].holders -= 1
        holderCount -= 1
        if items[id].holders > 0 { return }
        if !items[id].isDelivered { lose(id, at: now) }
        items.remove(id)
    }

    private mutating func lose(_ id: ItemID, at now: Instant) {
        guard let reason = items[id].fate else { violation("an item was lost without a reason") }
        let item = end(id, at: now)
        note(.lost(from: item.stage, reason), of: id, at: now)
        lost[reason.rawValue].add(at: now)
        groups[Int(item.group)].lost.add()
    }

    /// The warm-up is over: counts and times start anew, items on their way stay.
    mutating func restart(at now: Instant) {
        produced.restart()
        delivered.restart()
        traffic.restart()
        for reason in lost.indices { lost[reason].restart() }
        series.restart(at: now)
        latency.removeAll()
        for stage in times.indices { times[stage].removeAll() }
        for group in groups.indices { groups[group].restart() }
    }

    /// Closes the books at the end of a run.
    mutating func close(at end: Instant) {
        series.close(at: end)
        checkConservation(at: end)
    }

    /// A table of items, for the components that keep lines of them.
    mutating func withItems<Result>(_ body: (inout ItemTable) -> Result) -> Result {
        body(&items)
    }

    /// The size of an item.
    func size(of id: ItemID) -> ByteCount { items[id].size }

    /// Since when an item is in its stage.
    func entered(_ id: ItemID) -> Instant { items[id].entered }

    /// When the item of a copy came into being.
    func created(_ copy: Copy) -> Instant { items[copy.item].created }

    /// Whether the item of a copy was delivered.
    func isDelivered(_ copy: Copy) -> Bool { items[copy.item].isDelivered }

    /// No worker can do this item.
    mutating func poison(_ id: ItemID) { items[id].isPoison = true }

    /// Whether no worker can do the item of a copy.
    func isPoison(_ copy: Copy) -> Bool { items[copy.item].isPoison }

    /// What the item of a copy changes in the state is written; true if it had been before.
    mutating func apply(_ copy: Copy) -> Bool {
        defer { items[copy.item].isApplied = true }
        return items[copy.item].isApplied
    }

    /// Whether what the item of a copy changes in the state has been written.
    func isApplied(_ copy: Copy) -> Bool { items[copy.item].isApplied }

    /// A copy as a broker sees it.
    func publication(of copy: Copy) -> Publication {
        let item = items[copy.item]
        return Publication(copy: copy, size: item.size, key: item.source == Item.noSource ? nil : item.source)
    }

    /// An item is no longer on its way.
    private mutating func end(_ id: ItemID, at now: Instant) -> Item {
        items[id].leave(at: now)
        let item = items[id]
        items.end(id)
        series.occupy(item.stage, -1, at: now)
        series.inFlight.add(-1, at: now)
        endedTime += Int128((now - item.created).nanoseconds)
        return item
    }
}

extension Ledger {
    /// The centre turns a copy away, and says so to a producer who waits to hear of it.
    mutating func refuse(_ copy: Copy, because reason: LossReason, agenda: inout Agenda<Message>) {
        traffic.refused.add(at: agenda.now)
        note(.refused(reason), of: copy.item, at: agenda.now)
        if reason == .brokerFull { traffic.overflowed.add(at: agenda.now) }
        if reason == .throttled { traffic.throttled.add(at: agenda.now) }
        if isAwaited(copy) { agenda.schedule(.copy(copy, .refused)) }
        move(copy, to: .propagation, at: agenda.now)
        drop(copy, because: reason, at: agenda.now)
    }

    /// The time in one stage of what was delivered since the warm-up; of what did not pass it, zero.
    public func times(in stage: Stage) -> Histogram {
        var histogram = times[stage.rawValue]
        histogram.record(.zero, count: latency.count - histogram.count)
        return histogram
    }

    /// How many items are on their way.
    public var inFlight: TimeWeightedGauge { series.inFlight.gauge }

    /// How many items are in each stage.
    public var occupancy: ContiguousArray<TimeWeightedGauge> { Stage.array { series.level(in: $0).gauge } }

    /// Losses of all reasons since the start.
    public var lostTotal: Int64 { lost.reduce(0) { $0 + $1.total } }

    /// Stops the run if an item appeared from nowhere or vanished, or if Little's law does not hold to the nanosecond.
    ///
    /// The area under the number in flight and the times of all items, ended or not, are two ways to count the same
    /// thing.
    func checkConservation(at now: Instant) {
        let accounted = delivered.total + lostTotal + Int64(items.count)
        invariant(
            produced.total == accounted, "\(produced.total) items were produced, \(accounted) are accounted for")
        invariant(inFlight.level == items.count, "\(inFlight.level) items count as in flight, \(items.count) are")
        let occupied = occupancy.reduce(0) { $0 + $1.level }
        invariant(occupied == items.count, "\(occupied) items are in some stage, \(items.count) are in flight")
        let times = endedTime + items.unendedTime(at: now)
        let area = inFlight.totalArea(at: now)
        invariant(
            times == area, "Little's law fails: items spent \(times) ns, the number in flight sums to \(area) ns")
    }
}

/// The books of one group of telescopes or stream of arrivals.
public struct GroupLedger: Sendable {
    /// Items that came into being.
    public internal(set) var produced = Counter()
    /// Items that reached the archive.
    public internal(set) var delivered = Counter()
    /// Items that were lost.
    public internal(set) var lost = Counter()
    /// From creation to delivery.
    public internal(set) var latency = Histogram(precision: 6)

    mutating func restart() {
        produced.restart()
        delivered.restart()
        lost.restart()
        latency.removeAll()
    }
}
