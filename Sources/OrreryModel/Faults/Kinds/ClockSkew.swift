import OrreryKernel

/// The clocks of the first workers are ahead.
///
/// Where the last write wins by its time-stamp, what others write is lost until the right time has caught up with the
/// last write of a clock that was ahead, also after the fault.
struct ClockSkew: FaultEffect {
    /// How many workers it hits.
    let count: Int
    /// By how much their clocks are ahead.
    let lead: Duration

    var skewsClocks: Bool { true }

    func begin(in network: inout Network, agenda: inout Agenda<Message>) { network.skewClocks(of: count, by: lead) }

    func end(in network: inout Network, agenda: inout Agenda<Message>) { network.rightClocks(of: count, by: lead) }

    private static let count = Parameter<Int>(
        "workers", default: 1, range: .within(1...1_000_000), summary: "how many workers it hits, from the first on",
        source: "one unless stated")
    private static let lead = Parameter<Duration>(
        "by", range: .within(0.000_001...31_536_000), summary: "by how much their clocks are ahead")

    static let kind = Kind<any FaultEffect>(
        "clock-skew", summary: "the clocks of some workers are ahead, where the last write to the state wins",
        parameters: [count.spec, lead.spec]
    ) { ClockSkew(count: $0[count], lead: $0[lead]) }
}
