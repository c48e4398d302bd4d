import OrreryKernel

/// What the workers have asked a stream for, and whose turn it is.
///
/// A worker asks for a batch of messages, and for the next batch when it is done with all it was given. Requests are
/// served in turn, one message each; a worker that a server pushes to asks for nothing, and each message goes to one of
/// them by chance.
///
/// Source: nats-server, `server/consumer.go`, `waitQueue.pop`, which puts a request with messages to go at the end.
struct PullRequests: Sendable {
    /// How many messages a worker asks for at once; nil if the server pushes.
    private let batch: Int?
    /// Who asks, the next one first; in no particular order if the server pushes.
    private var line = Line<WorkerID>()
    private var workers: ContiguousArray<Worker> = []

    /// Nobody asks yet.
    init(batch: Int?) {
        self.batch = batch
    }

    /// Whether nobody asks.
    var isEmpty: Bool { line.isEmpty }

    /// A worker is there and asks.
    mutating func join(_ worker: WorkerID) {
        while workers.count <= Int(worker.number) { workers.append(Worker()) }
        ask(worker)
    }

    /// A worker is gone, with all that it has.
    ///
    /// - Complexity: O(workers)
    mutating func leave(_ worker: WorkerID) {
        guard Int(worker.number) < workers.count else { return }
        workers[Int(worker.number)] = Worker()
        _ = line.removeAll { $0 == worker }
    }

    /// Who takes the next message; only if somebody asks.
    mutating func take(random: inout RandomStream) -> WorkerID? {
        guard batch != nil else { return line.isEmpty ? nil : line[random.index(below: line.count)] }
        guard let worker = line.removeFirst() else { return nil }
        let number = Int(worker.number)
        workers[number].has += 1
        workers[number].wanted -= 1
        if workers[number].wanted > 0 { line.append(worker) }
        return worker
    }

    /// A worker has one message fewer.
    mutating func give(back worker: WorkerID) {
        guard batch != nil else { return }
        let number = Int(worker.number)
        workers[number].has -= 1
        if workers[number].has == 0 { ask(worker) }
    }

    private mutating func ask(_ worker: WorkerID) {
        let number = Int(worker.number)
        if workers[number].wanted == 0 { line.append(worker) }
        workers[number].wanted = batch ?? 1
    }

    private struct Worker: BitwiseCopyable, Sendable {
        /// How many messages it has.
        var has = 0
        /// How many more its open request asks for.
        var wanted = 0
    }
}
