/// Who is at what at one instant: what a trace shows beside the ways of the items.
public struct NetworkFrame: Sendable {
    /// What a worker or a node's loop is at.
    public struct Work: Equatable, Sendable {
        /// Goes up with every work of the same worker or node, so that no two that follow each other are equal.
        public let turn: UInt32
        /// What it is, in words.
        public let words: String
        /// The item that it is about, if it is about one.
        public let item: ItemID?
    }

    /// What every worker is at; nil for one that is idle.
    public private(set) var workers: [Work?] = []
    /// What the loop of every node is at; nil for one that waits.
    public private(set) var nodes: [Work?] = []
    /// How many messages wait in each node's inbox.
    public private(set) var inboxes: [Int] = []
    /// Whether each node counts as being there.
    public private(set) var members: [Bool] = []
    /// How many copies every site's uplink is sending.
    public private(set) var uplinks: [Int] = []
    /// How many copies wait in the broker.
    public private(set) var brokerDepth = 0

    /// A frame in which nothing is seen yet.
    public init() {}

    /// Looks at a network, which stays as it is.
    public mutating func look(at network: inout Network) {
        fill(&workers, network.workers.workers.count) { number in
            let worker = network.workers.workers[number]
            return worker.serving.map {
                Work(
                    turn: worker.shift, words: worker.isWaiting ? "waits for a lock" : "works on an item",
                    item: $0.item)
            }
        }
        fill(&uplinks, network.uplinks.count) { network.uplinks.load(of: SiteID(number: UInt32($0))) }
        brokerDepth = network.broker.depth
        look(at: &network.cluster)
    }

    private mutating func look(at cluster: inout Cluster?) {
        let count = cluster?.nodes.count ?? 0
        fill(&nodes, count) { number in
            guard let node = cluster?.nodes[number], let message = node.current else { return nil }
            return Work(
                turn: node.shift, words: message.words, item: message.event.flatMap { cluster?.events[$0].copy.item })
        }
        fill(&inboxes, count) { cluster?.nodes[$0].inbox.count ?? 0 }
        fill(&members, count) { cluster?.view.contains($0) ?? false }
    }

    /// Sets so many elements, in the memory that there is.
    private func fill<Element>(_ list: inout [Element], _ count: Int, with element: (Int) -> Element) {
        list.removeAll(keepingCapacity: true)
        for number in 0..<count { list.append(element(number)) }
    }
}

extension NodeMessage {
    /// What a loop does with it.
    fileprivate var words: String {
        switch self {
        case .offered: "takes an event"
        case .work, .ownWork: "works on an event"
        case .note: "takes note of an event"
        case .passOn: "passes an event on"
        case .acknowledged: "hears that an event is done"
        case .handOver: "hands an event over again"
        case .heartbeat: "hears a heartbeat"
        case .ping, .pingRequest: "hears a probe"
        case .pong: "hears the answer to a probe"
        case .unanswered: "misses the answer to a probe"
        case .suspected: "hears that it is suspected"
        case .tick: "looks after its heartbeats"
        case .contextChanged, .forget: "looks after its contexts"
        case .declaredDead: "hears that a node is dead"
        case .joined: "hears that a node is there again"
        case .expelled, .rejoined: "leaves or joins the cluster"
        }
    }
}
