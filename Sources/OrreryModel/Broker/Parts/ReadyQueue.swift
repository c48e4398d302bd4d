import OrreryKernel

/// A message in a queue that remembers its place.
struct QueuedMessage: BitwiseCopyable, Sendable {
    let copy: Copy
    /// The size of its body.
    let size: ByteCount
    /// Its number in the order of publication.
    let sequence: Int
    /// How many deliveries of it ended without an acknowledgement.
    var failures = 0
}

/// The messages of a queue that are ready for delivery: what comes back takes its original place again.
///
/// As delivery always takes the first, whatever comes back was published before everything that was never delivered.
/// So the never delivered are a plain line, behind a heap of those that came back.
struct ReadyQueue: Sendable {
    private var fresh = Line<QueuedMessage>()
    /// A binary heap: no message has a smaller sequence number than its parent.
    private var returned: ContiguousArray<QueuedMessage> = []
    /// The size of all bodies together.
    private(set) var bytes: Int64 = 0

    var count: Int { fresh.count + returned.count }
    var isEmpty: Bool { count == 0 }

    /// All copies, in no particular order.
    var copies: [Copy] { (returned + fresh.elements).map(\.copy) }

    /// A message that was never delivered comes last.
    mutating func append(_ message: QueuedMessage) {
        bytes += message.size.bytes
        fresh.append(message)
    }

    /// A message that was taken out comes back to its original place.
    ///
    /// - Complexity: O(log *n*) of those that came back
    mutating func putBack(_ message: QueuedMessage) {
        bytes += message.size.bytes
        returned.append(message)
        var place = returned.count - 1
        while place > 0 {
            let parent = (place - 1) / 2
            if returned[parent].sequence < message.sequence { return }
            returned.swapAt(place, parent)
            place = parent
        }
    }

    /// Takes out the first message.
    mutating func removeFirst() -> QueuedMessage? {
        guard let message = returned.isEmpty ? fresh.removeFirst() : removeFirstReturned() else { return nil }
        bytes -= message.size.bytes
        return message
    }

    private mutating func removeFirstReturned() -> QueuedMessage {
        returned.swapAt(0, returned.count - 1)
        let first = returned.removeLast()
        var place = 0
        while true {
            let left = 2 * place + 1
            if left >= returned.count { return first }
            let right = left + 1
            let hasSmallerRight = right < returned.count && returned[right].sequence < returned[left].sequence
            let child = hasSmallerRight ? right : left
            if returned[place].sequence < returned[child].sequence { return first }
            returned.swapAt(place, child)
            place = child
        }
    }
}
