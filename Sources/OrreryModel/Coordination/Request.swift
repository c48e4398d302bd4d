import OrreryKernel

/// What a client asks of the ensemble.
enum Errand: UInt8, BitwiseCopyable, Sendable {
    /// To know that it is there: also the first thing that it says on a new connection.
    case ping
    /// Which nodes there are under a lock, to see whether its own is the first.
    case list
    /// To be told when a node is gone, and whether it is there now.
    case watch
    /// A session.
    case open
    /// The end of a session.
    case close
    /// A node under a lock, or the lock's only node.
    case create
    /// That its node be gone.
    case delete

    /// Whether it changes what the ensemble has, so that the leader and a majority take part.
    var isWrite: Bool { rawValue >= Errand.open.rawValue }
}

/// What comes of a request.
enum Verdict: BitwiseCopyable, Sendable {
    /// It was done.
    case done
    /// The lock is the client's; its number among all turns of the lock.
    case owner(turn: UInt32)
    /// The lock is somebody else's; with a queue, the session before one's own.
    case behind(SessionID)
    /// What was to be watched is gone.
    case gone
    /// The session is over.
    case expired
}

/// Which session of a coordination service, counted from the start of the run.
public struct SessionID: BitwiseCopyable, Hashable, Sendable {
    /// The number.
    public let number: UInt32
}

/// Which lock.
struct LockID: BitwiseCopyable, Hashable, Sendable {
    let number: UInt32
}

/// Which request: a place in the table, used again after the request.
public struct RequestID: BitwiseCopyable, Hashable, Sendable {
    /// The place.
    public let number: UInt32
}

/// A request on its way, being served, or answered.
struct Request: BitwiseCopyable, Sendable {
    let errand: Errand
    let session: SessionID
    /// The worker that hears the answer; nil if the leader asks itself.
    let worker: WorkerID?
    /// Which of the worker's connections it came over.
    let connection: UInt32
    /// Which of the worker's askings it is.
    let serial: UInt32
    /// The lock that it is about.
    var lock = LockID(number: 0)
    /// The session whose node is to be watched.
    var target: SessionID?
    /// The server that the client is connected to.
    let server: UInt16
    /// The server at which it is, or to which it goes.
    var place: UInt16
    /// The terms of the ensemble and of the server in which it was made.
    var terms = RequestTerms(ensemble: 0, server: 0)
    /// What came of it.
    var verdict = Verdict.done

    init(
        _ errand: Errand, of session: SessionID, by worker: WorkerID?, server: Int, connection: UInt32, serial: UInt32
    ) {
        self.errand = errand
        self.session = session
        self.worker = worker
        self.server = UInt16(server)
        self.connection = connection
        self.serial = serial
        place = UInt16(server)
    }
}

/// The terms in which a request was made; with the end of either it is lost.
struct RequestTerms: BitwiseCopyable, Equatable, Sendable {
    let ensemble: UInt32
    let server: UInt32
}

/// The requests on their way, in places that are used again.
struct RequestTable: Sendable {
    private var requests: ContiguousArray<Request> = []
    private var free: ContiguousArray<UInt32> = []

    subscript(id: RequestID) -> Request {
        _read { yield requests[Int(id.number)] }
        _modify { yield &requests[Int(id.number)] }
    }

    /// How many there are.
    var count: Int { requests.count - free.count }

    mutating func insert(_ request: Request) -> RequestID {
        if let number = free.popLast() {
            requests[Int(number)] = request
            return RequestID(number: number)
        }
        requests.append(request)
        return RequestID(number: UInt32(requests.count - 1))
    }

    mutating func remove(_ id: RequestID) { free.append(id.number) }
}
