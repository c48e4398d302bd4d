/// Where an item waits or is served between the shutter and the archive, in the order of the way.
///
/// ```
///  shutter ─► read-out ─► uplink wait ─► uplink transfer ─► propagation
///          ─► broker wait ─► service ─► store wait ─► store write ─► archive
/// ```
public enum Stage: Int, CaseIterable, BitwiseCopyable, Sendable {
    case readOut
    case uplinkWait
    case uplinkTransfer
    case propagation
    case brokerWait
    case service
    case storeWait
    case storeWrite

    /// The name in metrics, files and reports.
    public var name: String {
        switch self {
        case .readOut: "read-out"
        case .uplinkWait: "uplink-wait"
        case .uplinkTransfer: "uplink-transfer"
        case .propagation: "propagation"
        case .brokerWait: "broker-wait"
        case .service: "service"
        case .storeWait: "store-wait"
        case .storeWrite: "store-write"
        }
    }

    /// One line on what an item does there.
    public var summary: String {
        switch self {
        case .readOut: "is read out by the camera"
        case .uplinkWait: "waits for the site's uplink"
        case .uplinkTransfer: "is sent over the site's uplink"
        case .propagation: "travels to the centre"
        case .brokerWait: "waits in the broker's queue"
        case .service: "is processed by a worker"
        case .storeWait: "waits for the store"
        case .storeWrite: "is written to the store"
        }
    }

    /// Whether the item only waits there, for something that others occupy.
    public var isWaiting: Bool {
        switch self {
        case .uplinkWait, .brokerWait, .storeWait: true
        case .readOut, .uplinkTransfer, .propagation, .service, .storeWrite: false
        }
    }

    /// Something for each stage, in the order of the stages.
    static func array<Element>(_ element: (Stage) -> Element) -> ContiguousArray<Element> {
        ContiguousArray(allCases.map(element))
    }
}
