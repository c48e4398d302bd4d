import OrreryKernel

/// The centre is gone: nobody reaches the broker, and all workers are down; of a cluster, all nodes crash.
///
/// What waits in the broker is there afterwards; what workers and nodes had goes the way of a crash.
struct CentreOutage: FaultEffect {
    func begin(in network: inout Network, agenda: inout Agenda<Message>) { network.closeCentre(agenda: &agenda) }

    func end(in network: inout Network, agenda: inout Agenda<Message>) { network.openCentre(agenda: &agenda) }

    static let kind = Kind<any FaultEffect>(
        "centre-outage", summary: "nobody reaches the broker, and all workers are down; of a cluster, all nodes crash"
    ) { _ in CentreOutage() }
}
