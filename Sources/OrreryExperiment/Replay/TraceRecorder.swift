import OrreryKernel
import OrreryModel

/// Collects what happens in a part of a run as events of a trace, up to a number of them.
///
/// A stage in which an item spends no time has no event; a depth has one for each instant at which it changes. The
/// trace ends where one event more could be too many: everything that has begun by then ends there, and nothing later
/// is in it, so what it shows is whole.
struct TraceRecorder {
    /// The events, in the order in which they became known; sort them by their time, equal ones as they are.
    private(set) var events: [TraceEvent] = []
    /// Where the trace ends; earlier than was wanted if it is cut.
    private(set) var end: Instant
    /// Whether there is more than may be in it.
    private(set) var isCut = false
    /// How many items are in it.
    private(set) var itemCount = 0
    /// How many items that were on their way at its beginning are not in it, because there were too many.
    private(set) var itemsLeftOut = 0

    private let names: EventNames
    private let start: Instant
    private let limit: Int
    /// How many events are needed to end what has begun.
    private var reserve = 0
    /// Whether one event more could be too many.
    private var isFull = false
    private var isOver = false
    /// The items on their way, by their places.
    private var items: [UInt32: OpenItem] = [:]
    /// The number of the item that had a place last: copies of it may be on their way when it is over.
    private var numbers: [UInt32: UInt64] = [:]
    private var tracksAtWork: Set<TraceTrack> = []
    private var steps: ContiguousArray<ItemStep> = []
    private var frame = NetworkFrame()
    private var frameBefore = NetworkFrame()
    /// How many items are in each stage.
    private var stages = Stage.allCases.map { _ in 0 }
    private var shownDepths: [TraceDepth: Int] = [:]
    private var lastTime: Instant

    /// An item on its way.
    private struct OpenItem {
        let traced: TracedItem
        var stage: Stage
        var entered: Instant

        /// The events that it needs at least: its own beginning and end, and those of a stage.
        static let eventCount = 4
    }

    /// A recorder of what happens from one instant to another.
    init(from start: Instant, to end: Instant, limit: Int, names: EventNames) {
        (self.start, self.end, self.limit, self.names) = (start, end, limit, names)
        lastTime = start
    }

    /// The trace begins: what is under way by then begins with it.
    mutating func begin(_ network: inout Network) {
        let underWay = network.itemsUnderWay
        for sight in underWay { stages[sight.stage.rawValue] += 1 }
        // Half of the events stay for what happens afterwards.
        let count = min(underWay.count, limit / 2 / OpenItem.eventCount)
        itemsLeftOut = underWay.count - count
        for sight in underWay.prefix(count) {
            open(sight.item, sight.stage, group: sight.group, source: sight.source, created: sight.created, at: start)
        }
        network.beginJournal()
        look(at: &network, at: start)
        if isFull { cut(&network) }
    }

    /// An event of the run was handled.
    mutating func take(_ event: EventRecord, _ network: inout Network) {
        guard !isOver else { return }
        if event.time > lastTime { showDepths() }
        lastTime = event.time
        if TraceRecorder.troubles.contains(event.kind) {
            mark(.trouble, "\(names.kind(of: event)): \(names.entity(of: event))", nil)
        }
        network.takeSteps(into: &steps)
        for index in steps.indices where !isFull { take(steps[index]) }
        if !isFull { look(at: &network, at: event.time) }
        if isFull { cut(&network) }
    }

    /// The trace is over: what is under way ends with it.
    mutating func finish(_ network: inout Network) {
        guard !isOver else { return }
        showDepths()
        close(&network)
    }

    /// The trace ends here, because it is full; what is known of this instant is not the whole of it.
    private mutating func cut(_ network: inout Network) {
        (isCut, end) = (true, lastTime)
        close(&network)
    }

    private mutating func close(_ network: inout Network) {
        isOver = true
        network.endJournal()
        for track in tracks where tracksAtWork.contains(track) { add(.workEnds(track), at: end) }
        for place in items.keys.sorted() {
            guard let item = items[place] else { continue }
            leave(item, at: end)
            add(.itemEnds(item.traced, how: "on its way at the end of the trace"), at: end)
        }
    }

    private var tracks: [TraceTrack] {
        func numbered(_ counts: Int..., as track: (Int) -> TraceTrack) -> [TraceTrack] {
            (0..<(counts.max() ?? 0)).map(track)
        }
        return numbered(frameBefore.workers.count, frame.workers.count, as: TraceTrack.worker)
            + numbered(frame.nodes.count, frameBefore.nodes.count, as: TraceTrack.node)
            + numbered(frame.uplinks.count, frameBefore.uplinks.count, as: TraceTrack.uplink)
    }

    private mutating func add(_ kind: TraceEvent.Kind, at time: Instant) {
        events.append(TraceEvent(time: time, kind: kind))
    }

    /// Whether there is room for so many events, beside those that end what has begun; if not, the trace is full.
    private mutating func hasRoom(for count: Int) -> Bool {
        isFull = isFull || events.count + reserve + count > limit
        return !isFull
    }

    /// Something happens at once.
    private mutating func mark(_ mark: TraceMark, _ words: String, _ item: UInt64?) {
        if hasRoom(for: 1) { add(.mark(mark, words: words, item: item), at: lastTime) }
    }

    /// The kinds of event that go wrong by themselves.
    private static let troubles: Set<UInt32> = [
        MessageKind.faultBegins.rawValue, MessageKind.faultEnds.rawValue, MessageKind.workerCrashed.rawValue,
        MessageKind.telescopeCrashed.rawValue,
    ]
}

// The ways of the items.
extension TraceRecorder {
    private mutating func open(
        _ id: ItemID, _ stage: Stage, group: UInt32, source: UInt32?, created: Instant, at now: Instant
    ) {
        guard hasRoom(for: OpenItem.eventCount) else { return }
        itemCount += 1
        let traced = TracedItem(number: UInt64(itemCount), group: group, place: id.number)
        add(.itemBegins(traced, created: created, source: source), at: now)
        reserve += OpenItem.eventCount - 1
        items[id.number] = OpenItem(traced: traced, stage: stage, entered: now)
        numbers[id.number] = traced.number
    }

    /// Takes over what the books noted down.
    private mutating func take(_ step: ItemStep) {
        let (place, number) = (step.item.number, numbers[step.item.number])
        switch step.kind {
        case .began(let stage, let group, let source):
            stages[stage.rawValue] += 1
            numbers[place] = nil
            open(step.item, stage, group: group, source: source, created: step.time, at: step.time)
        case .entered(let former, let stage):
            stages[former.rawValue] -= 1
            stages[stage.rawValue] += 1
            guard let item = items[place] else { return }
            guard item.entered == step.time || hasRoom(for: 2) else { return }
            leave(item, at: step.time)
            items[place]?.stage = stage
            items[place]?.entered = step.time
        case .delivered(let former): over(place, former, "delivered", at: step.time)
        case .lost(let former, let reason):
            mark(.loss, reason.name, number)
            over(place, former, "lost: \(reason.name)", at: step.time)
        case .sentAgain: mark(.retry, "sent again", number)
        case .refused(let reason): mark(.refusal, reason.name, number)
        case .unanswered: mark(.unanswered, "not answered in time", number)
        }
    }

    private mutating func over(_ place: UInt32, _ former: Stage, _ how: String, at now: Instant) {
        stages[former.rawValue] -= 1
        guard let item = items.removeValue(forKey: place) else { return }
        leave(item, at: now)
        add(.itemEnds(item.traced, how: how), at: now)
        reserve -= OpenItem.eventCount - 1
    }

    /// An item leaves its stage; one in which it spent no time is not shown.
    private mutating func leave(_ item: OpenItem, at now: Instant) {
        guard now > item.entered else { return }
        add(.stageBegins(item.traced, item.stage), at: item.entered)
        add(.stageEnds(item.traced, item.stage), at: now)
    }
}

// Who is at what, and how deep everything is.
extension TraceRecorder {
    private mutating func look(at network: inout Network, at now: Instant) {
        frame.look(at: &network)
        compare(frameBefore.workers, frame.workers, TraceTrack.worker, at: now)
        compare(frameBefore.nodes, frame.nodes, TraceTrack.node, at: now)
        for site in frame.uplinks.indices {
            let was = site < frameBefore.uplinks.count && frameBefore.uplinks[site] > 0
            if was && frame.uplinks[site] == 0 { end(.uplink(site), at: now) }
            if !was && frame.uplinks[site] > 0 { begin(.uplink(site), "sends", nil, at: now) }
        }
        for (node, isMember) in frame.members.enumerated() where !isMember {
            if node < frameBefore.members.count && frameBefore.members[node] {
                mark(.declaredDead, "node \(node)", nil)
            }
        }
        swap(&frame, &frameBefore)
    }

    private mutating func compare(
        _ before: [NetworkFrame.Work?], _ after: [NetworkFrame.Work?], _ track: (Int) -> TraceTrack, at now: Instant
    ) {
        for number in 0..<max(before.count, after.count) {
            let was = number < before.count ? before[number] : nil
            let work = number < after.count ? after[number] : nil
            if was == work { continue }
            if was != nil { end(track(number), at: now) }
            if let work { begin(track(number), work.words, work.item.flatMap { numbers[$0.number] }, at: now) }
        }
    }

    private mutating func begin(_ track: TraceTrack, _ words: String, _ item: UInt64?, at now: Instant) {
        guard hasRoom(for: 2) else { return }
        add(.workBegins(track, words: words, item: item), at: now)
        tracksAtWork.insert(track)
        reserve += 1
    }

    private mutating func end(_ track: TraceTrack, at now: Instant) {
        guard tracksAtWork.remove(track) != nil else { return }
        add(.workEnds(track), at: now)
        reserve -= 1
    }

    /// Shows the depths that the last instant left behind, where they are not as they were before it.
    private mutating func showDepths() {
        for stage in Stage.allCases { show(.stage(stage), stages[stage.rawValue]) }
        show(.broker, frameBefore.brokerDepth)
        for (node, depth) in frameBefore.inboxes.enumerated() { show(.inbox(node), depth) }
    }

    private mutating func show(_ depth: TraceDepth, _ value: Int) {
        let before = shownDepths[depth]
        guard value != before ?? 0, hasRoom(for: 2) else { return }
        // What is seen for the first time was nothing before.
        if before == nil && lastTime > start { add(.depth(depth, 0), at: start) }
        add(.depth(depth, value), at: lastTime)
        shownDepths[depth] = value
    }
}
