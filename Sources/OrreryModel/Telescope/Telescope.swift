import OrreryKernel

/// A telescope: exposes as long as the dome is open, and hands every image to the site's uplink once it is read out.
///
/// ```
///   closed ─dome opened─► setting up ─ready─► exposing ─shutter closed─► reading out ─► exposing …
///      ▲                      │                  │                           │
///      └──────dome closed─────┴──(aborted)───────┘        (the image is kept)┘
/// ```
struct Telescope: Sendable {
    private let id: TelescopeID
    private let site: SiteID
    private let group: UInt32
    private let timer: Timer
    private var stream: RandomStream
    private var isOpen = false
    private var activity = Activity.idle

    private enum Activity {
        case idle
        case settingUp
        case exposing
        case readingOut
    }

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
            isOpen = true
            if activity == .idle { setUp(plan, agenda: &agenda) }
        case .domeClosed:
            isOpen = false
            if activity == .exposing { aborted.add() }
            if activity != .readingOut { stop(agenda: &agenda) }
        case .ready:
            expose(plan, agenda: &agenda)
        case .shutterClosed:
            activity = .readingOut
            let item = ledger.produce(size: plan.itemSize, group: group, in: .readOut, at: agenda.now)
            agenda.schedule(.telescope(id, .readOut(item)), after: plan.readOut)
        case .readOut(let item):
            agenda.schedule(.uplink(site, .offered(item)))
            if isOpen { expose(plan, agenda: &agenda) } else { activity = .idle }
        }
    }

    /// The group's number in the network.
    var groupNumber: Int { Int(group) }

    private mutating func setUp(_ plan: TelescopeGroup, agenda: inout Agenda<Message>) {
        activity = .settingUp
        agenda.arm(timer, .telescope(id, .ready), after: plan.setUp.duration(using: &stream))
    }

    private mutating func expose(_ plan: TelescopeGroup, agenda: inout Agenda<Message>) {
        activity = .exposing
        agenda.arm(timer, .telescope(id, .shutterClosed), after: plan.exposure)
    }

    private mutating func stop(agenda: inout Agenda<Message>) {
        activity = .idle
        agenda.cancel(timer)
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
