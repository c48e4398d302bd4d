import OrreryKernel

/// How long messages between a coordinator and its replicas take, one way.
///
/// Source: P. Bailis et al., "Probabilistically Bounded Staleness for Practical Partial Quorums", VLDB 2012, table 3:
/// fits to LinkedIn's stores on solid-state and on rotating disks, and to Yammer's. Their wide-area model is
/// `lnkd-disk` with a `remote-delay` of 75 ms.
struct ReplicaDelays: Sendable {
    /// A write to a replica (W).
    let write: Distribution
    /// Its acknowledgement (A).
    let acknowledgement: Distribution
    /// A read to a replica (R).
    let read: Distribution
    /// Its response (S).
    let response: Distribution
    /// What comes on top, each way, for all replicas but the first.
    let remote: Duration

    /// The published delays of a system, or those that are stated.
    init(values: ParameterValues) {
        let system = ReplicaDelays.published.first { $0.name == values[ReplicaDelays.system] }
        guard let system else { violation("no system has the delays of \(values[ReplicaDelays.system])") }
        write = values[optional: ReplicaDelays.write] ?? Distribution(system.write, text: system.name)
        let other = Distribution(system.other, text: system.name)
        acknowledgement = values[optional: ReplicaDelays.acknowledgement] ?? other
        read = values[optional: ReplicaDelays.read] ?? other
        response = values[optional: ReplicaDelays.response] ?? other
        remote = values[ReplicaDelays.remote]
    }

    private static let flash = fit(0.9122, 0.235, 10, 1.66)
    /// The systems, with the delays of writes and of everything else.
    private static let published: [(name: String, write: ParetoExponential, other: ParetoExponential)] = [
        ("lnkd-ssd", flash, flash),
        ("lnkd-disk", fit(0.38, 1.05, 1.51, 0.183), flash),
        ("ymmr", fit(0.939, 3, 3.35, 0.0028), fit(0.982, 1.5, 3.8, 0.0217)),
    ]

    /// A fit as the paper states it: the body's share, least milliseconds and power, and the tail's rate per
    /// millisecond.
    private static func fit(_ share: Double, _ least: Double, _ shape: Double, _ rate: Double) -> ParetoExponential {
        ParetoExponential(
            bodyShare: share, body: Pareto(minimum: least / 1000, shape: shape),
            tail: Exponential(mean: 1 / rate / 1000))
    }

    private static let system = Parameter<String>(
        "delays", dimension: .choice(published.map(\.name)), default: published[0].name,
        summary: "whose delays between coordinator and replicas, where no others are stated",
        source: "P. Bailis et al., VLDB 2012, table 3: LinkedIn on solid-state disks, on rotating ones, Yammer")
    private static let write = delay("write-delay", "how long a write takes to a replica (W)")
    private static let acknowledgement = delay("ack-delay", "how long its acknowledgement takes back (A)")
    private static let read = delay("read-delay", "how long a read takes to a replica (R)")
    private static let response = delay("response-delay", "how long its response takes back (S)")
    private static let remote = Parameter<Duration>(
        "remote-delay", default: .zero, range: .within(0...60),
        summary: "what comes on top, each way, for all replicas but the first",
        source: "all replicas are near unless stated; the paper's wide-area model has 75 ms")

    private static func delay(_ key: String, _ summary: String) -> Parameter<Distribution> {
        Parameter(optional: key, range: .within(0...3600), summary: summary + "; left out, as published")
    }

    static let parameters = [
        system.spec, write.spec, acknowledgement.spec, read.spec, response.spec, remote.spec,
    ]
}
