public import OrreryKernel

/// One step of an item on its way, for somebody who looks on: what the books note down while they keep a journal.
public struct ItemStep: BitwiseCopyable, Sendable {
    /// The item: a place that others use again after it is gone.
    public let item: ItemID
    /// When.
    public let time: Instant
    /// What happened.
    public let kind: Kind

    /// What can happen to an item.
    public enum Kind: BitwiseCopyable, Sendable {
        /// It comes into being in a stage; `source` is the telescope, or its key in a stream, and nil without one.
        case began(Stage, group: UInt32, source: UInt32?)
        /// It leaves a stage and enters the next.
        case entered(from: Stage, Stage)
        /// It reaches the archive.
        case delivered(from: Stage)
        /// Nobody has it any more.
        case lost(from: Stage, LossReason)
        /// Its producer sends it once more.
        case sentAgain
        /// The centre turns a copy of it away.
        case refused(LossReason)
        /// Its producer gives up waiting for an answer.
        case unanswered
    }
}
