import OrreryKernel

/// The sending side of a telescope: what lies on its disk, and what of it is on its way to the centre.
///
/// An item leaves the disk only when the centre has confirmed it, or when it is given up.
struct Uploader: Sendable {
    /// Rings when the upload policy wants to be asked again.
    let timer: Timer
    /// What waits to be sent, oldest first.
    private(set) var waiting = ItemLine()
    /// What the waiting items take.
    private(set) var waitingBytes: Int64 = 0
    /// What all items on the disk take, those on their way included.
    private(set) var storedBytes: Int64 = 0
    /// How many items are on their way, or wait for another try.
    private(set) var underWay = 0
    /// Whether the policy said to send, and the disk was not empty since.
    private var isSending = false
    /// Local mean solar time ahead of universal time.
    private let solarOffset: Duration
    /// Where the telescope stands in what is spread over the telescopes.
    private let place: Double
    private var producer: Producer

    /// An empty disk of a telescope at a longitude, in degrees east.
    init(timer: Timer, longitude: Double, random: RandomStream) {
        self.timer = timer
        solarOffset = Duration(seconds: longitude * 240)
        producer = Producer(random: random)
        place = producer.unit()
    }

    /// An item comes onto the disk; items that had to go for it, in order, are lost.
    mutating func store(
        _ item: ItemID, _ group: UploadGroup, ledger: inout Ledger, at now: Instant
    ) {
        if group.poison > 0 && producer.unit() < group.poison { ledger.poison(item) }
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
        _ id: TelescopeID, _ group: UploadGroup, _ view: SiteView, ledger: inout Ledger,
        agenda: inout Agenda<Message>
    ) {
        while underWay < group.parallelUploads, let oldest = waiting.first {
            switch group.policy.advice(situation(oldest: ledger.entered(oldest), view, at: agenda.now)) {
            case .send:
                guard let item = take(&ledger) else { return }
                isSending = waiting.count > 0
                underWay += 1
                launch(item, group, ledger: &ledger, agenda: &agenda)
            case .waitUntil(let instant):
                isSending = false
                return agenda.arm(timer, .telescope(id, .uploadDue), after: instant - agenda.now)
            case .waitForChange:
                isSending = false
                return agenda.cancel(timer)
            }
        }
    }

    /// The centre confirmed a copy: the item leaves the disk.
    mutating func confirm(_ copy: Copy, ledger: inout Ledger, at now: Instant) {
        producer.noteAcceptance(at: now)
        leave(copy.item, because: nil, ledger: &ledger, at: now)
    }

    /// A copy was refused or not answered: its item is sent again later, or given up.
    mutating func fail(
        _ copy: Copy, _ group: UploadGroup, because reason: LossReason?, ledger: inout Ledger,
        agenda: inout Agenda<Message>
    ) {
        let outcome = producer.takeHome(copy, because: reason, group.retrier, ledger: &ledger, agenda: &agenda)
        settle(copy.item, outcome, ledger: &ledger, agenda: &agenda)
    }

    /// Sends an item, again or for the first time.
    mutating func launch(
        _ item: ItemID, _ group: UploadGroup, ledger: inout Ledger, agenda: inout Agenda<Message>
    ) {
        let outcome = producer.send(item, into: .uplink, group.retrier, ledger: &ledger, agenda: &agenda)
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

    private func situation(oldest: Instant, _ view: SiteView, at now: Instant) -> UploadSituation {
        let day = Duration.days(1).nanoseconds
        let solar = ((now - .start) + solarOffset).nanoseconds % day
        return UploadSituation(
            now: now, localTime: Duration(nanoseconds: solar < 0 ? solar + day : solar), isNight: view.isNight,
            dawn: view.dawn, offset: place, isSending: isSending, waiting: waiting.count,
            waitingBytes: ByteCount(waitingBytes), oldest: oldest, uplinkLoad: view.uplinkLoad,
            uplinkRate: view.uplinkRate)
    }
}

/// What the sending sides of a group's telescopes have in common.
struct UploadGroup: Sendable {
    let policy: any UploadPolicy
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
        retrier = Retrier(plan.retry)
        disk = plan.disk
        parallelUploads = plan.parallelUploads
        // What the computer makes of an image is small, and not known before.
        roomNeeded = plan.edge == nil ? plan.camera.imageSize : ByteCount(1)
        poison = plan.poison
        looksAtSite = !(policy is ImmediateUpload) || plan.calibration != nil
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
