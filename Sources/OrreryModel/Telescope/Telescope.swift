import OrreryKernel

/// A telescope: exposes as long as the dome is open, and hands every image to the site's uplink once it is read out.
///
/// ```
///   dome opened ─► setting up ─ready─► exposing ─shutter closed─► reading out ─► exposing …
/// ```
///
/// The closing of the dome ends the set-up and aborts the exposure, but the camera goes on reading out. If the dome
/// opens again meanwhile, the telescope sets up beside the read-out and exposes when both are done.
struct Telescope: Sendable {
    private let id: TelescopeID
    private let site: SiteID
    private let group: UInt32
    /// Waits for the end of the set-up or of the exposure.
    private let timer: Timer
    private var stream: RandomStream
    /// Whether the dome is open and the set-up is done.
    private var isSetUp = false
    private var isExposing = false
    /// Whether the camera reads an image out.
    private(set) var isReadingOut = false

    /// A telescope of a group at a site.
    init(id: TelescopeID, site: SiteID, group: UInt32, timer: Timer, stream: RandomStream) {
        self.id = id
        self.site = site
        self.group = group
        self.timer = timer
        self.stream = stream
    }

    mutating func handle(
        _ event: Message.TelescopeEvent, plan: TelescopeGroup, ledger: inout Ledger, aborted: inout Counter,
        agenda: inout Agenda<Message>
    ) {
        switch event {
        case .domeOpened:
            agenda.arm(timer, .telescope(id, .ready), after: plan.setUp.duration(using: &stream))
        case .domeClosed:
            if isExposing { aborted.add() }
            isExposing = false
            isSetUp = false
            agenda.cancel(timer)
        case .ready:
            isSetUp = true
            if !isReadingOut { expose(plan, agenda: &agenda) }
        case .shutterClosed:
            isExposing = false
            isReadingOut = true
            let item = ledger.produce(size: plan.itemSize, group: group, in: .readOut, at: agenda.now)
            agenda.schedule(.telescope(id, .readOut(item)), after: plan.readOut)
        case .readOut(let item):
            isReadingOut = false
            agenda.schedule(.uplink(site, .offered(item)))
            if isSetUp { expose(plan, agenda: &agenda) }
        }
    }

    /// The group's number in the network.
    var groupNumber: Int { Int(group) }

    /// Stops the run if the telescope neither does what it should under this sky nor waits for it: under an open dome
    /// it sets up, exposes or reads out, under a closed one it may only read out.
    func check(isOpen: Bool, agenda: borrowing Agenda<Message>) {
        func state() -> String {
            "open \(isOpen), set up \(isSetUp), exposing \(isExposing), reading out \(isReadingOut)"
        }
        invariant(
            agenda.isArmed(timer) == (isOpen && !(isSetUp && isReadingOut)),
            "telescope \(id.number) stalls at \(agenda.now): \(state())")
        invariant(
            isExposing == (isSetUp && !isReadingOut), "telescope \(id.number) errs at \(agenda.now): \(state())")
    }

    private mutating func expose(_ plan: TelescopeGroup, agenda: inout Agenda<Message>) {
        isExposing = true
        agenda.arm(timer, .telescope(id, .shutterClosed), after: plan.exposure)
    }
}

/// What the telescopes of a group have in common.
struct TelescopeGroup: Sendable {
    /// How long an exposure takes.
    let exposure: Duration
    /// How long the camera reads out.
    let readOut: Duration
    /// From the opening of the dome to the first exposure.
    let setUp: Distribution
    /// The size of an image.
    let itemSize: ByteCount

    /// What a plan says, worked out once.
    init(_ plan: TelescopePlan) {
        exposure = plan.exposure
        readOut = plan.camera.readOut
        setUp = plan.setUp
        itemSize = plan.camera.imageSize
    }
}
