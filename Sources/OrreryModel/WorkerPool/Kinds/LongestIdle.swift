import OrreryKernel

/// The worker that has been idle for longest: the work spreads evenly.
struct LongestIdle: AssignmentPolicy {
    /// The idle workers, from `head` on; what lies before it is cut off now and then.
    private var queue: ContiguousArray<WorkerID> = []
    private var head = 0

    mutating func workerBecameIdle(_ worker: WorkerID) {
        if head > 32 && head * 2 > queue.count {
            queue.removeFirst(head)
            head = 0
        }
        queue.append(worker)
    }

    mutating func takeWorker() -> WorkerID {
        head += 1
        return queue[head - 1]
    }

    static let kind = Kind<any AssignmentPolicy>(
        "longest-idle", summary: "the worker that has been idle for longest: the work spreads evenly"
    ) { _ in LongestIdle() }
}
