import OrreryKernel

/// The servers of a coordination service, and the way of a request through them.
///
/// ```
///   read    client ─► its server ─► client
///   write   client ─► its server ─► leader ─► the others ─► majority has it: committed ─► its server ─► client
/// ```
///
/// Each server does one thing after the other, in the order in which it comes. What each request costs it is known
/// when it comes, and so is when the server will be done with it; that is all that the queue of a server is.
///
/// Without a leader, and without a majority, nobody serves anything, and all connections are broken.
struct Ensemble: Sendable {
    let plan: CoordinationPlan
    private var servers: ContiguousArray<EnsembleServer>
    /// The requests on their way.
    var requests = RequestTable()
    /// Who leads, or led last.
    private(set) var leader = 0
    /// Goes up whenever all connections break.
    private(set) var term: UInt32 = 0
    /// Whether there is a leader with a majority.
    private(set) var isServing = true
    /// Which election is under way; elections that were called off have other numbers.
    private var election: UInt32 = 0
    private var isElecting = false
    private var outages: [Outage] = []
    /// When the others will have written a proposal down, soonest first.
    private var acknowledgements: ContiguousArray<Instant> = []

    init(plan: CoordinationPlan) {
        self.plan = plan
        servers = ContiguousArray(repeating: EnsembleServer(), count: plan.servers)
        acknowledgements.reserveCapacity(plan.servers)
    }

    /// The server after this one that is there, this one included; nil if nobody is connected to any.
    func server(from first: Int) -> Int? {
        guard isServing else { return nil }
        return (0..<servers.count).lazy.map { (first + $0) % servers.count }.first { servers[$0].isUp }
    }

    /// Whether a server is there and serves.
    func serves(_ server: Int) -> Bool { isServing && servers[server].isUp }

    /// How long the busiest server was busy until now, since the warm-up.
    func busiestTime(at now: Instant) -> Duration { servers.map { $0.busyTime(at: now) }.max() ?? .zero }

    /// The warm-up is over.
    mutating func restart(at now: Instant) {
        for server in servers.indices { servers[server].restart(at: now) }
    }

    /// A request leaves its client, or the leader itself.
    mutating func send(_ request: Request, agenda: inout Agenda<Message>) {
        var request = request
        request.terms = RequestTerms(ensemble: term, server: servers[Int(request.server)].term)
        let delay = request.worker == nil ? .zero : plan.halfRoundTrip
        agenda.schedule(.coordination(.arrived(requests.insert(request))), after: delay)
    }

    /// Whether a request is still of its terms; one that is not, is gone.
    mutating func isAlive(_ id: RequestID) -> Bool {
        let request = requests[id]
        if request.terms == RequestTerms(ensemble: term, server: servers[Int(request.server)].term) { return true }
        requests.remove(id)
        return false
    }

    /// A request reaches a server.
    mutating func receive(_ id: RequestID, agenda: inout Agenda<Message>) {
        let request = requests[id]
        let now = agenda.now
        if !request.errand.isWrite {
            let end = servers[Int(request.place)].work(for: plan.requestCost, at: now)
            agenda.schedule(.coordination(.served(id)), after: end - now)
        } else if Int(request.place) != leader {
            let end = servers[Int(request.place)].work(for: plan.requestCost, at: now)
            requests[id].place = UInt16(leader)
            agenda.schedule(.coordination(.arrived(id)), after: end - now + plan.hop)
        } else {
            let others = Int64(servers.count { $0.isUp } - 1)
            let parts = Duration(nanoseconds: plan.followerCost.nanoseconds * others)
            let end = servers[leader].work(for: plan.requestCost + parts, at: now)
            if others == 0 {
                agenda.schedule(.coordination(.committed(id)), after: end - now + plan.logWrite)
            } else {
                agenda.schedule(.coordination(.proposed(id)), after: end - now + plan.hop)
            }
        }
    }

    /// A proposal reaches all servers but the leader; it is committed when enough of them have written it down.
    mutating func propose(_ id: RequestID, agenda: inout Agenda<Message>) {
        acknowledgements.removeAll(keepingCapacity: true)
        for server in servers.indices where server != leader && servers[server].isUp {
            let end = servers[server].work(for: plan.followerCost, at: agenda.now)
            let place = acknowledgements.firstIndex { $0 > end } ?? acknowledgements.count
            acknowledgements.insert(end, at: place)
        }
        // The leader itself has written it down by then.
        let needed = plan.majority - 1
        guard needed <= acknowledgements.count else { violation("a write was proposed without a majority") }
        let end = needed == 0 ? agenda.now : acknowledgements[needed - 1]
        agenda.schedule(.coordination(.committed(id)), after: end - agenda.now + plan.logWrite + plan.hop)
    }

    /// The answer to a request that was served or committed goes back to its client.
    mutating func answer(_ id: RequestID, _ verdict: Verdict, agenda: inout Agenda<Message>) {
        let request = requests[id]
        if request.worker == nil { return requests.remove(id) }
        requests[id].verdict = verdict
        let isFar = request.errand.isWrite && Int(request.server) != leader
        agenda.schedule(
            .coordination(.answered(id)), after: (isFar ? plan.hop : .zero) + plan.halfRoundTrip)
    }

    /// When a client that is connected to a server hears of something that was committed just now.
    mutating func notify(by server: Int, at now: Instant) -> Duration {
        let end = servers[server].work(for: plan.notificationCost, at: now)
        return end - now + (server == leader ? .zero : plan.hop) + plan.halfRoundTrip
    }
}

// Servers that go and come back.
extension Ensemble {
    /// So many servers are lost: the leader and others, or only others.
    mutating func lose(_ count: Int, withLeader: Bool, agenda: inout Agenda<Message>) {
        let others = (1..<servers.count).map { (leader + $0) % servers.count }
        let lost = Array((withLeader ? [leader] + others : others).prefix(count))
        outages.append(Outage(count: count, withLeader: withLeader, servers: lost))
        for server in lost { servers[server].fall(at: agenda.now) }
        if isServing && (!hasMajority || !servers[leader].isUp) { stopServing() }
        callElection(agenda: &agenda)
    }

    /// The servers of such an outage are back.
    mutating func recover(_ count: Int, withLeader: Bool, agenda: inout Agenda<Message>) {
        guard let place = outages.firstIndex(where: { $0.count == count && $0.withLeader == withLeader }) else {
            violation("servers came back that were not lost")
        }
        for server in outages.remove(at: place).servers { servers[server].rise() }
        if !isServing && !isElecting { callElection(agenda: &agenda) }
    }

    /// A leader is elected, unless this election was called off; true if there is one now.
    mutating func finishElection(_ number: UInt32) -> Bool {
        guard number == election, isElecting, let elected = servers.firstIndex(where: \.isUp) else { return false }
        leader = elected
        isElecting = false
        isServing = true
        return true
    }

    private var hasMajority: Bool { servers.count { $0.isUp } >= plan.majority }

    private mutating func stopServing() {
        isServing = false
        term &+= 1
    }

    /// Those that are there elect a leader if they can; an election that was under way begins anew.
    private mutating func callElection(agenda: inout Agenda<Message>) {
        guard !isServing else { return }
        election &+= 1
        isElecting = hasMajority
        if !isElecting { return }
        for server in servers.indices { servers[server].drop(at: agenda.now) }
        agenda.schedule(.coordination(.elected(election)), after: plan.election)
    }

    /// Servers that a fault took.
    private struct Outage: Sendable {
        let count: Int
        let withLeader: Bool
        let servers: [Int]
    }
}

/// A server: a queue without places, of which only the end matters.
private struct EnsembleServer: Sendable {
    /// Goes up whenever its connections break.
    private(set) var term: UInt32 = 0
    /// How many faults keep it away.
    private var lossCount = 0
    /// When it will be done with all that it has.
    private var free = Instant.start
    /// How long it worked, and will have worked when it is done.
    private var worked = Duration.zero
    private var workedBefore = Duration.zero

    var isUp: Bool { lossCount == 0 }

    /// Takes something in that costs so much; says when it is done.
    mutating func work(for cost: Duration, at now: Instant) -> Instant {
        free = max(free, now) + cost
        worked += cost
        return free
    }

    mutating func fall(at now: Instant) {
        lossCount += 1
        if lossCount == 1 { term &+= 1 }
        drop(at: now)
    }

    mutating func rise() { lossCount -= 1 }

    /// What it has is lost.
    mutating func drop(at now: Instant) {
        worked = totalTime(at: now)
        free = min(free, now)
    }

    /// How long it was busy since the warm-up.
    func busyTime(at now: Instant) -> Duration { totalTime(at: now) - workedBefore }

    mutating func restart(at now: Instant) { workedBefore = totalTime(at: now) }

    private func totalTime(at now: Instant) -> Duration { free > now ? worked - (free - now) : worked }
}
