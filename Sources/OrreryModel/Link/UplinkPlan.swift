public import OrreryKernel

/// The line from a site to the centre.
public struct UplinkPlan: Sendable {
    /// Its speed towards the centre, shared by all transfers.
    public let rate: DataRate
    /// How long a bit travels, one way.
    public let latency: Duration
    /// What every item and every answer takes on top of that; nil if nothing.
    public let jitter: Distribution?
    /// The share of packets that are lost and sent again.
    public let loss: Double
    /// The most that one transfer gets; nil if there is no such limit.
    public let cap: DataRate?
    /// How long transfers stand still on a broken line until their connections break.
    public let breakAfter: Duration
    /// When the line is down; nil if it never is by itself.
    public let outages: OutagePlan?

    /// An uplink from checked values.
    public init(values: ParameterValues, outages: OutagePlan? = nil) {
        rate = values[UplinkPlan.rate]
        latency = values[UplinkPlan.latency]
        jitter = values[optional: UplinkPlan.jitter]
        loss = values[UplinkPlan.loss]
        cap = values[optional: UplinkPlan.cap]
        breakAfter = values[UplinkPlan.breakAfter]
        self.outages = outages
    }

    private static let rate = Parameter<DataRate>(
        "rate", default: DataRate(bitsPerSecond: 18_400_000), range: .within(1000...1e15),
        summary: "the speed towards the centre, shared evenly by all that the site sends at a time",
        source: "median UK home upload, March 2023: 18.4 Mbit/s (Ofcom, through ISPreview)"
    )
    .asCapacity()
    private static let latency = Parameter<Duration>(
        "latency", default: .milliseconds(40), range: .within(0...60), summary: "how long a bit travels to the centre",
        source: "a typical path within a continent; ours")
    private static let jitter = Parameter<Distribution>(
        optional: "jitter", range: .within(0...60),
        summary: "what is added to the latency of every item and every answer; if left out nothing")
    private static let loss = Parameter<Double>(
        "loss", dimension: .share, default: 0, range: .within(0...0.5),
        summary: "the share of lost packets, which limits the speed of each transfer; meant for a few percent at most",
        source: "no loss unless stated")
    private static let cap = Parameter<DataRate>(
        optional: "cap", range: .within(1000...1e15),
        summary: "the largest speed of one transfer; if left out a transfer alone gets the whole line")
    private static let breakAfter = Parameter<Duration>(
        "break-after", default: .milliseconds(924_600), range: .within(1...31_536_000),
        summary: "connections survive an outage of up to this long; then they break and the producers must send again",
        source: "Linux gives up after 15 retransmissions, 924.6 s (net.ipv4.tcp_retries2, kernel docs ip-sysctl)")

    /// The parameters of an uplink, besides its outages.
    public static let parameters = [rate.spec, latency.spec, jitter.spec, loss.spec, cap.spec, breakAfter.spec]
}

extension UplinkPlan {
    /// The most that one transfer gets: the line's rate, the cap, or what TCP reaches in spite of the loss.
    ///
    /// TCP reaches MSS / RTT × √(3/2) / √loss, here with a segment of 1460 bytes (Ethernet's 1500 less two headers) and
    /// a round trip of twice the latency.
    ///
    /// Source: M. Mathis, J. Semke, J. Mahdavi, T. Ott, "The macroscopic behavior of the TCP congestion avoidance
    /// algorithm", ACM CCR 27 (1997), for a receiver that acknowledges every packet.
    public var transferRateMax: DataRate {
        let limit = min(rate, cap ?? rate)
        guard loss > 0, latency > .zero else { return limit }
        let reached = 8 * 1460 / (2 * latency.seconds) * (1.5 / loss).squareRoot()
        return reached < Double(limit.bitsPerSecond) ? DataRate(bitsPerSecond: max(1, Int64(reached))) : limit
    }

    /// How long an item or an answer travels; without jitter nothing is drawn.
    public func latency(using stream: inout RandomStream) -> Duration {
        guard let jitter else { return latency }
        return latency + jitter.duration(using: &stream)
    }
}
