import OrreryKernel

/// An observatory's sky: whether it is dark, whether the weather lets the domes open, and so when its telescopes may
/// observe.
struct Site: Sendable {
    private let id: SiteID
    private let darkness: Darkness
    private let weather: WeatherPlan?
    private var stream: RandomStream
    private var isDark = false
    private var isClear = true
    /// Which telescopes stand here.
    let telescopes: [TelescopeID]

    /// Whether the domes are open.
    var isOpen: Bool { isDark && isClear }

    /// How far ahead to look for sunset or sunrise at once; in the polar summer one looks again and again.
    private static let outlook = Duration.days(2)

    /// A site of the network.
    init(id: SiteID, darkness: Darkness, weather: WeatherPlan?, stream: RandomStream, telescopes: [TelescopeID]) {
        self.id = id
        self.darkness = darkness
        self.weather = weather
        self.stream = stream
        self.telescopes = telescopes
    }

    /// Looks at the sky for the first time.
    mutating func start(agenda: inout Agenda<Message>) {
        isDark = darkness.isDark(at: agenda.now)
        scheduleSun(agenda: &agenda)
        if let weather {
            startWeather(weather, agenda: &agenda)
        }
        if isOpen { tellTelescopes(.domeOpened, agenda: &agenda) }
    }

    mutating func handle(_ event: Message.SiteEvent, agenda: inout Agenda<Message>) {
        let wasOpen = isOpen
        switch event {
        case .sun:
            isDark = darkness.isDark(at: agenda.now)
            scheduleSun(agenda: &agenda)
        case .weather:
            isClear.toggle()
            scheduleWeather(agenda: &agenda)
        }
        if isOpen != wasOpen { tellTelescopes(isOpen ? .domeOpened : .domeClosed, agenda: &agenda) }
    }

    private func tellTelescopes(_ event: Message.TelescopeEvent, agenda: inout Agenda<Message>) {
        for telescope in telescopes { agenda.schedule(.telescope(telescope, event)) }
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
        scheduleWeather(agenda: &agenda)
    }

    private mutating func scheduleWeather(agenda: inout Agenda<Message>) {
        guard let weather else { return }
        let spell = isClear ? weather.clear : weather.closed
        agenda.schedule(.site(id, .weather), after: max(.milliseconds(1), spell.duration(using: &stream)))
    }
}
