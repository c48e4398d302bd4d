import OrreryKernel

/// The archive: writes one batch of copies after another to its hot tier; at the end of a batch's write, its items are
/// delivered.
///
/// ```
///   worker ─► line ─► batch ─► hot tier ─ at the cold rate ─► cold tier
///                       ▲
///                       └── full: waits for room, or drops
/// ```
///
/// Copies of what was delivered before are recognised and cost nothing. Two copies that are in one batch are both
/// written.
struct Store: Sendable {
    private let plan: StorePlan?
    private var tier: HotTier
    private var line = Line<Arrival>()
    /// What is being written.
    private var batch: [Copy] = []
    /// Rings when the next batch has waited for long enough, or when there is room for it.
    private let timer: Timer
    /// Whether the first of the line has no room.
    private var isBlocked = false
    /// Whether it writes, from 0 to 1.
    private(set) var busy: LevelSeries
    /// Whether it would write if there were room, from 0 to 1.
    private(set) var blocked: LevelSeries

    /// A store for a run of this length; without a plan, items are delivered as they come.
    init(plan: StorePlan?, timer: Timer, duration: Duration) {
        self.plan = plan
        self.timer = timer
        tier = HotTier(plan: plan)
        busy = LedgerSeries.level(over: duration)
        blocked = busy
    }

    /// The copies that wait or are being written.
    var copies: [Copy] { line.elements.map(\.copy) + batch }

    /// The most bytes that the hot tier held since the warm-up.
    var hotBytesHighest: ByteCount { tier.bytesHighest }

    /// The warm-up is over.
    mutating func restart(at now: Instant) {
        busy.restart(at: now)
        blocked.restart(at: now)
        tier.restart(at: now)
    }

    /// The run is over.
    mutating func close(at end: Instant) {
        busy.close(at: end)
        blocked.close(at: end)
    }

    /// A copy arrives.
    mutating func receive(_ copy: Copy, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        guard let plan, !ledger.isDelivered(copy) else { return ledger.deliver(copy, at: agenda.now) }
        line.append(Arrival(copy: copy, instant: agenda.now))
        goOn(plan, ledger: &ledger, agenda: &agenda)
        // It is the last in the line, so it was taken only if none is left.
        if !line.isEmpty { ledger.move(copy, to: .storeWait, at: agenda.now) }
    }

    /// Handles what happens to the store.
    mutating func handle(_ event: Message.StoreEvent, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        guard let plan else { violation("something happened to a store that there is not") }
        switch event {
        case .written:
            for copy in batch { ledger.deliver(copy, at: agenda.now) }
            batch.removeAll(keepingCapacity: true)
            tier.finish(at: agenda.now)
            busy.add(-1, at: agenda.now)
        case .due:
            if isBlocked { blocked.add(-1, at: agenda.now) }
            isBlocked = false
        }
        goOn(plan, ledger: &ledger, agenda: &agenda)
    }

    /// Writes the next batch if it is time; otherwise the timer rings when it is.
    private mutating func goOn(_ plan: StorePlan, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        guard batch.isEmpty, !isBlocked, let first = line.first else { return }
        let due = first.instant + plan.batchWait
        if line.count < plan.batchSize && agenda.now < due {
            if !agenda.isArmed(timer) { agenda.arm(timer, .store(.due), after: due - agenda.now) }
            return
        }
        agenda.cancel(timer)
        let size = gather(plan, ledger: &ledger, at: agenda.now)
        if !batch.isEmpty {
            busy.add(+1, at: agenda.now)
            agenda.schedule(.store(.written), after: min(.limit, plan.overhead + plan.writeRate.time(for: size)))
        } else if let next = line.first {
            isBlocked = true
            blocked.add(+1, at: agenda.now)
            if let time = tier.timeToRoom(for: ledger.size(of: next.copy.item), at: agenda.now) {
                agenda.arm(timer, .store(.due), after: time)
            }
        }
    }

    /// Takes copies from the line into the batch, as many as it may have and as have room; says their size.
    private mutating func gather(_ plan: StorePlan, ledger: inout Ledger, at now: Instant) -> ByteCount {
        var bytes: Int64 = 0
        while batch.count < plan.batchSize, let copy = line.first?.copy {
            let size = ledger.size(of: copy.item)
            if ledger.isDelivered(copy) {
                ledger.deliver(copy, at: now)
            } else if tier.timeToRoom(for: size, at: now) == .zero {
                tier.reserve(size, at: now)
                bytes += size.bytes
                batch.append(copy)
                ledger.move(copy, to: .storeWrite, at: now)
            } else if plan.whenFull == .drop {
                ledger.drop(copy, because: .storeFull, at: now)
            } else {
                break
            }
            _ = line.removeFirst()
        }
        return ByteCount(bytes)
    }

    /// Stops the run if the store is idle and does not know why, or if a tier holds what it cannot.
    func check(agenda: borrowing Agenda<Message>) {
        let isWriting = !batch.isEmpty
        invariant(busy.gauge.level == (isWriting ? 1 : 0), "a store that writes is counted as idle, or the other way")
        invariant(isWriting || line.isEmpty || isBlocked || agenda.isArmed(timer), "a store is idle that has work")
        invariant(tier.isSound, "a tier of the store holds what it cannot: \(tier)")
    }
}

/// A copy in the line.
private struct Arrival: BitwiseCopyable, Sendable {
    let copy: Copy
    /// When it arrived.
    let instant: Instant
}
