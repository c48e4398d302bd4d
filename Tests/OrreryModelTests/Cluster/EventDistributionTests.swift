import OrreryKernel
import Testing

@testable import OrreryModel

@Suite("Distributions of events, hand by hand")
struct EventDistributionTests {
    private var random = RandomStream(seed: 1, entity: "test", purpose: "choices")

    private mutating func route(
        _ distribution: any EventDistribution, _ view: ClusterView, node: Int, owner: Int, isEntry: Bool = true,
        isRepeated: Bool = false
    ) -> [Handover] {
        let position = EventPosition(node: node, owner: owner, isEntry: isEntry, isRepeated: isRepeated)
        var handovers: ContiguousArray<Handover> = []
        distribution.route(position, in: view, random: &random, into: &handovers)
        let sent = handovers.count { $0.node != node }
        #expect(sent == distribution.reach(of: position, in: view), "what it costs is what is sent")
        return Array(handovers)
    }

    @Test("broadcast: work for the owner, a note for everybody else; once more, work alone")
    mutating func broadcast() {
        var view = ClusterView(nodes: 5)
        view.remove(3)
        #expect(
            route(Broadcast(), view, node: 0, owner: 2)
                == [Handover(to: 1, .note), Handover(to: 2, .work), Handover(to: 4, .note)])
        #expect(
            route(Broadcast(), view, node: 0, owner: 0)
                == [Handover(to: 0, .work), Handover(to: 1, .note), Handover(to: 2, .note), Handover(to: 4, .note)])
        #expect(route(Broadcast(), view, node: 0, owner: 2, isRepeated: true) == [Handover(to: 2, .work)])
    }

    @Test("partitioned: work for the owner, notes for the replicas after it")
    mutating func partitioned() {
        var view = ClusterView(nodes: 5)
        view.remove(4)
        #expect(route(Partitioned(replication: 1), view, node: 0, owner: 3) == [Handover(to: 3, .work)])
        #expect(
            route(Partitioned(replication: 3), view, node: 2, owner: 3)
                == [Handover(to: 3, .work), Handover(to: 0, .note), Handover(to: 1, .note)])
    }

    @Test("leader: to the first that is there, who hands it to the owner")
    mutating func leader() {
        var view = ClusterView(nodes: 4)
        view.remove(0)
        #expect(route(Leader(), view, node: 3, owner: 2) == [Handover(to: 1, .passOn)])
        #expect(route(Leader(), view, node: 1, owner: 2, isEntry: false) == [Handover(to: 2, .work)])
    }

    @Test("gossip: some others, each at most once, never itself; and the owner works when it hears of it")
    mutating func gossip() {
        let view = ClusterView(nodes: 9)
        for _ in 0..<200 {
            let told = route(Gossip(fanOut: 4), view, node: 5, owner: 2).map(\.node)
            #expect(Set(told).count == 4 && !told.contains(5))
        }
        let own = route(Gossip(fanOut: 4), view, node: 5, owner: 5, isEntry: false)
        #expect(own.first == Handover(to: 5, .work) && own.dropFirst().allSatisfy { $0.duty == .passOn })
        #expect(route(Gossip(fanOut: 20), ClusterView(nodes: 3), node: 0, owner: 1).count == 2)
    }
}

@Suite("The ring of a cluster")
struct ClusterViewTests {
    @Test("spreads keys evenly, gives those of a node that leaves to the others, and all back when it returns")
    func ring() {
        var view = ClusterView(nodes: 10)
        let keys: [UInt64] = Array(0..<20_000)
        let before = keys.map { view.owner(of: $0) }
        for node in 0..<10 {
            let share = Double(before.count { $0 == node }) / Double(keys.count)
            #expect((0.085...0.115).contains(share), "node \(node) owns \(share)")
        }
        view.remove(4)
        let without = keys.map { view.owner(of: $0) }
        #expect(zip(before, without).allSatisfy { $0 == 4 ? $1 != 4 : $0 == $1 }, "only what the node had moves")
        #expect(Set(zip(before, without).filter { $0.0 == 4 }.compactMap(\.1)).count == 9, "and it goes to all others")
        view.insert(4)
        #expect(keys.map { view.owner(of: $0) } == before)
    }

    @Test("knows the next that is there, and nobody when nobody is")
    func nearest() {
        var view = ClusterView(nodes: 4)
        #expect(view.nearest(to: 3) == 3)
        view.remove(3)
        #expect(view.nearest(to: 3) == 0)
        view.remove(0)
        #expect(view.nearest(to: 3) == 1 && Array(view.members) == [1, 2])
        for node in 1...2 { view.remove(node) }
        #expect(view.nearest(to: 3) == nil && view.owner(of: 7) == nil)
    }
}
