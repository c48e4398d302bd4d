public import OrreryKernel

/// The line from a site to the centre.
public struct UplinkPlan: Sendable {
    /// Its speed towards the centre.
    public let rate: DataRate
    /// How long a bit travels.
    public let latency: Duration

    /// An uplink from checked values.
    public init(values: ParameterValues) {
        rate = values[UplinkPlan.rate]
        latency = values[UplinkPlan.latency]
    }

    private static let rate = Parameter<DataRate>(
        "rate", default: DataRate(bitsPerSecond: 18_400_000), range: .within(1000...1e15),
        summary: "the speed towards the centre, shared by the site's telescopes",
        source: "median UK home upload, March 2023: 18.4 Mbit/s (Ofcom, through ISPreview)")
    private static let latency = Parameter<Duration>(
        "latency", default: .milliseconds(40), range: .within(0...60), summary: "how long a bit travels to the centre",
        source: "a typical path within a continent; ours")

    /// The parameters of an uplink.
    public static let parameters = [rate.spec, latency.spec]
}
