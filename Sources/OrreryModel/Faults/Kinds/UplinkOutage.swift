import OrreryKernel

/// The lines of some sites are down: transfers stand still, and break if it takes too long.
struct UplinkOutage: FaultEffect {
    /// The share of the sites that it concerns: the first ones.
    let share: Double

    func begin(in network: inout Network, agenda: inout Agenda<Message>) {
        network.setLines(ofShare: share, areDown: true, agenda: &agenda)
    }

    func end(in network: inout Network, agenda: inout Agenda<Message>) {
        network.setLines(ofShare: share, areDown: false, agenda: &agenda)
    }

    /// The share of the sites that a fault of lines concerns.
    static let share = Parameter<Double>(
        "share", dimension: .share, default: 1, range: .above(0, upTo: 1),
        summary: "the share of the sites that it concerns, the first ones of the file; at least one",
        source: "all unless stated")

    static let kind = Kind<any FaultEffect>(
        "uplink-outage", summary: "the lines of some sites are down", parameters: [share.spec]
    ) { UplinkOutage(share: $0[share]) }
}
