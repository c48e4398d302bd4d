import OrreryKernel

/// The sending side of a telescope: what lies on its disk, and what of it is on its way to the centre.
///
/// An item leaves the disk only when the centre has confirmed it, or when it is given up.
///
/// It holds what every image needs, in less than a cache line; what only some policies and failures need is in its
/// `Sender`.
struct Uploader: BitwiseCopyable, Sendable {
    /// What waits to be sent, oldest first.
    private(set) var waiting = ItemLine()
    /// What the waiting items take.
    private(set) var waitingBytes: Int64 = 0
    /// What all items on the disk take, those on their way included.
    private(set) var storedBytes: Int64 = 0
    /// How many items are on their way, or wait for another try.
    private(set) var underWay: UInt32 = 0
    /// Whether the policy said to send, and the disk was not empty since.
    private var isSending = false

    /// An item comes onto the disk; items that had to go for it, in order, are lost.
    mutating func store(
        _ item: ItemID, _ group: UploadGroup, _ sender: inout Sender, ledger: inout Ledger, at now: Instant
    ) {
        if group.poison > 0 && sender.producer.unit() < group.poison { ledger.poison(item) }
        let size = ledger.size(of: item).bytes
        if let capacity = group.disk.capacity?.bytes, storedBytes + size > capacity {
            switch group.disk.whenFull {
            case .stopObserving: break
            case .dropNewest: return ledger.letGo(item, because: .diskFull, at: now)
            case .dropOldest:
                if storedBytes - waitingBytes + size > capacity {
                    return ledger.letGo(item, because: .diskFull, at: now)
                }
                while storedBytes + size > capacity, let oldest = take(&ledger) {
                    storedBytes -= ledger.size(of: oldest).bytes
                    ledger.letGo(oldest, because: .evicted, at: now)
                }
            }
        }
        storedBytes += size
        waitingBytes += size
        ledger.move(item, to: .disk, at: now)
        ledger.withItems { waiting.append(item, in: &$0) }
    }

    /// Whether one more image of a size has room.
    func hasRoom(for size: ByteCount, _ disk: DiskPlan) -> Bool {
        disk.capacity.map { storedBytes + size.bytes <= $0.bytes } ?? true
    }

    /// Sends what the policy lets go and what may be on its way at once.
    mutating func send(
        _ id: TelescopeID, _ group: UploadGroup, _ sender: inout Sender, _ view: SiteView, ledger: inout Ledger,
        agenda: inout Agenda<Message>
    ) {
        while underWay < group.parallelUploads, let oldest = waiting.first {
            guard
                group.sendsAtOnce || isAdvised(oldest, id, group, sender, view, ledger: ledger, agenda: &agenda),
                let item = take(&ledger)
            else {
                isSending = false
                return
            }
            isSending = waiting.count > 0
            underWay += 1
            launch(item, group, &sender, ledger: &ledger, agenda: &agenda)
        }
    }

    /// Whether the policy lets the oldest item go now; if it wants to be asked again, the timer will ring.
    private func isAdvised(
        _ oldest: ItemID, _ id: TelescopeID, _ group: UploadGroup, _ sender: Sender, _ view: SiteView,
        ledger: borrowing Ledger, agenda: inout Agenda<Message>
    ) -> Bool {
        guard let timer = sender.timer else { violation("an upload policy is asked that sends at once") }
        switch group.policy.advice(situation(oldest: ledger.entered(oldest), sender, view, at: agenda.now)) {
        case .send: return true
        case .waitUntil(let instant):
            agenda.arm(timer, .telescope(id, .uploadDue), after: instant - agenda.now)
        case .waitForChange: agenda.cancel(timer)
        }
        return false
    }

    /// The centre confirmed a copy: the item leaves the disk.
    mutating func confirm(
        _ copy: Copy, _ group: UploadGroup, _ sender: inout Sender, ledger: inout Ledger, at now: Instant
    ) {
        sender.producer.noteAcceptance(group.retrier, at: now)
        leave(copy.item, because: nil, ledger: &ledger, at: now)
    }

    /// A copy was refused or not answered: its item is sent again later, or given up.
    mutating func fail(
        _ copy: Copy, _ group: UploadGroup, _ sender: inout Sender, because reason: LossReason?,
        ledger: inout Ledger, agenda: inout Agenda<Message>
    ) {
        let outcome = sender.producer.takeHome(
            copy, because: reason, group.retrier, ledger: &ledger, agenda: &agenda)
        settle(copy.item, outcome, ledger: &ledger, agenda: &agenda)
    }

    /// Sends an item, again or for the first time.
    mutating func launch(
        _ item: ItemID, _ group: UploadGroup, _ sender: inout Sender, ledger: inout Ledger,
        agenda: inout Agenda<Message>
    ) {
        let outcome = sender.producer.send(
            item, into: .uplink, group.retrier, ledger: &ledger, agenda: &agenda)
        settle(item, outcome, ledger: &ledger, agenda: &agenda)
    }

    private mutating func settle(
        _ item: ItemID, _ outcome: Producer.Outcome, ledger: inout Ledger, agenda: inout Agenda<Message>
    ) {
        switch outcome {
        case .sent(let copy): agenda.schedule(.copy(copy, .reachedUplink))
        case .postponed: break
        case .givenUp(let reason): leave(item, because: reason, ledger: &ledger, at: agenda.now)
        }
    }

    /// An item that was on its way leaves the disk.
    private mutating func leave(_ item: ItemID, because reason: LossReason?, ledger: inout Ledger, at now: Instant) {
        underWay -= 1
        storedBytes -= ledger.size(of: item).bytes
        ledger.letGo(item, because: reason, at: now)
    }

    /// Takes the oldest waiting item.
    private mutating func take(_ ledger: inout Ledger) -> ItemID? {
        guard let item = ledger.withItems({ waiting.removeFirst(in: &$0) }) else { return nil }
        waitingBytes -= ledger.size(of: item).bytes
        return item
    }

    private func situation(
        oldest: Instant, _ sender: Sender, _ view: SiteView, at now: Instant
    ) -> UploadSituation {
        UploadSituation(
            now: now, localTime: sender.localTime(at: now), isNight: view.isNight, dawn: view.dawn,
            offset: sender.place, isSending: isSending, waiting: waiting.count,
            waitingBytes: ByteCount(waitingBytes), oldest: oldest, uplinkLoad: view.uplinkLoad,
            uplinkRate: view.uplinkRate)
    }
}

/// What a telescope needs to know beside its disk when its policy asks or its sendings fail.
struct Sender: Sendable {
    /// Rings when the upload policy wants to be asked again; nil for one that is not asked at all.
    let timer: Timer?
    /// Local mean solar time ahead of universal time.
    private let solarOffset: Duration
    /// Where the telescope stands in what is spread over the telescopes.
    let place: Double
    /// Its random numbers, and what it remembers of its sendings.
    var producer: Producer

    /// The sender of a telescope at a longitude, in degrees east.
    init(timer: Timer?, longitude: Double, random: RandomStream) {
        self.timer = timer
        solarOffset = Duration(seconds: longitude * 240)
        producer = Producer(random: random)
        place = producer.unit()
    }

    /// The local mean solar time since midnight.
    func localTime(at now: Instant) -> Duration {
        let day = Duration.days(1).nanoseconds
        let solar = ((now - .start) + solarOffset).nanoseconds % day
        return Duration(nanoseconds: solar < 0 ? solar + day : solar)
    }
}

/// What the sending sides of a group's telescopes have in common; a class, so that nothing is copied to look at it.
final class UploadGroup: Sendable {
    let policy: any UploadPolicy
    let sendsAtOnce: Bool
    let retrier: Retrier
    let disk: DiskPlan
    let parallelUploads: Int
    /// What has to be free on a disk for the next exposure.
    let roomNeeded: ByteCount
    let poison: Double
    /// Whether anything depends on what the telescope sees of its site.
    let looksAtSite: Bool

    /// What a plan says, made once for a run.
    init(_ plan: TelescopePlan) {
        policy = plan.upload.make()
        sendsAtOnce = policy.sendsAtOnce
        retrier = Retrier(plan.retry)
        disk = plan.disk
        parallelUploads = plan.parallelUploads
        // What the computer makes of an image is small, and not known before.
        roomNeeded = plan.edge == nil ? plan.camera.imageSize : ByteCount(1)
        poison = plan.poison
        looksAtSite = !sendsAtOnce || plan.calibration != nil
    }
}

/// What a telescope sees of its site when it decides whether to send.
struct SiteView: BitwiseCopyable, Sendable {
    let isNight: Bool
    let dawn: Instant?
    let uplinkLoad: Int
    let uplinkRate: DataRate

    /// For those who do not look.
    static let unseen = SiteView(
        isNight: false, dawn: nil, uplinkLoad: 0, uplinkRate: DataRate(bitsPerSecond: 1))
}
