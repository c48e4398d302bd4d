import OrreryKernel

// Workers that take a lock before they work.
//
// ```
//   copy taken up ─► lock wait ─┬─ got it ─────────► service ─► done ─► lock given back
//                     ▲         └─ waited too long ─► copy given up   │
//                     └───────────── refused: somebody else got the lock meanwhile
// ```
extension WorkerPool {
    /// The copies whose workers wait for a lock, apart from those that were taken back.
    var waitingForLock: [Copy] { workers.filter { !$0.isTakenBack && $0.isWaiting }.compactMap(\.serving) }

    /// A worker waits for the lock of its copy.
    mutating func awaitLock(_ worker: WorkerID, ledger: inout Ledger, at now: Instant) {
        let copy = copy(of: worker)
        ledger.move(copy, to: .lockWait, at: now)
        workers[worker].isWaiting = true
        callLocks(.wants(worker, copy.item))
    }

    /// A worker has got its lock.
    mutating func takeLock(_ worker: WorkerID, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        workers[worker].isWaiting = false
        begin(worker, ledger: &ledger, agenda: &agenda)
    }

    /// A worker has waited for its lock for long enough: it does not do the copy.
    mutating func giveUpLock(_ worker: WorkerID, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        guard let copy = workers[worker].serving, let task = workers[worker].task else {
            violation("worker \(worker.number) gave up nothing")
        }
        let isTakenBack = workers[worker].isTakenBack
        stop(worker, at: agenda.now)
        if isTakenBack {
            ledger.drop(copy, because: .lockTimeout, at: agenda.now)
        } else {
            answer(.acknowledged(task, by: worker), worker, agenda: &agenda)
            ledger.discard(copy, because: .lockTimeout, at: agenda.now)
        }
        goOn(worker, ledger: &ledger, agenda: &agenda)
    }

    /// Something for the coordination service, where there are locks.
    mutating func callLocks(_ call: LockCall) {
        if plan.lock != nil { lockCalls.append(call) }
    }

    /// The next thing that it has to be told.
    mutating func takeLockCall() -> LockCall? { lockCalls.isEmpty ? nil : lockCalls.removeFirst() }
}

/// What a worker has to say to the coordination service.
enum LockCall: BitwiseCopyable, Sendable {
    /// It wants the lock of an item.
    case wants(WorkerID, ItemID)
    /// It goes.
    case left(WorkerID)
    /// It crashed; nobody says so.
    case crashed(WorkerID)
}
