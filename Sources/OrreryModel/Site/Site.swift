import OrreryKernel

/// An observatory's sky: whether it is dark, whether the weather lets the domes open, and so when its telescopes may
/// observe.
struct Site: Sendable {
    private let id: SiteID
    /// The site's plan: its number in the network's.
    let plan: UInt32
    private let darkness: Darkness
    private var stream: RandomStream
    /// Whether the sun stands below the site's limit.
    private(set) var isDark = false
    private var isClear = true
    /// When the last night ended; nil before the first dawn.
    private(set) var dawn: Instant?

    /// Whether the domes are open.
    var isOpen: Bool { isDark && isClear }

    /// How far ahead to look for sunset or sunrise at once; in the polar summer one looks again and again.
    private static let outlook = Duration.days(2)

    /// A site of the network.
    init(id: SiteID, plan: UInt32, darkness: Darkness, stream: RandomStream) {
        self.id = id
        self.plan = plan
        self.darkness = darkness
        self.stream = stream
    }

    /// Looks at the sky for the first time.
    mutating func start(weather: WeatherPlan?, agenda: inout Agenda<Message>) {
        isDark = darkness.isDark(at: agenda.now)
        scheduleSun(agenda: &agenda)
        if let weather {
            startWeather(weather, agenda: &agenda)
        }
    }

    mutating func handle(_ event: Message.SiteEvent, weather: WeatherPlan?, agenda: inout Agenda<Message>) {
        switch event {
        case .sun:
            let wasDark = isDark
            isDark = darkness.isDark(at: agenda.now)
            if wasDark && !isDark { dawn = agenda.now }
            scheduleSun(agenda: &agenda)
        case .weather:
            isClear.toggle()
            if let weather { scheduleWeather(weather, agenda: &agenda) }
        }
    }

    private func scheduleSun(agenda: inout Agenda<Message>) {
        let next = darkness.nextChange(after: agenda.now, searching: Site.outlook) ?? agenda.now + Site.outlook
        agenda.schedule(.site(id, .sun), after: next - agenda.now)
    }

    /// Starts in the long-run share of clear weather, somewhere within a spell.
    ///
    /// The rest of a spell is drawn like a whole one, which is exact for exponential spells.
    private mutating func startWeather(_ weather: WeatherPlan, agenda: inout Agenda<Message>) {
        let clear = weather.clear.sampler.mean
        let closed = weather.closed.sampler.mean
        isClear = stream.unit() * (clear + closed) < clear
        scheduleWeather(weather, agenda: &agenda)
    }

    private mutating func scheduleWeather(_ weather: WeatherPlan, agenda: inout Agenda<Message>) {
        let spell = isClear ? weather.clear : weather.closed
        agenda.schedule(.site(id, .weather), after: max(.milliseconds(1), spell.duration(using: &stream)))
    }
}
