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
    case arrival
    case uplinkOffered
    case uplinkSent
    case brokerOffered
    case brokerRequested
    case workersAssigned
    case workerServed
    case storeOffered
    case storeWritten
    case warmUpEnded

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
        case .arrival: "item arrives"
        case .uplinkOffered: "item offered"
        case .uplinkSent: "item sent"
        case .brokerOffered: "item offered"
        case .brokerRequested: "work requested"
        case .workersAssigned: "item assigned"
        case .workerServed: "item served"
        case .storeOffered: "item offered"
        case .storeWritten: "item written"
        case .warmUpEnded: "warm-up ended"
        }
    }

    /// What the message concerns.
    public var subject: MessageSubject {
        switch self {
        case .siteSun, .siteWeather: .site
        case .domeOpened, .domeClosed, .telescopeReady, .shutterClosed, .readOut: .telescope
        case .arrival: .arrivals
        case .uplinkOffered, .uplinkSent: .uplink
        case .brokerOffered, .brokerRequested: .broker
        case .workersAssigned: .workers
        case .workerServed: .worker
        case .storeOffered, .storeWritten: .store
        case .warmUpEnded: .network
        }
    }

    /// Whether the payload is the number of an item.
    public var carriesItem: Bool {
        switch self {
        case .readOut, .uplinkOffered, .brokerOffered, .workersAssigned, .storeOffered: true
        default: false
        }
    }
}

/// What a message can concern.
public enum MessageSubject: Sendable {
    case site
    case telescope
    case arrivals
    case uplink
    case broker
    case workers
    case worker
    case store
    case network
}
