import OrreryKernel

/// What the centre knows of a telescope, and the telescope's own clocks.
struct KnownTelescope: Sendable {
    let site: SiteID
    let group: Int
    /// From one heartbeat to the next; nil if there are none.
    let heartbeat: Duration?
    /// Rings for the telescope's next heartbeat.
    let pulse: Timer?
    /// Rings when the telescope asks again.
    let alarm: Timer?
    /// Rings when the telescope was silent for too long.
    let patience: Timer?
    /// What draws the phase and the losses of its heartbeats.
    var heartbeats: RandomStream
    /// What draws for how long it waits before it says that it is there again.
    var returns: RandomStream
    var asker: Asker
    /// Whether it said that it can observe; of one without heartbeats nothing is known.
    var isAvailable = false
    var isOffline = false
    /// The first observation of a plan that it has not been told.
    var untold = ObservationID.none
    /// When its controller crashed, if that was not noticed; for the books.
    var crashed: Instant?
}
