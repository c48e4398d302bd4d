public import OrreryKernel

/// Every message of the simulation: what happens to whom.
///
/// Components know each other only through these.
///
/// ```
///  site ──► telescope ─ copy ─► uplink ─ copy ─► broker ⇄ workers ─ copy ─► store ──► delivered
///                ▲                                 ▲ │
///                └──── confirmed or refused ───────┼─┘
///                                       arrivals ──┘
/// ```
public enum Message: SimulationEvent {
    case site(SiteID, SiteEvent)
    case telescope(TelescopeID, TelescopeEvent)
    case arrivals(ArrivalsID, source: UInt32)
    case copy(Copy, CopyEvent)
    case uplink(SiteID, UplinkEvent)
    case broker(BrokerEvent)
    case workers(WorkerPoolEvent)
    case store(StoreEvent)
    case cluster(ClusterEvent)
    case fault(FaultID, FaultEvent)
    case autoscaler(AutoscalerEvent)
    case coordination(CoordinationEvent)
    case state(StateEvent)
    case operators(OperatorEvent)
    case scheduler(SchedulerEvent)
    /// The warm-up is over: observation starts anew.
    case warmUpEnded

    /// What happens to a site.
    public enum SiteEvent: BitwiseCopyable, Sendable {
        /// The sun crosses the limit of darkness, or it is time to look for the next crossing.
        case sun
        /// A spell of clear or closed weather ends.
        case weather
    }

    /// What happens to a telescope.
    public enum TelescopeEvent: BitwiseCopyable, Sendable {
        /// The site is dark and clear from now on.
        case domeOpened
        /// It no longer is.
        case domeClosed
        /// Everything is set up for the first exposure.
        case ready
        /// An exposure ends: an item exists.
        case shutterClosed
        /// The camera has read the image out.
        case readOut(ItemID)
        /// The telescope's computer is done with an item.
        case processed(ItemID)
        /// It may be time to send what is on the disk.
        case uploadDue
        /// Its controller crashes.
        case crashed
        /// Its controller works again.
        case restarted
    }

    /// What happens to a copy of an item.
    public enum CopyEvent: BitwiseCopyable, Sendable {
        /// Its producer hands it to the site's uplink.
        case reachedUplink
        /// It arrives at the broker.
        case reachedBroker
        /// The broker's answer that the producer need not keep it leaves the centre.
        case confirmed
        /// The broker's answer that it was turned away leaves the centre.
        case refused
        /// The good answer arrives at the producer.
        case heardConfirmed
        /// The bad answer arrives at the producer.
        case heardRefused
        /// The producer has waited for an answer for as long as it does.
        case timedOut
        /// The producer has waited for long enough to send the item again.
        case backedOff
        /// A worker is done with it.
        case reachedStore
    }

    /// What happens to an uplink.
    public enum UplinkEvent: BitwiseCopyable, Sendable {
        /// A copy has been sent, or the connections break.
        case changed
        /// A spell in which it works, or in which it is down, ends.
        case spellEnded
    }

    /// What happens to the broker.
    public enum BrokerEvent: BitwiseCopyable, Sendable {
        /// A worker connects.
        case joined(WorkerID)
        /// It learns that a worker is going.
        case leaving(WorkerID)
        /// It learns that a worker is gone.
        case left(WorkerID)
        /// The next answer of a worker arrives.
        case answered
        /// The time for which it asked has come.
        case woken
    }

    /// What happens to the worker pool.
    public enum WorkerPoolEvent: BitwiseCopyable, Sendable {
        /// The next copy that the broker sent to a worker arrives.
        case delivered
        /// A worker is done with its copy, unless its shift ended before.
        case served(WorkerID, shift: UInt32)
        /// A worker crashes.
        case crashed(WorkerID)
        /// A worker that crashed is there again.
        case restarted(WorkerID)
        /// A worker that was started has booted, unless it was given up meanwhile.
        case booted(WorkerID, shift: UInt32)
        /// A worker that is going hears that the broker knows.
        case released(WorkerID)
    }

    /// What happens to the store.
    public enum StoreEvent: BitwiseCopyable, Sendable {
        /// The batch has been written.
        case written
        /// It may be time to write the next batch.
        case due
    }

    /// What happens to the autoscaler.
    public enum AutoscalerEvent: BitwiseCopyable, Sendable {
        /// It is time to scrape.
        case scrape
        /// A scrape arrives at the controller.
        case observed(UInt32)
        /// It is time to decide.
        case evaluate
    }

    /// What happens in the cluster.
    public enum ClusterEvent: BitwiseCopyable, Sendable {
        /// The next messages arrive at their nodes.
        case arrived(count: UInt32)
        /// A node's loop is done with a message, unless it was cut short before.
        case handled(NodeID, shift: UInt32)
        /// It is time for a node's heartbeats.
        case tick(NodeID)
        /// A node loses patience with another one.
        case silent(NodeID, NodeID)
        /// A node loses patience with one that it asked whether it is there.
        case unanswered(NodeID)
        /// A node that is suspected has not refuted it in time.
        case unrefuted(NodeID)
        /// A node that was away is there again.
        case restarted(NodeID)
        /// A node's context changes.
        case contextChanged(NodeID)
    }

    /// What happens in the coordination service and to its clients.
    public enum CoordinationEvent: BitwiseCopyable, Sendable {
        /// A request reaches a server.
        case arrived(RequestID)
        /// A server is done with a request that it served alone.
        case served(RequestID)
        /// The proposal of a request reaches the servers that do not lead.
        case proposed(RequestID)
        /// A majority has written it down.
        case committed(RequestID)
        /// Its answer reaches the worker.
        case answered(RequestID)
        /// A worker hears that what it watched is gone; the number says with which asking it began to watch.
        case notified(WorkerID, serial: UInt32)
        /// It is time for a worker's ping, or for another server.
        case clock(WorkerID)
        /// It is time to look whether a session is over.
        case sessionDue(SessionID)
        /// A worker has waited for a lock for as long as it does.
        case impatient(WorkerID)
        /// An election ends, unless it was called off.
        case elected(UInt32)
    }

    /// What happens between workers and the state that they change.
    public enum StateEvent: BitwiseCopyable, Sendable {
        /// A worker's dealings go a step further, unless it was cut short before.
        case worker(WorkerID, shift: UInt32, StateStep)
        /// Its read arrives at a replica.
        case probed(WorkerID, shift: UInt32, replica: UInt8)
        /// A version arrives at a replica; the place counts the replicas of all keys through.
        case replicated(place: UInt32, version: UInt32)
        /// Somebody else writes to a key.
        case othersWrite(key: UInt32)
    }

    /// The steps of a worker's dealings with the state.
    public enum StateStep: UInt8, BitwiseCopyable, Sendable {
        /// It turns to what its item changes.
        case begins
        /// Its read arrives.
        case reads
        /// It hears the answer.
        case answered
        /// Its write arrives.
        case writes
        /// It hears what became of it.
        case settled
    }

    /// What happens to operators.
    public enum OperatorEvent: BitwiseCopyable, Sendable {
        /// One is done with an item.
        case finished(by: UInt32)
        /// An item has waited for as long as it does.
        case lostPatience(ticket: UInt32)
    }

    /// What happens between the scheduler and the telescopes.
    public enum SchedulerEvent: BitwiseCopyable, Sendable {
        /// The computer of the centre is done with what it is at.
        case stepDone
        /// A request comes.
        case requested
        /// The deadline of a request passes.
        case deadlinePassed(request: UInt32)
        /// A heartbeat arrives at the centre, from a telescope that can observe or cannot.
        case heartbeat(TelescopeID, isAvailable: Bool)
        /// A telescope's question for something to observe arrives at the centre.
        case asked(TelescopeID)
        /// The centre hears of the end of a telescope's observation.
        case reported(TelescopeID, ObservationID)
        /// The centre has not heard of a telescope for too long.
        case silent(TelescopeID)
        /// A telescope hears what it is to observe: an observation and those that follow it in its plan, or nothing.
        case told(TelescopeID, ObservationID)
        /// It is time for a telescope's heartbeat.
        case heartbeatDue(TelescopeID)
        /// It is time for a telescope to ask, or to ask again.
        case askDue(TelescopeID)
    }

    /// What happens to a fault.
    public enum FaultEvent: BitwiseCopyable, Sendable {
        /// It begins.
        case begins
        /// It is over.
        case ends
    }

    /// The kind, the entity and the payload, as the fingerprint takes them in.
    public var words: (kind: UInt64, entity: UInt64, payload: UInt64) {
        switch self {
        case .site(let site, .sun): (1, UInt64(site.number), 0)
        case .site(let site, .weather): (2, UInt64(site.number), 0)
        case .telescope(let telescope, .domeOpened): (3, UInt64(telescope.number), 0)
        case .telescope(let telescope, .domeClosed): (4, UInt64(telescope.number), 0)
        case .telescope(let telescope, .ready): (5, UInt64(telescope.number), 0)
        case .telescope(let telescope, .shutterClosed): (6, UInt64(telescope.number), 0)
        case .telescope(let telescope, .readOut(let item)): (7, UInt64(telescope.number), UInt64(item.number))
        case .telescope(let telescope, .processed(let item)): (8, UInt64(telescope.number), UInt64(item.number))
        case .telescope(let telescope, .uploadDue): (9, UInt64(telescope.number), 0)
        case .arrivals(let stream, let source): (10, UInt64(stream.number), UInt64(source))
        case .copy(let copy, let event):
            (11 + UInt64(event.number), UInt64(copy.item.number), UInt64(copy.number))
        case .uplink(let site, .changed): (20, UInt64(site.number), 0)
        case .uplink(let site, .spellEnded): (21, UInt64(site.number), 0)
        case .broker(.joined(let worker)): (22, UInt64(worker.number), 0)
        case .broker(.left(let worker)): (23, UInt64(worker.number), 0)
        case .broker(.answered): (24, 0, 0)
        case .broker(.woken): (25, 0, 0)
        case .workers(.delivered): (26, 0, 0)
        case .workers(.served(let worker, let shift)): (27, UInt64(worker.number), UInt64(shift))
        case .workers(.crashed(let worker)): (28, UInt64(worker.number), 0)
        case .workers(.restarted(let worker)): (29, UInt64(worker.number), 0)
        case .store(.written): (30, 0, 0)
        case .store(.due): (31, 0, 0)
        case .fault(let fault, .begins): (32, UInt64(fault.number), 0)
        case .fault(let fault, .ends): (33, UInt64(fault.number), 0)
        case .telescope(let telescope, .crashed): (34, UInt64(telescope.number), 0)
        case .telescope(let telescope, .restarted): (35, UInt64(telescope.number), 0)
        case .warmUpEnded: (36, 0, 0)
        case .autoscaler(.scrape): (37, 0, 0)
        case .autoscaler(.observed(let scrape)): (38, 0, UInt64(scrape))
        case .autoscaler(.evaluate): (39, 0, 0)
        case .workers(.booted(let worker, let shift)): (40, UInt64(worker.number), UInt64(shift))
        case .broker(.leaving(let worker)): (41, UInt64(worker.number), 0)
        case .workers(.released(let worker)): (42, UInt64(worker.number), 0)
        case .cluster(.arrived(let count)): (43, 0, UInt64(count))
        case .cluster(.handled(let node, let shift)): (44, UInt64(node.number), UInt64(shift))
        case .cluster(.tick(let node)): (45, UInt64(node.number), 0)
        case .cluster(.silent(let observer, let peer)): (46, UInt64(observer.number), UInt64(peer.number))
        case .cluster(.restarted(let node)): (47, UInt64(node.number), 0)
        case .cluster(.contextChanged(let node)): (48, UInt64(node.number), 0)
        case .cluster(.unanswered(let node)): (79, UInt64(node.number), 0)
        case .cluster(.unrefuted(let node)): (80, UInt64(node.number), 0)
        case .coordination(let event): event.words
        case .state(let event): event.words
        case .operators(.finished(let number)): (67, UInt64(number), 0)
        case .operators(.lostPatience(let ticket)): (68, 0, UInt64(ticket))
        case .scheduler(let event): event.words
        }
    }
}

extension Message.CoordinationEvent {
    /// The kind, the entity and the payload.
    fileprivate var words: (kind: UInt64, entity: UInt64, payload: UInt64) {
        switch self {
        case .arrived(let request): (49, UInt64(request.number), 0)
        case .served(let request): (50, UInt64(request.number), 0)
        case .proposed(let request): (51, UInt64(request.number), 0)
        case .committed(let request): (52, UInt64(request.number), 0)
        case .answered(let request): (53, UInt64(request.number), 0)
        case .notified(let worker, let serial): (54, UInt64(worker.number), UInt64(serial))
        case .clock(let worker): (55, UInt64(worker.number), 0)
        case .sessionDue(let session): (56, UInt64(session.number), 0)
        case .impatient(let worker): (57, UInt64(worker.number), 0)
        case .elected(let election): (58, 0, UInt64(election))
        }
    }
}

extension Message.StateEvent {
    /// The kind, the entity and the payload.
    fileprivate var words: (kind: UInt64, entity: UInt64, payload: UInt64) {
        switch self {
        case .worker(let worker, let shift, let step):
            (59 + UInt64(step.rawValue), UInt64(worker.number), UInt64(shift))
        case .probed(let worker, let shift, let replica):
            (64, UInt64(worker.number), UInt64(shift) << 8 | UInt64(replica))
        case .replicated(let place, let version): (65, UInt64(place), UInt64(version))
        case .othersWrite(let key): (66, UInt64(key), 0)
        }
    }
}

extension Message.SchedulerEvent {
    /// The kind, the entity and the payload.
    fileprivate var words: (kind: UInt64, entity: UInt64, payload: UInt64) {
        switch self {
        case .stepDone: (69, 0, 0)
        case .requested: (70, 0, 0)
        case .deadlinePassed(let request): (71, 0, UInt64(request))
        case .heartbeat(let telescope, let isAvailable): (72, UInt64(telescope.number), isAvailable ? 1 : 0)
        case .asked(let telescope): (73, UInt64(telescope.number), 0)
        case .reported(let telescope, let observation): (74, UInt64(telescope.number), UInt64(observation.number))
        case .silent(let telescope): (75, UInt64(telescope.number), 0)
        case .told(let telescope, let observation): (76, UInt64(telescope.number), UInt64(observation.number))
        case .heartbeatDue(let telescope): (77, UInt64(telescope.number), 0)
        case .askDue(let telescope): (78, UInt64(telescope.number), 0)
        }
    }
}

extension Message.CopyEvent {
    /// The place among the events of a copy.
    fileprivate var number: UInt8 {
        switch self {
        case .reachedUplink: 0
        case .reachedBroker: 1
        case .confirmed: 2
        case .refused: 3
        case .heardConfirmed: 4
        case .heardRefused: 5
        case .timedOut: 6
        case .backedOff: 7
        case .reachedStore: 8
        }
    }
}
