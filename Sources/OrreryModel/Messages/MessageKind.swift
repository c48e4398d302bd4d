import OrreryKernel

/// The kinds of message by the numbers that fingerprints and event records hold, with their names.
///
/// The numbers are those of `Message.words`; a test compares them.
public enum MessageKind: UInt32, CaseIterable, Sendable {
    case siteSun = 1
    case siteWeather
    case domeOpened
    case domeClosed
    case telescopeReady
    case shutterClosed
    case readOut
    case processed
    case uploadDue
    case arrival
    case reachedUplink
    case reachedBroker
    case confirmed
    case refused
    case heardConfirmed
    case heardRefused
    case timedOut
    case backedOff
    case reachedStore
    case uplinkChanged
    case uplinkSpellEnded
    case workerJoined
    case workerLeft
    case workerAnswered
    case brokerWoken
    case workerReached
    case workerServed
    case workerCrashed
    case workerRestarted
    case storeWritten
    case storeDue
    case faultBegins
    case faultEnds
    case telescopeCrashed
    case telescopeRestarted
    case warmUpEnded
    case autoscalerScrapes
    case autoscalerObserves
    case autoscalerEvaluates
    case workerBooted
    case workerLeaving
    case workerReleased
    case nodesReached
    case nodeHandled
    case nodeTick
    case nodeSilent
    case nodeRestarted
    case nodeContextChanged
    case coordinationReached
    case coordinationServed
    case coordinationProposed
    case coordinationCommitted
    case coordinationAnswered
    case workerNotified
    case workerLooksAtServer
    case sessionDue
    case workerImpatient
    case coordinationElected
    case stateTurnedTo
    case stateRead
    case stateAnswered
    case stateWritten
    case stateSettled
    case replicaRead
    case replicaWritten
    case stateWrittenByOthers
    case operatorFinished
    case operatorAwaited
    case schedulerStepDone
    case requested
    case deadlinePassed
    case heartbeatReached
    case telescopeAsked
    case observationReported
    case telescopeSilent
    case telescopeTold
    case heartbeatDue
    case askDue
    case nodeUnanswered
    case nodeUnrefuted

    /// What happens, in words.
    public var name: String { row.name }

    /// What the message concerns.
    public var subject: MessageSubject { row.subject }

    /// What the payload is.
    public var payload: MessagePayload { row.payload }

    private var row: MessageKindRow { MessageKindRow.all[Int(rawValue) - 1] }
}

/// What is to be known about a kind of message.
struct MessageKindRow: Sendable {
    let kind: MessageKind
    let name: String
    let subject: MessageSubject
    let payload: MessagePayload

    private init(
        _ kind: MessageKind, _ name: String, _ subject: MessageSubject, _ payload: MessagePayload = .none
    ) {
        self.kind = kind
        self.name = name
        self.subject = subject
        self.payload = payload
    }

    /// All kinds, in the order of their numbers.
    static let all: [MessageKindRow] = [
        .init(.siteSun, "sun crosses the limit", .site),
        .init(.siteWeather, "weather changes", .site),
        .init(.domeOpened, "dome opened", .telescope),
        .init(.domeClosed, "dome closed", .telescope),
        .init(.telescopeReady, "ready", .telescope),
        .init(.shutterClosed, "shutter closed", .telescope),
        .init(.readOut, "image read out", .telescope, .item),
        .init(.processed, "item processed", .telescope, .item),
        .init(.uploadDue, "time to upload", .telescope),
        .init(.arrival, "item arrives", .arrivals, .source),
        .init(.reachedUplink, "handed to the uplink", .item, .copy),
        .init(.reachedBroker, "arrives at the broker", .item, .copy),
        .init(.confirmed, "confirmed by the broker", .item, .copy),
        .init(.refused, "refused by the broker", .item, .copy),
        .init(.heardConfirmed, "producer hears of the confirmation", .item, .copy),
        .init(.heardRefused, "producer hears of the refusal", .item, .copy),
        .init(.timedOut, "producer's patience ends", .item, .copy),
        .init(.backedOff, "producer's back-off ends", .item, .copy),
        .init(.reachedStore, "arrives at the store", .item, .copy),
        .init(.uplinkChanged, "a transfer ends", .uplink),
        .init(.uplinkSpellEnded, "uplink goes down or up", .uplink),
        .init(.workerJoined, "worker joins", .worker),
        .init(.workerLeft, "the broker learns that a worker is gone", .worker),
        .init(.workerAnswered, "a worker's answer arrives", .broker),
        .init(.brokerWoken, "broker wakes up", .broker),
        .init(.workerReached, "a copy arrives at its worker", .workers),
        .init(.workerServed, "item served", .worker, .shift),
        .init(.workerCrashed, "worker crashes", .worker),
        .init(.workerRestarted, "worker restarted", .worker),
        .init(.storeWritten, "batch written", .store),
        .init(.storeDue, "time to write", .store),
        .init(.faultBegins, "fault begins", .fault),
        .init(.faultEnds, "fault ends", .fault),
        .init(.telescopeCrashed, "telescope's controller crashes", .telescope),
        .init(.telescopeRestarted, "telescope's controller restarted", .telescope),
        .init(.warmUpEnded, "warm-up ended", .network),
        .init(.autoscalerScrapes, "time to scrape", .autoscaler),
        .init(.autoscalerObserves, "a scrape arrives", .autoscaler, .scrape),
        .init(.autoscalerEvaluates, "time to decide on scaling", .autoscaler),
        .init(.workerBooted, "worker booted", .worker, .shift),
        .init(.workerLeaving, "the broker learns that a worker is going", .worker),
        .init(.workerReleased, "the broker lets a worker go", .worker),
        .init(.nodesReached, "messages arrive at nodes", .cluster, .count),
        .init(.nodeHandled, "a node's loop is done with a message", .node, .shift),
        .init(.nodeTick, "time for a node's heartbeats", .node),
        .init(.nodeSilent, "a node misses another one's heartbeats", .node, .node),
        .init(.nodeRestarted, "a node is there again", .node),
        .init(.nodeContextChanged, "a node's context changes", .node),
        .init(.coordinationReached, "a request reaches a coordination server", .request),
        .init(.coordinationServed, "a coordination server has served a request", .request),
        .init(.coordinationProposed, "a proposal reaches the coordination servers", .request),
        .init(.coordinationCommitted, "a majority of coordination servers agrees", .request),
        .init(.coordinationAnswered, "the coordination service's answer arrives", .request),
        .init(.workerNotified, "a worker hears that what it watched is gone", .worker, .asking),
        .init(.workerLooksAtServer, "time for a worker's ping", .worker),
        .init(.sessionDue, "time to end a session", .session),
        .init(.workerImpatient, "a worker's patience for a lock ends", .worker),
        .init(.coordinationElected, "a coordination leader is elected", .coordination, .election),
        .init(.stateTurnedTo, "a worker turns to the state of its item", .worker, .shift),
        .init(.stateRead, "a worker's read arrives at the state", .worker, .shift),
        .init(.stateAnswered, "a worker hears the state's answer", .worker, .shift),
        .init(.stateWritten, "a worker's write arrives at the state", .worker, .shift),
        .init(.stateSettled, "a worker hears what became of its write", .worker, .shift),
        .init(.replicaRead, "a worker's read arrives at a replica", .worker, .shiftAndReplica),
        .init(.replicaWritten, "a version arrives at a replica", .replica, .version),
        .init(.stateWrittenByOthers, "others write to a key", .key),
        .init(.operatorFinished, "an operator is done with an item", .operators),
        .init(.operatorAwaited, "an item has waited for an operator for too long", .operators, .ticket),
        .init(.schedulerStepDone, "the scheduler's computer is done with a step", .scheduler),
        .init(.requested, "a request comes", .scheduler),
        .init(.deadlinePassed, "a request's deadline passes", .scheduler, .request),
        .init(.heartbeatReached, "a heartbeat arrives at the scheduler", .telescope, .availability),
        .init(.telescopeAsked, "a telescope's question arrives at the scheduler", .telescope),
        .init(.observationReported, "the scheduler hears of an observation's end", .telescope, .observation),
        .init(.telescopeSilent, "the scheduler has not heard of a telescope for too long", .telescope),
        .init(.telescopeTold, "a telescope hears what it is to observe", .telescope, .observation),
        .init(.heartbeatDue, "time for a heartbeat", .telescope),
        .init(.askDue, "time for a telescope to ask", .telescope),
        .init(.nodeUnanswered, "a node gets no answer to a probe", .node),
        .init(.nodeUnrefuted, "a suspicion was not refuted in time", .node),
    ]
}

/// What a message can concern.
public enum MessageSubject: Sendable {
    case site
    case telescope
    case arrivals
    case item
    case uplink
    case broker
    case workers
    case worker
    case store
    case fault
    case autoscaler
    case cluster
    case node
    case coordination
    case request
    case session
    /// A replica of a key; the replicas of all keys are counted through.
    case replica
    case key
    case operators
    case scheduler
    case network
}

/// What a message can carry.
public enum MessagePayload: Sendable {
    case none
    /// The number of an item.
    case item
    /// Which copy of the item that it concerns.
    case copy
    /// Which of the worker's or the node's works.
    case shift
    /// Which of the scrapes.
    case scrape
    /// The number of another node.
    case node
    /// How many.
    case count
    /// Which source of its stream.
    case source
    /// Which of the worker's requests.
    case asking
    /// Which election.
    case election
    /// Which of the worker's works, times 256, and which replica.
    case shiftAndReplica
    /// A version of a key.
    case version
    /// Which of the tickets.
    case ticket
    /// Whether a telescope can observe, 1 or 0.
    case availability
    /// Which observation.
    case observation
    /// Which request.
    case request
}
