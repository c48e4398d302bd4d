import OrreryKernel

/// The worker that has been idle for longest: the work spreads evenly.
struct LongestIdle: AssignmentPolicy {
    /// A ring: the idle workers from `head` on.
    private var ring: ContiguousArray<WorkerID> = []
    private var head = 0

    mutating func workerBecameIdle(_ worker: WorkerID) {
        if head > 32 && head * 2 > ring.count {
            ring.removeFirst(head)
            head = 0
        }
        ring.append(worker)
    }

    mutating func takeWorker() -> WorkerID {
        head += 1
        return ring[head - 1]
    }

    static let kind = Kind<any AssignmentPolicy>(
        "longest-idle", summary: "the worker that has been idle for longest: the work spreads evenly"
    ) { _ in LongestIdle() }
}
