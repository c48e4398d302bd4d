public import OrreryKernel
public import OrreryModel

/// The names of what event records hold as numbers, in one plan.
public struct EventNames: Sendable {
    private let plan: NetworkPlan

    /// The names that a plan gives.
    public init(_ plan: NetworkPlan) {
        self.plan = plan
    }

    /// What kind of event it is.
    public func kind(of event: EventRecord) -> String {
        MessageKind(rawValue: event.kind)?.name ?? "kind \(event.kind)"
    }

    /// Whom it concerns, with its number and its name in the scenario: `telescope 12 (lsc-1m/2)`.
    public func entity(of event: EventRecord) -> String {
        guard let kind = MessageKind(rawValue: event.kind) else { return "entity \(event.entity)" }
        let fleet = plan.fleet.map { (name: $0.name, count: $0.count) }
        let sites = plan.sites.map { (name: $0.name, count: $0.count) }
        let streams = plan.arrivals.map { (name: $0.name, count: 1) }
        return switch kind.subject {
        case .site: EventNames.numbered("site", event.entity, in: sites)
        case .telescope: EventNames.numbered("telescope", event.entity, in: fleet)
        case .arrivals: EventNames.numbered("arrivals", event.entity, in: streams)
        case .uplink: uplink(event.entity)
        case .item: "item \(event.entity)"
        case .broker: "broker"
        case .workers: "worker pool"
        case .worker: "worker \(event.entity)"
        case .node: "node \(event.entity)"
        case .cluster: "the cluster"
        case .coordination: "coordination service"
        case .request: "request \(event.entity)"
        case .session: "session \(event.entity)"
        case .store: "store"
        case .fault: EventNames.numbered("fault", event.entity, in: plan.faults.map { (name: $0.name, count: 1) })
        case .autoscaler: "autoscaler"
        case .replica: "replica \(event.entity) of the state"
        case .key: "key \(event.entity) of the state"
        case .operators: "operators"
        case .scheduler: "scheduler"
        case .network: "network"
        }
    }

    /// What it carries; empty if nothing.
    public func payload(of event: EventRecord) -> String {
        switch MessageKind(rawValue: event.kind)?.payload {
        case .item: "item \(event.payload)"
        case .copy: "copy \(event.payload)"
        case .shift: "work \(event.payload)"
        case .node: "node \(event.payload)"
        case .count: "\(event.payload) messages"
        case .source: event.payload == 0 ? "" : "source \(event.payload)"
        case .scrape: "scrape \(event.payload)"
        case .asking: "request \(event.payload) of the worker"
        case .election: "election \(event.payload)"
        case .shiftAndReplica: "work \(event.payload >> 8), replica \(event.payload & 0xff)"
        case .version: "version \(event.payload)"
        case .ticket: "ticket \(event.payload)"
        case .availability: event.payload == 0 ? "closed or broken" : "available"
        case .observation:
            event.payload == UInt64(ObservationID.none.number) ? "nothing" : "observation \(event.payload)"
        case .request: "request \(event.payload)"
        case .some(.none), nil: event.payload == 0 ? "" : "payload \(event.payload)"
        }
    }

    /// A group of telescopes or a stream of arrivals, counted through in the order of the plan.
    func group(_ number: UInt32) -> String {
        let index = Int(number)
        return index < plan.fleet.count ? plan.fleet[index].name : plan.arrivals[index - plan.fleet.count].name
    }

    /// What an item of a group comes from: a telescope, or its key in a stream.
    func source(_ number: UInt32, group: UInt32) -> String {
        guard Int(group) < plan.fleet.count else { return "key \(number)" }
        return EventNames.numbered("telescope", number, in: plan.fleet.map { (name: $0.name, count: $0.count) })
    }

    /// The uplink of a site.
    func uplink(_ site: UInt32) -> String {
        EventNames.numbered("uplink of site", site, in: plan.sites.map { (name: $0.name, count: $0.count) })
    }

    /// When, for people: `1 d 02:03:04.000000005`.
    public static func clock(_ time: Instant) -> String {
        let nanoseconds = time.nanoseconds
        func digits(_ number: Int64, _ count: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, count - text.count)) + text
        }
        let seconds = nanoseconds / 1_000_000_000
        return "\(seconds / 86_400) d \(digits(seconds / 3600 % 24, 2)):\(digits(seconds / 60 % 60, 2)):"
            + "\(digits(seconds % 60, 2)).\(digits(nanoseconds % 1_000_000_000, 9))"
    }

    /// A number with its name among groups of things that are counted through.
    private static func numbered(_ noun: String, _ number: UInt32, in groups: [(name: String, count: Int)]) -> String {
        var index = Int(number)
        for group in groups {
            if index < group.count {
                return "\(noun) \(number) (\(group.name)\(group.count == 1 ? "" : "/\(index)"))"
            }
            index -= group.count
        }
        return "\(noun) \(number)"
    }
}
