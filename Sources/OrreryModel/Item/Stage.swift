/// Where an item waits or is worked on between the shutter and the archive, in the order of the way.
///
/// ```
///  shutter ─► read-out ─► edge wait ─► edge work ─► disk ─► uplink ─► propagation ─► door ─► broker
///                                                    ▲                    │
///                                                    └───── back-off ◄────┘ refused, or no answer
///          ─► worker's buffer ─► lock ─► service ─► store wait ─► store write ─► archive
///                                           └──► reconciliation ──▲ too many conflicts: an operator sees to it
/// ```
public enum Stage: Int, CaseIterable, BitwiseCopyable, Sendable {
    case readOut
    case edgeWait
    case edgeWork
    case disk
    case uplink
    case propagation
    case backOff
    case doorWait
    case brokerWait
    case workerWait
    case lockWait
    case service
    case reconciliation
    case storeWait
    case storeWrite

    /// How many there are.
    static let count = 15

    /// The name in metrics, files and reports.
    public var name: String { words.name }

    /// One line on what an item does there.
    public var summary: String { words.summary }

    /// Whether the item only waits there, for something that others occupy or that has yet to come.
    public var isWaiting: Bool {
        switch self {
        case .edgeWait, .disk, .backOff, .doorWait, .brokerWait, .workerWait, .lockWait, .reconciliation, .storeWait:
            true
        case .readOut, .edgeWork, .uplink, .propagation, .service, .storeWrite: false
        }
    }

    private var words: (name: String, summary: String) {
        switch self {
        case .readOut: ("read-out", "is read out by the camera")
        case .edgeWait: ("edge-wait", "waits for the telescope's computer")
        case .edgeWork: ("edge-work", "is processed by the telescope's computer")
        case .disk: ("disk", "waits on the telescope's disk to be sent")
        case .uplink: ("uplink", "is sent over the site's uplink")
        case .propagation: ("propagation", "travels to the centre, or its refusal travels back")
        case .backOff: ("back-off", "waits at its producer to be sent again")
        case .doorWait: ("door-wait", "waits at the door of a broker that listens to nobody")
        case .brokerWait: ("broker-wait", "waits in the broker's queue")
        case .workerWait: ("worker-wait", "travels to a worker and waits in its buffer")
        case .lockWait: ("lock-wait", "waits with its worker for a lock")
        case .service: ("service", "is processed by a worker")
        case .reconciliation: ("reconciliation", "waits for an operator who reconciles it, and is with one")
        case .storeWait: ("store-wait", "waits for the store")
        case .storeWrite: ("store-write", "is written to the store")
        }
    }

    /// Something for each stage, in the order of the stages.
    static func array<Element>(_ element: (Stage) -> Element) -> ContiguousArray<Element> {
        ContiguousArray(allCases.map(element))
    }
}

extension Stage: CodedByName {}

/// Something for each stage, in place: as many as ``Stage/count``.
typealias StageTable<Element> = InlineArray<15, Element>
