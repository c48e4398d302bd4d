import OrreryKernel

/// A telescope: exposes as long as the dome is open and its disk has room, and puts every image onto the disk once it
/// is read out.
///
/// ```
///   dome opened ─► setting up ─ready─► exposing ─shutter closed─► reading out ─► exposing …
///                      ▲                              │
///                      └── slew or filter change ◄────┘ if its observation plan says so, beside the read-out
/// ```
///
/// The closing of the dome ends the set-up and aborts the exposure, but the camera goes on reading out. If the dome
/// opens again meanwhile, the telescope sets up beside the read-out and exposes when both are done. A crash of its
/// controller does the same to it.
///
/// Calibration frames are exposures like any other but for their length. Those of dusk come before the first exposure
/// of the night; those of dawn are taken although the dome is closed for observing.
///
/// The sun and the weather can change at the same instant, so that a dome opens and closes at once. The telescope
/// counts what it hears, so that it ends up under the right sky in whatever order it hears it.
///
/// Where a scheduler says what is observed, a telescope that is set up idles until it has something to do.
struct Telescope: BitwiseCopyable, Sendable {
    /// Where it stands.
    let site: SiteID
    /// The group's number in the network.
    let group: UInt32
    /// Waits for the end of the set-up, of the exposure, or of the way to the next one.
    private let timer: Timer
    /// Whether it points to where the next exposure is to be taken.
    private var isSetUp = false
    private(set) var isExposing = false
    /// Whether the exposure is that of a calibration frame.
    private var isCalibrating = false
    /// Whether the camera reads an image out.
    private(set) var isReadingOut = false
    /// Whether it waits with the next exposure until its disk has room.
    private(set) var isStalled = false
    /// Whether it has something to observe; without a scheduler it always has.
    private(set) var hasWork: Bool
    /// Whether it could expose and has nothing to do.
    private(set) var isIdle = false
    private var isBroken = false
    private(set) var isCrashed = false
    /// How many more openings of the dome than closings were heard of: 0 or 1, but for the instant in which both come.
    private var openings: Int8 = 0
    /// Calibration frames that it has yet to take before anything else.
    private var framesLeft: UInt16 = 0

    /// Whether its hardware is broken or its controller crashed.
    var isDown: Bool { isBroken || isCrashed }

    /// Whether its dome is open and it works.
    var canObserve: Bool { openings == 1 && !isDown }

    /// Whether it is set up and has nothing to observe, now or after what it is at.
    var wantsWork: Bool { canObserve && isSetUp && !hasWork }

    /// Whether the exposure is one of an observation.
    var isObserving: Bool { isExposing && !isCalibrating }

    /// Whether it has to begin with the calibration frames of dawn.
    var isDueToCalibrate: Bool { framesLeft > 0 && openings == 0 && !isSetUp }

    /// A telescope of a group at a site, which waits for a scheduler to tell it what to observe, or does not.
    init(site: SiteID, group: UInt32, timer: Timer, waitsForWork: Bool = false) {
        self.site = site
        self.group = group
        self.timer = timer
        hasWork = !waitsForWork
    }

    /// The dome opens, and the set-up begins; some calibration frames come before the first exposure.
    mutating func setUp(_ id: TelescopeID, for setUpTime: Duration, frames: UInt16, agenda: inout Agenda<Message>) {
        openings += 1
        guard openings == 1, !isDown else { return }
        // A day that was too short for the calibration frames of its dawn ends them.
        if framesLeft > 0 { _ = stop(agenda: &agenda) }
        framesLeft = frames
        agenda.arm(timer, .telescope(id, .ready), after: setUpTime)
    }

    /// The dome closes; true if that aborts an exposure.
    ///
    /// At dawn the calibration frames that are due then stay due.
    mutating func close(isNight: Bool, agenda: inout Agenda<Message>) -> Bool {
        openings -= 1
        guard openings == 0 else { return false }
        let framesDue = isNight ? 0 : framesLeft
        defer { framesLeft = framesDue }
        return stop(agenda: &agenda)
    }

    /// The set-up is done, or it points to where the next exposure is to be taken.
    mutating func beginExposing(
        _ id: TelescopeID, _ plan: TelescopeGroup, hasRoom: Bool, agenda: inout Agenda<Message>
    ) {
        isSetUp = true
        if !isReadingOut { expose(id, plan, hasRoom: hasRoom, agenda: &agenda) }
    }

    /// An exposure ends, and its image is read out; true if it is a calibration frame.
    mutating func readOut() -> Bool {
        isExposing = false
        isReadingOut = true
        guard isCalibrating else { return false }
        isCalibrating = false
        if framesLeft > 0 { framesLeft -= 1 }
        if framesLeft == 0 && openings == 0 { isSetUp = false }
        return true
    }

    /// The next exposure is of another target or in another filter, to which the telescope moves now.
    mutating func move(_ id: TelescopeID, for time: Duration, agenda: inout Agenda<Message>) {
        isSetUp = false
        agenda.arm(timer, .telescope(id, .ready), after: time)
    }

    /// It has something to observe from now on, and needs so long to point there, if it points anywhere else.
    ///
    /// A set-up that is under way points there, as calibration frames do that come before.
    mutating func beginWork(
        _ id: TelescopeID, way: Duration, _ plan: TelescopeGroup, hasRoom: Bool, agenda: inout Agenda<Message>
    ) {
        hasWork = true
        isIdle = false
        guard isSetUp, framesLeft == 0 else { return }
        if way > .zero {
            move(id, for: way, agenda: &agenda)
        } else if !isReadingOut {
            expose(id, plan, hasRoom: hasRoom, agenda: &agenda)
        }
    }

    /// It has nothing to observe any more.
    mutating func endWork() { hasWork = false }

    /// The image is read out and saved.
    mutating func endReadOut(
        _ id: TelescopeID, _ plan: TelescopeGroup, hasRoom: Bool, agenda: inout Agenda<Message>
    ) {
        isReadingOut = false
        if isSetUp { expose(id, plan, hasRoom: hasRoom, agenda: &agenda) }
    }

    /// The disk has room again.
    mutating func resume(_ id: TelescopeID, _ plan: TelescopeGroup, agenda: inout Agenda<Message>) {
        expose(id, plan, hasRoom: true, agenda: &agenda)
    }

    /// The night ends, and so many calibration frames are due, as soon as the dome is closed for observing.
    mutating func endNight(frames: UInt16) {
        if !isDown { framesLeft = frames }
    }

    /// A night begins in which its hardware is broken, or not.
    mutating func beginNight(isBroken: Bool, agenda: inout Agenda<Message>) {
        self.isBroken = isBroken
        if isBroken { _ = stop(agenda: &agenda) }
    }

    /// Its controller crashes; true if that interrupts an exposure.
    mutating func crash(agenda: inout Agenda<Message>) -> Bool {
        isCrashed = true
        return stop(agenda: &agenda)
    }

    /// Its controller works again, and the telescope sets up if the dome is open.
    mutating func restart(_ id: TelescopeID, setUp time: Duration, agenda: inout Agenda<Message>) {
        isCrashed = false
        if openings == 1 && !isBroken { agenda.arm(timer, .telescope(id, .ready), after: time) }
    }

    /// Stops the run if the telescope neither does what it should under this sky nor waits for it: at work it sets up,
    /// moves, exposes, reads out, or waits for room or for something to do, else it may only read out.
    func check(_ id: TelescopeID, isOpen: Bool, agenda: borrowing Agenda<Message>) {
        func state() -> String {
            "open \(isOpen), openings \(openings), set up \(isSetUp), exposing \(isExposing), "
                + "reading out \(isReadingOut), stalled \(isStalled), idle \(isIdle), has work \(hasWork), broken \(isBroken), crashed \(isCrashed), "
                + "frames left \(framesLeft)"
        }
        invariant(
            openings == (isOpen ? 1 : 0), "telescope \(id.number) knows another sky at \(agenda.now): \(state())")
        let isAtWork = !isDown && (isOpen || framesLeft > 0)
        invariant(
            agenda.isArmed(timer) == (isAtWork && !(isSetUp && (isReadingOut || isStalled || isIdle))),
            "telescope \(id.number) stalls at \(agenda.now): \(state())")
        invariant(
            isExposing == (isSetUp && !isReadingOut && !isStalled && !isIdle) && (isAtWork || !isSetUp),
            "telescope \(id.number) errs at \(agenda.now): \(state())")
        invariant(
            framesLeft == 0 || !isDown, "telescope \(id.number) is down and calibrates at \(agenda.now): \(state())")
    }

    private mutating func expose(
        _ id: TelescopeID, _ plan: TelescopeGroup, hasRoom: Bool, agenda: inout Agenda<Message>
    ) {
        isIdle = !hasWork && framesLeft == 0
        isStalled = !isIdle && !hasRoom
        guard !isIdle && hasRoom else { return }
        isExposing = true
        isCalibrating = framesLeft > 0
        agenda.arm(
            timer, .telescope(id, .shutterClosed), after: isCalibrating ? plan.calibrationExposure : plan.exposure)
    }

    /// Leaves off what it does, but for a read-out; true if that cuts an exposure short.
    private mutating func stop(agenda: inout Agenda<Message>) -> Bool {
        agenda.cancel(timer)
        isSetUp = false
        isStalled = false
        isIdle = false
        isCalibrating = false
        framesLeft = 0
        defer { isExposing = false }
        return isExposing
    }
}

/// What every exposure of a group's telescopes needs to know.
struct TelescopeGroup: BitwiseCopyable, Sendable {
    /// How long an exposure takes.
    let exposure: Duration
    /// How long the camera reads out.
    let readOut: Duration
    /// The size of an image as the camera writes it.
    let imageSize: ByteCount
    /// Whether the telescopes have an observation plan.
    let hasTargets: Bool
    /// Whether they take calibration frames.
    let isCalibrated: Bool
    /// Calibration frames at dusk under a clear sky, at dawn under a clear sky, and at dawn under any.
    let duskFlats: UInt16
    let dawnFlats: UInt16
    let darks: UInt16
    /// How long the exposure of a calibration frame takes.
    let calibrationExposure: Duration

    /// What a plan says, worked out once.
    init(_ plan: TelescopePlan) {
        exposure = plan.exposure
        readOut = plan.camera.readOut
        imageSize = plan.camera.imageSize
        hasTargets = plan.observations != nil
        isCalibrated = plan.calibration != nil
        duskFlats = UInt16(plan.calibration?.duskFlats ?? 0)
        dawnFlats = UInt16(plan.calibration?.dawnFlats ?? 0)
        darks = UInt16(plan.calibration?.darks ?? 0)
        calibrationExposure = plan.calibration?.exposure ?? .zero
    }
}
