import OrreryKernel

/// Which nodes are there, and who of them owns what: a ring of hashes on which every node has several points.
///
/// All nodes have the same view at the same time: how they agree on it is not modelled, only how long it takes until
/// enough of them have noticed that one is gone.
public struct ClusterView: Sendable {
    /// The nodes that are there, in the order of their numbers.
    public private(set) var members: ContiguousArray<Int>
    private var isMember: ContiguousArray<Bool>
    /// The points of all nodes, there or not, by place on the ring.
    private let points: ContiguousArray<(place: UInt64, node: Int)>

    /// How many points each node has on the ring.
    ///
    /// Cassandra has 16 (num_tokens). With 512 the largest share of the ring is 1.05 to 1.10 times the mean, for 10 to
    /// 60 nodes.
    static let pointsPerNode = 512

    /// A view in which all nodes are there.
    public init(nodes: Int) {
        members = ContiguousArray(0..<nodes)
        isMember = ContiguousArray(repeating: true, count: nodes)
        var points: ContiguousArray<(place: UInt64, node: Int)> = []
        for node in 0..<nodes {
            for point in 0..<ClusterView.pointsPerNode {
                points.append((ClusterView.hash(UInt64(node) << 32 | UInt64(point)), node))
            }
        }
        points.sort { ($0.place, $0.node) < ($1.place, $1.node) }
        self.points = points
    }

    /// Whether a node is there.
    public func contains(_ node: Int) -> Bool { isMember[node] }

    /// How many nodes are there beside one.
    public func others(than node: Int) -> Int { members.count - (isMember[node] ? 1 : 0) }

    /// The node that owns a key: the first one there at or after the key's place on the ring; nil if none is there.
    public func owner(of key: UInt64) -> Int? {
        if members.isEmpty { return nil }
        let place = ClusterView.hash(~key)
        var (low, high) = (0, points.count)
        while low < high {
            let middle = (low + high) / 2
            if points[middle].place < place { low = middle + 1 } else { high = middle }
        }
        for step in points.indices {
            let node = points[(low + step) % points.count].node
            if isMember[node] { return node }
        }
        return nil
    }

    /// The next nodes that are there after one, by number, and round; never the node itself.
    public func successors(of node: Int, count: Int) -> some Sequence<Int> {
        (1..<isMember.count).lazy.map { [count = isMember.count] in (node + $0) % count }
            .filter { [isMember] in isMember[$0] }.prefix(count)
    }

    /// The node itself if it is there, else the next one that is; nil if none is.
    public func nearest(to node: Int) -> Int? {
        if isMember[node] { return node }
        return successors(of: node, count: 1).first { _ in true }
    }

    mutating func remove(_ node: Int) {
        isMember[node] = false
        members.removeAll { $0 == node }
    }

    mutating func insert(_ node: Int) {
        if isMember[node] { return }
        isMember[node] = true
        members.insert(node, at: members.firstIndex { $0 > node } ?? members.count)
    }

    /// Mixes a number so that all bits of the result depend on all of it.
    ///
    /// Source: the finaliser of SplitMix64 (G. Steele, D. Lea, C. Flood, OOPSLA 2014).
    private static func hash(_ number: UInt64) -> UInt64 {
        var mixed = number &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
