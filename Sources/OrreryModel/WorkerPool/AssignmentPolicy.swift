public import OrreryKernel

/// Which idle worker takes the next item.
///
/// With equal workers the choice changes no waiting time, but it decides how the work spreads: evenly, or packed onto
/// few workers so that the others can be taken away.
public protocol AssignmentPolicy: Sendable {
    /// A worker has nothing to do from now on.
    mutating func workerBecameIdle(_ worker: WorkerID)
    /// Takes an idle worker for an item; called only while one is idle.
    mutating func takeWorker() -> WorkerID
    /// A worker is gone; false if it was not idle.
    ///
    /// - Complexity: O(idle workers)
    mutating func workerLeft(_ worker: WorkerID) -> Bool
}

/// The kinds of assignment.
///
/// A new kind is one file in `Kinds/` and one line here.
public enum AssignmentCatalog {
    /// All kinds; the first is the default.
    public static let kinds = Catalog<any AssignmentPolicy>(
        noun: "assignment policy",
        kinds: [
            LongestIdle.kind,
            MostRecent.kind,
            LowestNumbered.kind,
        ])
}
