/// Why an item was lost, or a copy of it turned away.
///
/// Every loss has one; conservation counts them apart.
public enum LossReason: Int, CaseIterable, BitwiseCopyable, Hashable, Sendable {
    case brokerFull
    case pushedOut
    case expired
    case deadLettered
    case slowConsumer
    case throttled
    case tooLarge
    case producerBlocked
    case unreachable
    case timedOut
    case heldBack
    case crashed
    case stale
    case diskFull
    case evicted
    case storeFull
    case noSubscriber
    case inboxFull
    case lockTimeout
    case conflicted
    case abandoned

    /// The name in metrics, files and reports.
    public var name: String { words.name }

    /// The reason in words, as the rest of a sentence that says what was lost.
    public var summary: String { words.summary }

    private var words: (name: String, summary: String) {
        switch self {
        case .brokerFull: ("broker-full", "because the broker was full")
        case .pushedOut: ("pushed-out", "because newer ones pushed them out of a full queue")
        case .expired: ("expired", "because they were older than the broker keeps them")
        case .deadLettered: ("dead-lettered", "as dead letters: no worker could do them")
        case .slowConsumer: ("slow-consumer", "because a subscriber read too slowly")
        case .throttled: ("throttled", "because they came faster than a shard is provisioned for")
        case .tooLarge: ("too-large", "because the broker takes nothing so large")
        case .producerBlocked: ("producer-blocked", "because the producer's buffer was blocked for too long")
        case .unreachable: ("unreachable", "because the centre could not be reached")
        case .timedOut: ("timed-out", "because no answer came in time")
        case .heldBack: ("held-back", "because their producer held them back while the centre accepted little")
        case .crashed: ("crashed", "because the worker or node that had them crashed")
        case .stale: ("stale", "because they were too old to be worth the work")
        case .diskFull: ("disk-full", "because the telescope's disk was full")
        case .evicted: ("evicted", "because newer ones needed their room on the telescope's disk")
        case .storeFull: ("store-full", "because the store was full")
        case .noSubscriber: ("no-subscriber", "because nobody was subscribed to them")
        case .lockTimeout: ("lock-timeout", "because their worker did not get the lock in time")
        case .inboxFull: ("inbox-full", "because a node's inbox was full")
        case .conflicted: ("conflicted", "because their writes conflicted too often, and no operator looks after that")
        case .abandoned: ("abandoned", "because they had become pointless before an operator came to them")
        }
    }
}

extension LossReason: CodedByName {}
