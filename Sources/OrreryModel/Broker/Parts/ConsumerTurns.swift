/// The connected consumers of a queue: those that have credit take turns.
///
/// A consumer that runs out of credit leaves its turn, and comes last when it has credit again.
struct ConsumerTurns: Sendable {
    /// How many unacknowledged copies one may have.
    private let prefetch: Int
    /// How many it has, by number of the worker; nil while it is not connected.
    private var unacknowledged: ContiguousArray<Int?> = []
    private var turns = Line<WorkerID>()

    /// Consumers that may each have so many unacknowledged copies; zero for as many as there are.
    init(prefetch: Int) {
        self.prefetch = prefetch == 0 ? Int.max : prefetch
    }

    /// Whether any may get a copy.
    var hasCredit: Bool { !turns.isEmpty }

    mutating func connect(_ worker: WorkerID) {
        let place = Int(worker.number)
        while unacknowledged.count <= place { unacknowledged.append(nil) }
        if unacknowledged[place] != nil { return }
        unacknowledged[place] = 0
        turns.append(worker)
    }

    /// Takes a consumer out, if it is still in.
    ///
    /// - Complexity: O(consumers)
    mutating func disconnect(_ worker: WorkerID) {
        let place = Int(worker.number)
        guard place < unacknowledged.count, unacknowledged[place] != nil else { return }
        unacknowledged[place] = nil
        _ = turns.removeAll { $0 == worker }
    }

    /// Whose turn it is; it has one more unacknowledged copy from now on.
    mutating func takeTurn() -> WorkerID? {
        guard let worker = turns.removeFirst(), let count = unacknowledged[Int(worker.number)] else { return nil }
        unacknowledged[Int(worker.number)] = count + 1
        if count + 1 < prefetch { turns.append(worker) }
        return worker
    }

    /// A consumer has one unacknowledged copy less.
    mutating func returnCredit(of worker: WorkerID) {
        guard let count = unacknowledged[Int(worker.number)] else { return }
        unacknowledged[Int(worker.number)] = count - 1
        if count == prefetch { turns.append(worker) }
    }
}
