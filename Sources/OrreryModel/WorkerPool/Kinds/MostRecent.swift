import OrreryKernel

/// The worker that became idle last: the work is packed onto few workers, and the others can be taken away.
struct MostRecent: AssignmentPolicy {
    private var stack: ContiguousArray<WorkerID> = []

    mutating func workerBecameIdle(_ worker: WorkerID) {
        stack.append(worker)
    }

    mutating func takeWorker() -> WorkerID {
        stack.removeLast()
    }

    mutating func workerLeft(_ worker: WorkerID) -> Bool {
        guard let place = stack.firstIndex(of: worker) else { return false }
        stack.remove(at: place)
        return true
    }

    static let kind = Kind<any AssignmentPolicy>(
        "most-recent", summary: "the worker that became idle last: the work is packed onto few workers"
    ) { _ in MostRecent() }
}
