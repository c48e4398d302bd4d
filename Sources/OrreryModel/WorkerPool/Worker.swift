import OrreryKernel

/// One worker.
struct Worker: Sendable {
    /// How far a worker is that may have been started later, and may be stopped.
    enum Phase: BitwiseCopyable, Sendable {
        /// There is none of this number.
        case absent
        /// It boots.
        case booting
        /// It takes part, unless it has crashed.
        case active
        /// It is going: it begins with nothing that it could hand back.
        case retiring
    }

    /// How far it is.
    var phase = Phase.active
    /// When it was started.
    var started = Instant.start
    /// When it was last seen to become ready, or no longer to be.
    var changed = Instant.start
    /// Until when it is slow, because it is fresh.
    var slowUntil = Instant.start
    /// Whether the broker knows that it is going, so that it may go when it is done.
    var isReleased = false
    /// Whether its next crash is on the agenda, once failures are.
    var mayCrash = false
    /// Whether it has not crashed by itself.
    var isHealthy = true
    /// Whether it runs; what one that crashed had, it has until the broker learns of the crash.
    var isUp = true
    /// How often it went down without the broker's having learned of it yet.
    var departures = 0
    /// Whether it works on what it gets; what came over a connection that broke, it gives back.
    var isListening: Bool { isUp && departures == 0 }
    /// Whether it has booted and is not gone for good.
    var isThere: Bool { phase == .active || phase == .retiring }
    /// Whether its number can be used for another worker.
    var isFree: Bool { phase == .absent && departures == 0 && isHealthy }
    /// Whether the broker counts it as connected.
    var isConnected = false
    /// How often one of this number went down, and forgot what it had in its memory.
    var life: UInt32 = 0
    /// What it got beyond the copy that it works on.
    var buffer = Line<Copy>()
    /// What it works on.
    private(set) var serving: Copy?
    /// The copy that the broker gave it for that; another one if the broker took that back.
    private(set) var task: Copy?
    /// Since when.
    private(set) var began = Instant.start
    /// Whether the broker has taken back what it works on.
    private(set) var isTakenBack = false
    /// Whether it waits for a lock before it works on that.
    var isWaiting = false
    /// Goes up whenever it stops, so that the end of a work that a crash cut short is known for what it is.
    private(set) var shift: UInt32 = 0
    /// How long it worked on what it is done with.
    private var worked = Duration.zero

    /// A worker of a number that is free begins to boot.
    mutating func boot(at now: Instant) {
        var fresh = Worker()
        fresh.phase = .booting
        fresh.isUp = false
        fresh.started = now
        fresh.changed = now
        fresh.mayCrash = mayCrash
        fresh.shift = shift &+ 1
        fresh.life = life
        self = fresh
    }

    mutating func begin(_ copy: Copy, at now: Instant) {
        serving = copy
        task = copy
        began = now
        isTakenBack = false
    }

    /// The broker took back what it works on, which is another copy from now on.
    mutating func goOn(with other: Copy) {
        serving = other
        isTakenBack = true
    }

    mutating func stop(at now: Instant) {
        if serving != nil { worked += now - began }
        serving = nil
        task = nil
        isTakenBack = false
        isWaiting = false
        shift &+= 1
    }

    /// How long it worked since it was started.
    func worked(until now: Instant) -> Duration { serving == nil ? worked : worked + (now - began) }
}

/// How many replicas there are.
struct ReplicaTally: BitwiseCopyable, Equatable, Sendable {
    /// Those that were started and are not gone: what is paid for.
    var started = 0
    /// Those of them that have booted.
    var present = 0
    /// Those of them that work and are not going.
    var ready = 0

    /// Adds what a worker counts as, or takes it off.
    mutating func count(_ worker: Worker, _ sign: Int) {
        if worker.phase != .absent { started += sign }
        if worker.isThere { present += sign }
        if worker.phase == .active && worker.isUp { ready += sign }
    }
}

extension ContiguousArray<Worker> {
    subscript(worker: WorkerID) -> Worker {
        _read { yield self[worker.index] }
        _modify { yield &self[worker.index] }
    }
}
