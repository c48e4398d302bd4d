public import OrreryKernel

/// How often a telescope's controller tells the scheduler that it is there.
public struct HeartbeatPlan: Sendable {
    /// From one heartbeat to the next.
    public let interval: Duration

    /// Heartbeats from checked values.
    public init(values: ParameterValues) {
        interval = values[HeartbeatPlan.interval]
    }

    private static let interval = Parameter<Duration>(
        "interval", default: .minutes(1), range: .within(0.1...86_400),
        summary: "from one heartbeat to the next; each is one packet, which is not sent again if it gets lost",
        source: "a POCS unit notes its status every 60 s (panoptes POCS pocs.yaml)")

    /// The parameters of heartbeats.
    public static let parameters = [interval.spec]
}
