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
    case stateTurnedTo = 59
    case stateRead
    case stateAnswered
    case stateWritten
    case stateSettled
    case replicaRead
    case replicaWritten
    case stateWrittenByOthers
    case operatorFinished
    case operatorAwaited

    /// What happens, in words.
    public var name: String {
        switch self {
        case .siteSun: "sun crosses the limit"
        case .siteWeather: "weather changes"
        case .domeOpened: "dome opened"
        case .domeClosed: "dome closed"
        case .telescopeReady: "ready"
        case .shutterClosed: "shutter closed"
        case .readOut: "image read out"
        case .processed: "item processed"
        case .uploadDue: "time to upload"
        case .arrival: "item arrives"
        case .reachedUplink: "handed to the uplink"
        case .reachedBroker: "arrives at the broker"
        case .confirmed: "confirmed by the broker"
        case .refused: "refused by the broker"
        case .heardConfirmed: "producer hears of the confirmation"
        case .heardRefused: "producer hears of the refusal"
        case .timedOut: "producer's patience ends"
        case .backedOff: "producer's back-off ends"
        case .reachedStore: "arrives at the store"
        case .uplinkChanged: "a transfer ends"
        case .uplinkSpellEnded: "uplink goes down or up"
        case .workerJoined: "worker joins"
        case .workerLeft: "the broker learns that a worker is gone"
        case .workerAnswered: "a worker's answer arrives"
        case .brokerWoken: "broker wakes up"
        case .workerReached: "a copy arrives at its worker"
        case .workerServed: "item served"
        case .workerCrashed: "worker crashes"
        case .workerRestarted: "worker restarted"
        case .storeWritten: "batch written"
        case .storeDue: "time to write"
        case .faultBegins: "fault begins"
        case .faultEnds: "fault ends"
        case .telescopeCrashed: "telescope's controller crashes"
        case .telescopeRestarted: "telescope's controller restarted"
        case .warmUpEnded: "warm-up ended"
        case .autoscalerScrapes: "time to scrape"
        case .autoscalerObserves: "a scrape arrives"
        case .autoscalerEvaluates: "time to decide on scaling"
        case .workerBooted: "worker booted"
        case .workerLeaving: "the broker learns that a worker is going"
        case .workerReleased: "the broker lets a worker go"
        case .nodesReached: "messages arrive at nodes"
        case .nodeHandled: "a node's loop is done with a message"
        case .nodeTick: "time for a node's heartbeats"
        case .nodeSilent: "a node misses another one's heartbeats"
        case .nodeRestarted: "a node is there again"
        case .nodeContextChanged: "a node's context changes"
        case .stateTurnedTo, .stateRead, .stateAnswered, .stateWritten, .stateSettled, .replicaRead, .replicaWritten,
            .stateWrittenByOthers, .operatorFinished, .operatorAwaited:
            nameAtState
        }
    }

    /// What happens at the state or with operators, in words.
    private var nameAtState: String {
        switch self {
        case .stateTurnedTo: "a worker turns to the state of its item"
        case .stateRead: "a worker's read arrives at the state"
        case .stateAnswered: "a worker hears the state's answer"
        case .stateWritten: "a worker's write arrives at the state"
        case .stateSettled: "a worker hears what became of its write"
        case .replicaRead: "a worker's read arrives at a replica"
        case .replicaWritten: "a version arrives at a replica"
        case .stateWrittenByOthers: "others write to a key"
        case .operatorFinished: "an operator is done with an item"
        case .operatorAwaited: "an item has waited for an operator for too long"
        default: violation("\(self) does not happen at the state")
        }
    }

    /// What the message concerns.
    public var subject: MessageSubject {
        switch self {
        case .siteSun, .siteWeather: .site
        case .domeOpened, .domeClosed, .telescopeReady, .shutterClosed, .readOut, .uploadDue, .processed,
            .telescopeCrashed, .telescopeRestarted:
            .telescope
        case .arrival: .arrivals
        case .reachedUplink, .reachedBroker, .confirmed, .refused, .heardConfirmed, .heardRefused, .timedOut,
            .backedOff, .reachedStore:
            .item
        case .uplinkChanged, .uplinkSpellEnded: .uplink
        case .workerAnswered, .brokerWoken: .broker
        case .workerReached: .workers
        case .workerJoined, .workerLeft, .workerServed, .workerCrashed, .workerRestarted, .workerBooted, .workerLeaving,
            .workerReleased, .stateTurnedTo, .stateRead, .stateAnswered, .stateWritten, .stateSettled, .replicaRead:
            .worker
        case .storeWritten, .storeDue: .store
        case .faultBegins, .faultEnds: .fault
        case .autoscalerScrapes, .autoscalerObserves, .autoscalerEvaluates: .autoscaler
        case .warmUpEnded: .network
        case .replicaWritten: .replica
        case .stateWrittenByOthers: .key
        case .operatorFinished, .operatorAwaited: .operators
        case .nodesReached: .cluster
        case .nodeHandled, .nodeTick, .nodeSilent, .nodeRestarted, .nodeContextChanged: .node
        }
    }

    /// What the payload is.
    public var payload: MessagePayload {
        switch self {
        case .readOut, .processed: .item
        case .workerServed, .workerBooted, .nodeHandled, .stateTurnedTo, .stateRead, .stateAnswered, .stateWritten,
            .stateSettled:
            .shift
        case .replicaRead: .shiftAndReplica
        case .replicaWritten: .version
        case .operatorAwaited: .ticket
        case .nodeSilent: .node
        case .nodesReached: .count
        case .arrival: .source
        case .autoscalerObserves: .scrape
        default: subject == .item ? .copy : .none
        }
    }
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
    /// A replica of a key; the replicas of all keys are counted through.
    case replica
    case key
    case operators
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
    /// Which of the worker's works, times 256, and which replica.
    case shiftAndReplica
    /// A version of a key.
    case version
    /// Which of the tickets.
    case ticket
}
