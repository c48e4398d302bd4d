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
        case .coordinationReached, .coordinationServed, .coordinationProposed, .coordinationCommitted,
            .coordinationAnswered, .workerNotified, .workerLooksAtServer, .sessionDue, .workerImpatient,
            .coordinationElected:
            coordinationName
        }
    }

    /// What happens in the coordination service, in words.
    private var coordinationName: String {
        switch self {
        case .coordinationReached: "a request reaches a coordination server"
        case .coordinationServed: "a coordination server has served a request"
        case .coordinationProposed: "a proposal reaches the coordination servers"
        case .coordinationCommitted: "a majority of coordination servers agrees"
        case .coordinationAnswered: "the coordination service's answer arrives"
        case .workerNotified: "a worker hears that what it watched is gone"
        case .workerLooksAtServer: "time for a worker's ping"
        case .sessionDue: "time to end a session"
        case .workerImpatient: "a worker's patience for a lock ends"
        case .coordinationElected: "a coordination leader is elected"
        default: violation("\(self) is not of the coordination service")
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
            .workerReleased, .workerNotified, .workerLooksAtServer, .workerImpatient:
            .worker
        case .storeWritten, .storeDue: .store
        case .faultBegins, .faultEnds: .fault
        case .autoscalerScrapes, .autoscalerObserves, .autoscalerEvaluates: .autoscaler
        case .warmUpEnded: .network
        case .nodesReached: .cluster
        case .coordinationReached, .coordinationServed, .coordinationProposed, .coordinationCommitted,
            .coordinationAnswered:
            .request
        case .sessionDue: .session
        case .coordinationElected: .coordination
        case .nodeHandled, .nodeTick, .nodeSilent, .nodeRestarted, .nodeContextChanged: .node
        }
    }

    /// What the payload is.
    public var payload: MessagePayload {
        switch self {
        case .readOut, .processed: .item
        case .workerServed, .workerBooted, .nodeHandled: .shift
        case .nodeSilent: .node
        case .nodesReached: .count
        case .arrival: .source
        case .autoscalerObserves: .scrape
        case .workerNotified: .asking
        case .coordinationElected: .election
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
    case coordination
    case request
    case session
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
}
