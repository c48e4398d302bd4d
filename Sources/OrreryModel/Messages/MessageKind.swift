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
    case schedulerStepDone = 69
    case requested
    case deadlinePassed
    case heartbeatReached
    case telescopeAsked
    case observationReported
    case telescopeSilent
    case telescopeTold
    case heartbeatDue
    case askDue

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
        case .schedulerStepDone, .requested, .deadlinePassed, .heartbeatReached, .telescopeAsked,
            .observationReported, .telescopeSilent, .telescopeTold, .heartbeatDue, .askDue:
            nameOfScheduling
        }
    }

    /// What happens between the scheduler and the telescopes, in words.
    private var nameOfScheduling: String {
        switch self {
        case .schedulerStepDone: "the scheduler's computer is done with a step"
        case .requested: "a request comes"
        case .deadlinePassed: "a request's deadline passes"
        case .heartbeatReached: "a heartbeat arrives at the scheduler"
        case .telescopeAsked: "a telescope's question arrives at the scheduler"
        case .observationReported: "the scheduler hears of an observation's end"
        case .telescopeSilent: "the scheduler has not heard of a telescope for too long"
        case .telescopeTold: "a telescope hears what it is to observe"
        case .heartbeatDue: "time for a heartbeat"
        case .askDue: "time for a telescope to ask"
        default: violation("\(self) has nothing to do with the scheduler")
        }
    }

    /// What the message concerns.
    public var subject: MessageSubject {
        switch self {
        case .siteSun, .siteWeather: .site
        case .domeOpened, .domeClosed, .telescopeReady, .shutterClosed, .readOut, .uploadDue, .processed,
            .telescopeCrashed, .telescopeRestarted, .heartbeatReached, .telescopeAsked, .observationReported,
            .telescopeSilent, .telescopeTold, .heartbeatDue, .askDue:
            .telescope
        case .schedulerStepDone, .requested, .deadlinePassed: .scheduler
        case .arrival: .arrivals
        case .reachedUplink, .reachedBroker, .confirmed, .refused, .heardConfirmed, .heardRefused, .timedOut,
            .backedOff, .reachedStore:
            .item
        case .uplinkChanged, .uplinkSpellEnded: .uplink
        case .workerAnswered, .brokerWoken: .broker
        case .workerReached: .workers
        case .workerJoined, .workerLeft, .workerServed, .workerCrashed, .workerRestarted, .workerBooted, .workerLeaving,
            .workerReleased:
            .worker
        case .storeWritten, .storeDue: .store
        case .faultBegins, .faultEnds: .fault
        case .autoscalerScrapes, .autoscalerObserves, .autoscalerEvaluates: .autoscaler
        case .warmUpEnded: .network
        case .nodesReached: .cluster
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
        case .heartbeatReached: .availability
        case .observationReported, .telescopeTold: .observation
        case .deadlinePassed: .request
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
    /// Whether a telescope can observe, 1 or 0.
    case availability
    /// Which observation.
    case observation
    /// Which request.
    case request
}
