import OrreryKernel

/// A telescope: exposes as long as the dome is open and its disk has room, and puts every image onto the disk once it
/// is read out.
///
/// ```
///   dome opened ─► setting up ─ready─► exposing ─shutter closed─► reading out ─► exposing …
/// ```
///
/// The closing of the dome ends the set-up and aborts the exposure, but the camera goes on reading out. If the dome
/// opens again meanwhile, the telescope sets up beside the read-out and exposes when both are done.
///
/// The sun and the weather can change at the same instant, so that a dome opens and closes at once. The telescope
/// counts what it hears, so that it ends up under the right sky in whatever order it hears it.
struct Telescope: BitwiseCopyable, Sendable {
    /// Where it stands.
    let site: SiteID
    /// The group's number in the network.
    let group: UInt32
    /// Waits for the end of the set-up or of the exposure.
    private let timer: Timer
    /// Whether the dome is open and the set-up is done.
    private var isSetUp = false
    private var isExposing = false
    /// Whether the camera reads an image out.
    private(set) var isReadingOut = false
    /// Whether it waits with the next exposure until its disk has room.
    private(set) var isStalled = false
    /// How many more openings of the dome than closings were heard of: 0 or 1, but for the instant in which both come.
    private var openings: Int8 = 0

    /// A telescope of a group at a site.
    init(site: SiteID, group: UInt32, timer: Timer) {
        self.site = site
        self.group = group
        self.timer = timer
    }

    /// The dome opens, and the set-up begins.
    mutating func setUp(_ id: TelescopeID, for setUpTime: Duration, agenda: inout Agenda<Message>) {
        openings += 1
        guard openings == 1 else { return }
        agenda.arm(timer, .telescope(id, .ready), after: setUpTime)
    }

    /// The dome closes; true if that aborts an exposure.
    mutating func close(agenda: inout Agenda<Message>) -> Bool {
        openings -= 1
        guard openings == 0 else { return false }
        agenda.cancel(timer)
        isSetUp = false
        isStalled = false
        defer { isExposing = false }
        return isExposing
    }

    /// The set-up is done.
    mutating func beginExposing(
        _ id: TelescopeID, _ plan: TelescopeGroup, hasRoom: Bool, agenda: inout Agenda<Message>
    ) {
        isSetUp = true
        if !isReadingOut { expose(id, plan, hasRoom: hasRoom, agenda: &agenda) }
    }

    /// An exposure ends, and its image is read out.
    mutating func readOut() {
        isExposing = false
        isReadingOut = true
    }

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

    /// Stops the run if the telescope neither does what it should under this sky nor waits for it: under an open dome
    /// it sets up, exposes, reads out or waits for room, under a closed one it may only read out.
    func check(_ id: TelescopeID, isOpen: Bool, agenda: borrowing Agenda<Message>) {
        func state() -> String {
            "open \(isOpen), openings \(openings), set up \(isSetUp), exposing \(isExposing), "
                + "reading out \(isReadingOut), stalled \(isStalled)"
        }
        invariant(
            openings == (isOpen ? 1 : 0), "telescope \(id.number) knows another sky at \(agenda.now): \(state())")
        invariant(
            agenda.isArmed(timer) == (isOpen && !(isSetUp && (isReadingOut || isStalled))),
            "telescope \(id.number) stalls at \(agenda.now): \(state())")
        invariant(
            isExposing == (isSetUp && !isReadingOut && !isStalled),
            "telescope \(id.number) errs at \(agenda.now): \(state())")
    }

    private mutating func expose(
        _ id: TelescopeID, _ plan: TelescopeGroup, hasRoom: Bool, agenda: inout Agenda<Message>
    ) {
        isStalled = !hasRoom
        guard hasRoom else { return }
        isExposing = true
        agenda.arm(timer, .telescope(id, .shutterClosed), after: plan.exposure)
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

    /// What a plan says, worked out once.
    init(_ plan: TelescopePlan) {
        exposure = plan.exposure
        readOut = plan.camera.readOut
        imageSize = plan.camera.imageSize
    }
}
