import OrreryKernel

/// Who suspects whom: each node watches every other one with a failure detector of its own, and a node is dead when
/// more than half of the other members suspect it.
struct Membership: Sendable {
    private let nodes: Int
    /// A detector that has heard nothing.
    private let fresh: any FailureDetector
    private var detectors: ContiguousArray<any FailureDetector>
    private let timers: ContiguousArray<Timer>
    private var suspects: ContiguousArray<Bool>
    /// How many members suspect each node.
    private var votes: ContiguousArray<Int>

    /// A membership in which nobody suspects anybody.
    init(nodes: Int, _ detector: any FailureDetector, agenda: inout Agenda<Message>) {
        self.nodes = nodes
        fresh = detector
        detectors = ContiguousArray(repeating: detector, count: nodes * nodes)
        timers = ContiguousArray((0..<nodes * nodes).map { _ in agenda.makeTimer() })
        suspects = ContiguousArray(repeating: false, count: nodes * nodes)
        votes = ContiguousArray(repeating: 0, count: nodes)
    }

    /// A member begins to watch another one anew.
    mutating func watch(_ peer: Int, by observer: Int, agenda: inout Agenda<Message>) {
        let pair = observer * nodes + peer
        retract(pair, about: peer)
        detectors[pair] = fresh
        wait(for: peer, by: observer, detectors[pair].firstPatience, agenda: &agenda)
    }

    /// A member goes on listening to another one, and suspects it no more than before.
    func listen(to peer: Int, by observer: Int, agenda: inout Agenda<Message>) {
        wait(for: peer, by: observer, fresh.interval, agenda: &agenda)
    }

    /// A member ceases to watch another one, and to suspect it.
    mutating func unwatch(_ peer: Int, by observer: Int, agenda: inout Agenda<Message>) {
        let pair = observer * nodes + peer
        retract(pair, about: peer)
        agenda.cancel(timers[pair])
    }

    /// A member hears another one.
    mutating func hear(_ peer: Int, by observer: Int, agenda: inout Agenda<Message>) {
        let pair = observer * nodes + peer
        retract(pair, about: peer)
        let patience = detectors[pair].heard(at: agenda.now)
        wait(for: peer, by: observer, patience, agenda: &agenda)
    }

    /// A member loses patience with another one; true if that makes it one that most others suspect.
    mutating func suspect(_ peer: Int, by observer: Int, among members: Int) -> Bool {
        let pair = observer * nodes + peer
        detectors[pair].interrupt()
        guard !suspects[pair] else { return false }
        suspects[pair] = true
        votes[peer] += 1
        return 2 * votes[peer] > members - 1
    }

    /// Whether a member suspects another one.
    func suspects(_ peer: Int, by observer: Int) -> Bool { suspects[observer * nodes + peer] }

    /// A member that more than half of the other members suspect; nil if there is none.
    func condemned(among members: ContiguousArray<Int>) -> Int? {
        members.first { 2 * votes[$0] > members.count - 1 }
    }

    private func wait(for peer: Int, by observer: Int, _ patience: Duration, agenda: inout Agenda<Message>) {
        let event = Message.cluster(.silent(NodeID(observer), NodeID(peer)))
        agenda.arm(timers[observer * nodes + peer], event, after: patience)
    }

    private mutating func retract(_ pair: Int, about peer: Int) {
        guard suspects[pair] else { return }
        suspects[pair] = false
        votes[peer] -= 1
    }
}
