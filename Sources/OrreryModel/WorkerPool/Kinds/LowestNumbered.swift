import OrreryKernel

/// The idle worker with the lowest number: the load of worker *n* shows what the *n*-th worker is worth.
struct LowestNumbered: AssignmentPolicy {
    /// A binary min-heap of idle workers' numbers.
    private var heap: ContiguousArray<WorkerID> = []

    mutating func workerBecameIdle(_ worker: WorkerID) {
        heap.append(worker)
        var child = heap.count - 1
        while child > 0, heap[child].number < heap[(child - 1) / 2].number {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func takeWorker() -> WorkerID {
        heap.swapAt(0, heap.count - 1)
        let lowest = heap.removeLast()
        var parent = 0
        while true {
            var smallest = 2 * parent + 1
            if smallest >= heap.count { return lowest }
            if smallest + 1 < heap.count, heap[smallest + 1].number < heap[smallest].number { smallest += 1 }
            if heap[parent].number < heap[smallest].number { return lowest }
            heap.swapAt(parent, smallest)
            parent = smallest
        }
    }

    mutating func workerLeft(_ worker: WorkerID) -> Bool {
        guard heap.contains(worker) else { return false }
        let others = heap.filter { $0 != worker }
        heap.removeAll(keepingCapacity: true)
        for other in others { workerBecameIdle(other) }
        return true
    }

    static let kind = Kind<any AssignmentPolicy>(
        "lowest-numbered", summary: "the idle worker with the lowest number: shows what the last worker is worth"
    ) { _ in LowestNumbered() }
}
