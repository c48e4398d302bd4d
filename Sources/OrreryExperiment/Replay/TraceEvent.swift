import OrreryKernel
import OrreryModel

/// One event of a trace: something begins, ends, or is so.
struct TraceEvent: Sendable {
    /// When.
    let time: Instant
    /// What.
    let kind: Kind

    /// What an event of a trace can say.
    enum Kind: Sendable {
        /// The way of an item begins, or the trace does while the item is on its way; since when, and from where.
        case itemBegins(TracedItem, created: Instant, source: UInt32?)
        /// It ends, with a word on how.
        case itemEnds(TracedItem, how: String)
        /// An item enters a stage.
        case stageBegins(TracedItem, Stage)
        /// It leaves it.
        case stageEnds(TracedItem, Stage)
        /// A worker, a node or an uplink begins something, which may be about an item.
        case workBegins(TraceTrack, words: String, item: UInt64?)
        /// It is done with it.
        case workEnds(TraceTrack)
        /// A depth is from now on so much.
        case depth(TraceDepth, Int)
        /// Something happens at once.
        case mark(TraceMark, words: String, item: UInt64?)
    }
}

/// An item in a trace.
struct TracedItem: BitwiseCopyable, Sendable {
    /// Its number in the trace, which no other item has.
    let number: UInt64
    /// The group of telescopes or the stream of arrivals that it comes from.
    let group: UInt32
    /// The number that event records give it, which others have before and after it.
    let place: UInt32
}

/// A row of a trace on which at most one thing goes on at a time.
enum TraceTrack: Hashable, Sendable {
    case worker(Int)
    case node(Int)
    case uplink(Int)
}

/// A depth over time.
enum TraceDepth: Hashable, Sendable {
    case stage(Stage)
    case broker
    case inbox(Int)
}

/// A kind of thing that happens at once; each has a row.
enum TraceMark: Int, CaseIterable, Sendable {
    case trouble
    case declaredDead
    case loss
    case refusal
    case unanswered
    case retry

    /// The name of the row.
    var name: String {
        switch self {
        case .trouble: "faults and crashes"
        case .declaredDead: "nodes declared dead"
        case .loss: "losses"
        case .refusal: "refusals"
        case .unanswered: "not answered in time"
        case .retry: "sent again"
        }
    }
}
