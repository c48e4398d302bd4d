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
            isClear = weather.startsUp(using: &stream)
            scheduleWeather(weather, agenda: &agenda)
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

    private mutating func scheduleWeather(_ weather: WeatherPlan, agenda: inout Agenda<Message>) {
        agenda.schedule(.site(id, .weather), after: weather.spell(isUp: isClear, using: &stream))
    }
}
