import OrreryKernel

/// The two ways of a line.
enum Direction: Sendable, CaseIterable {
    /// From the site to the centre: items.
    case toCentre
    /// From the centre to the site: answers.
    case fromCentre
}

/// The line of a site to the centre: what is being sent on it, whether it works, and which way it is cut.
///
/// ```
///   works ─goDown─► is down, transfers stand still ─goUp─► works, they go on where they were
///                    └─ they have stood still for too long ─► the connections break
/// ```
///
/// TCP survives a short outage. After a long one the connections break, what they have sent is lost, and the producers
/// must send again.
///
/// It schedules nothing and keeps no books. Its owner has one timer for it, armed for `nextChange` after every call,
/// and then asks for the change. Whatever travels takes the time that `UplinkPlan.latency(using:)` draws. A cut does
/// not touch the transfers: whatever has arrived on a way that is cut is the owner's to lose.
struct Uplink: Sendable {
    private var line: SharedLine
    private var cutsToCentre: UInt16 = 0
    private var cutsFromCentre: UInt16 = 0
    private let breakAfter: Duration
    /// Since when the oldest transfer has stood still; only while the line is down and not empty.
    private var stalledSince = Instant.start

    /// What happens to the transfers of a line by itself.
    enum Change: Equatable, Sendable {
        /// A transfer is complete; its last bit begins to travel.
        case finished(Copy)
        /// The connections break, in the order of their starts.
        case broken([Copy])
    }

    /// An idle line that works.
    init(plan: UplinkPlan) {
        line = SharedLine(rate: plan.rate, cap: plan.transferRateMax)
        breakAfter = plan.breakAfter
    }

    /// How many items are being sent.
    var load: Int { line.count }

    /// What is being sent; for checks.
    var copies: [Copy] { line.copies }

    /// Whether anything is being sent on a line that works.
    var isSending: Bool { load > 0 && !isDown }

    /// Whether the line is down, both ways.
    var isDown: Bool { line.isPaused }

    /// When something next happens to the transfers by itself; nil if nothing will.
    var nextChange: Instant? {
        guard isDown else { return line.nextFinish }
        return load > 0 ? stalledSince + breakAfter : nil
    }

    /// What happens to the transfers now, as `nextChange` said.
    ///
    /// Transfers that start while the line is down break together with those that stand still already.
    mutating func change(at now: Instant) -> Change {
        guard isDown else { return .finished(line.finish(at: now)) }
        invariant(nextChange == now, "the connections of a line that is down were to break at another time than \(now)")
        return .broken(line.removeAll(at: now))
    }

    /// Begins to send an item; on a line that is down it stands still.
    mutating func start(_ copy: Copy, size: ByteCount, at now: Instant) {
        if load == 0 { stalledSince = now }
        line.start(copy, size: size, at: now)
    }

    /// The line goes down; no effect on one that is down.
    mutating func goDown(at now: Instant) {
        if !isDown { stalledSince = now }
        line.pause(at: now)
    }

    /// The line works again; no effect on one that works.
    mutating func goUp(at now: Instant) { line.resume(at: now) }

    /// Whether what goes this way is lost although the line works.
    func isCut(_ direction: Direction) -> Bool { (direction == .toCentre ? cutsToCentre : cutsFromCentre) > 0 }

    /// What goes this way is lost, for one reason more.
    mutating func cut(_ direction: Direction) { count(direction, +1) }

    /// One reason less for what goes this way to be lost.
    mutating func mend(_ direction: Direction) { count(direction, -1) }

    /// For how long it has been sending since the observation began.
    func busyTime(at now: Instant) -> Duration { line.busyTime(at: now) }

    /// The observation begins anew.
    mutating func restart(at now: Instant) { line.restart(at: now) }

    private mutating func count(_ direction: Direction, _ step: Int) {
        switch direction {
        case .toCentre: cutsToCentre = UInt16(Int(cutsToCentre) + step)
        case .fromCentre: cutsFromCentre = UInt16(Int(cutsFromCentre) + step)
        }
    }
}
