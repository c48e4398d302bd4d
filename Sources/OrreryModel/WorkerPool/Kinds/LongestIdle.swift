import OrreryKernel

/// The worker that has been idle for longest: the work spreads evenly.
struct LongestIdle: AssignmentPolicy {
    private var idle = Line<WorkerID>()

    mutating func workerBecameIdle(_ worker: WorkerID) {
        idle.append(worker)
    }

    mutating func takeWorker() -> WorkerID {
        guard let worker = idle.removeFirst() else { violation("no worker is idle") }
        return worker
    }

    mutating func workerLeft(_ worker: WorkerID) -> Bool {
        idle.removeAll { $0 == worker }
    }

    static let kind = Kind<any AssignmentPolicy>(
        "longest-idle", summary: "the worker that has been idle for longest: the work spreads evenly"
    ) { _ in LongestIdle() }
}
