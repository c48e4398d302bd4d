import OrreryKernel

/// What goes one way between some sites and the centre is lost, though the lines work: an asymmetric partition.
///
/// With the way to the centre cut, nothing arrives. With the way back cut, everything arrives and nobody hears of it,
/// so that producers with a time-out send again what the centre has.
struct Partition: FaultEffect {
    /// Which way is cut.
    let direction: Direction
    /// The share of the sites that it concerns: the first ones.
    let share: Double

    func begin(in network: inout Network, agenda: inout Agenda<Message>) {
        network.setCut(direction, ofShare: share, isCut: true)
    }

    func end(in network: inout Network, agenda: inout Agenda<Message>) {
        network.setCut(direction, ofShare: share, isCut: false)
    }

    private static let direction = Parameter<String>(
        "lost", dimension: .choice(["items", "answers"]), default: "answers",
        summary: "what is lost: items on their way to the centre, or its answers",
        source: "lost answers are the harder case: work is done twice; ours")

    static let kind = Kind<any FaultEffect>(
        "partition", summary: "what goes one way between some sites and the centre is lost",
        parameters: [direction.spec, UplinkOutage.share.spec]
    ) {
        Partition(
            direction: $0[direction] == "items" ? .toCentre : .fromCentre, share: $0[UplinkOutage.share])
    }
}
