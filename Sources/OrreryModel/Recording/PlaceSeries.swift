public import OrreryKernel

/// What happened over time at each of many parts of one kind: which node, which partition, which line.
///
/// A part's state is looked at 96 times a run, at equal instants. That is too coarse for the moment at which something
/// begins, and fine enough to see where.
public struct PlaceSeries: Codable, Equatable, Sendable {
    /// What the parts are, and what is known of them.
    public let kind: Kind
    /// One name a row; where there are more parts than rows, neighbours share one.
    public let names: [String]
    /// The time from one look to the next; the first look is at its end.
    public let interval: Duration
    /// One value a look for each row: the highest of the parts that share it.
    public let rows: [CountCourse]

    /// The kinds of parts.
    public enum Kind: String, CaseIterable, Codable, Sendable {
        /// The nodes of a cluster: messages that wait in the inbox.
        case nodes
        /// The partitions or shards of a broker: copies that wait in the log.
        case partitions
        /// The uplinks of the sites: how busy the line was since the look before, in thousandths.
        case uplinks
    }

    /// How many rows there are at most.
    static let rowLimit = 64

    /// Rows for parts of these names.
    init(kind: Kind, parts: [String], interval: Duration, looks: [[Int64]]) {
        let size = max(1, (parts.count + PlaceSeries.rowLimit - 1) / PlaceSeries.rowLimit)
        let groups = stride(from: 0, to: parts.count, by: size).map { $0..<min(parts.count, $0 + size) }
        self.kind = kind
        self.interval = interval
        names = groups.map {
            $0.count == 1 ? parts[$0.lowerBound] : "\(parts[$0.lowerBound]) … \(parts[$0.upperBound - 1])"
        }
        rows = groups.map { group in
            CountCourse(looks.map { look in group.map { $0 < look.count ? look[$0] : 0 }.max() ?? 0 })
        }
    }
}

/// Looks at the parts of a network at equal instants; it only reads, so that no event depends on it.
struct PlaceSampler: Sendable {
    /// How many looks there are in a run.
    static let looks = 96

    private let interval: Duration
    private let end: Instant
    private let warmUp: Instant
    private let sites: [SitePlan]
    private var before = Instant.start
    private var busyBefore: [Duration] = []
    private var nodes: [[Int64]] = []
    private var partitions: [[Int64]] = []
    private var uplinks: [[Int64]] = []

    /// A sampler for a run of this plan.
    init(_ plan: NetworkPlan) {
        let looks = Int64(PlaceSampler.looks)
        interval = Duration(nanoseconds: (plan.duration.nanoseconds + looks - 1) / looks)
        end = Instant.start + plan.duration
        warmUp = Instant.start + plan.warmUp
        sites = plan.sites
    }

    /// When to look next.
    var next: Instant { min(end, before + interval) }

    /// Looks.
    mutating func look(at network: borrowing Network, now: Instant) {
        if let cluster = network.cluster { nodes.append(cluster.nodes.map { Int64($0.inbox.count) }) }
        let depths = network.broker.partitionDepths
        if !depths.isEmpty { partitions.append(depths.map { Int64($0) }) }
        if !sites.isEmpty { uplinks.append(busiestLines(of: network, now: now)) }
        before = now
    }

    /// How busy the busiest line of each group of sites was since the look before, in thousandths.
    private mutating func busiestLines(of network: borrowing Network, now: Instant) -> [Int64] {
        let busy = network.uplinks.busyTimes(at: now)
        // The end of the warm-up sets the lines' own counts to zero.
        let hasRestarted = before < warmUp && warmUp <= now
        let span = (now - (hasRestarted ? max(before, warmUp) : before)).nanoseconds
        var shares: [Int64] = []
        var first = 0
        for site in sites {
            let lines = first..<first + site.count
            let longest = lines.map { line in
                busy[line].nanoseconds - (hasRestarted || busyBefore.isEmpty ? 0 : busyBefore[line].nanoseconds)
            }.max()
            shares.append(span > 0 ? (longest ?? 0) * 1000 / span : 0)
            first += site.count
        }
        busyBefore = busy
        return shares
    }

    /// What was seen; kinds of parts that the network has none of are absent.
    var series: [PlaceSeries] {
        let nodeNames = (nodes.first ?? []).indices.map { "node \($0 + 1)" }
        // Shards can be split on the way; the last look knows most of them.
        let partitionNames = (0..<(partitions.map(\.count).max() ?? 0)).map { "partition \($0 + 1)" }
        return [
            PlaceSeries(kind: .nodes, parts: nodeNames, interval: interval, looks: nodes),
            PlaceSeries(kind: .partitions, parts: partitionNames, interval: interval, looks: partitions),
            PlaceSeries(kind: .uplinks, parts: sites.map(\.name), interval: interval, looks: uplinks),
        ].filter { !$0.rows.isEmpty }
    }
}
