import OrreryKernel

/// What the plain subscribers of a NATS server do to its producers: one that reads too slowly holds all of them.
///
/// The server keeps an outbound buffer for each subscriber and writes it out in batches: all that piled up while the
/// last batch was under way. A message that fills the buffer beyond half of `maxPending` closes the gate, so that no
/// producer is listened to, until the batch under way is written; one that is not written within the write deadline
/// costs the subscriber its connection. A subscriber that reads at once has nothing in its buffer and is left out.
///
/// Source: nats-server 2.9, `server/client.go`, `queueOutbound` and `flushOutbound`; there the gate lets a message
/// through after a time-out of 100 ms to 1 s, which is left out. Later versions close it at three quarters and hold a
/// producer for 10 ms at most per read.
struct StallGate: Sendable {
    private let rules: Rules
    private var subscribers: ContiguousArray<Subscriber> = []
    private var isClosed = false

    /// A gate with so many subscribers who stop reading at an instant, and, if there is a rate, one that reads so fast.
    init(rules: Rules, stuck: Int, stuckAt: Instant, readerRate: DataRate?) {
        self.rules = rules
        subscribers = ContiguousArray(repeating: Subscriber(rate: nil, connection: stuckAt), count: stuck)
        if let readerRate { subscribers.append(Subscriber(rate: readerRate, connection: .start)) }
    }

    /// Brings the connections up to the current instant.
    mutating func settle(port: inout BrokerPort) {
        for place in subscribers.indices { subscribers[place].settle(at: port.now, rules: rules, random: &port.random) }
        moveDoor(port: &port)
    }

    /// A message goes to every subscriber.
    mutating func send(_ size: ByteCount, port: inout BrokerPort) {
        for place in subscribers.indices {
            subscribers[place].settle(at: port.now, rules: rules, random: &port.random)
            subscribers[place].queue(size.bytes, at: port.now, rules: rules, random: &port.random)
        }
        moveDoor(port: &port)
    }

    /// Closes or opens the door, and wakes when the next batch that holds it comes to its end.
    private mutating func moveDoor(port: inout BrokerPort) {
        var end: Instant?
        for subscriber in subscribers where subscriber.isStalling {
            end = min(end ?? subscriber.batchEnd, subscriber.batchEnd)
        }
        if (end != nil) != isClosed {
            isClosed = end != nil
            if isClosed { port.closeDoor() } else { port.openDoor() }
        }
        if let end { port.wake(at: end) }
    }

    /// The limits that hold for every subscriber.
    struct Rules: BitwiseCopyable, Sendable {
        /// How many bytes may wait for one subscriber before it is cut off.
        let maxPending: Int64
        /// How long a write may take before the subscriber is cut off.
        let writeDeadline: Duration
        /// How many bytes the operating system takes for a peer that does not read.
        let socketBuffer: Int64
        /// How long a client waits before it connects again.
        let reconnectWait: Duration
        /// How much longer it waits at most, by chance.
        let reconnectJitter: Duration
        /// Whether a subscriber that does not read connects again after it was cut off.
        let stuckReconnect: Bool
    }
}

/// One plain subscriber, as the server sees it.
private struct Subscriber: BitwiseCopyable, Sendable {
    /// How fast it reads; nil if it does not read at all.
    let rate: DataRate?
    /// When it connects; nil while it is connected.
    var connection: Instant?
    /// The bytes that are being written, and those that wait behind them.
    var batch: Int64 = 0
    var queued: Int64 = 0
    /// When the batch is written, or its deadline if it is not written by then.
    var batchEnd = Instant.start
    var batchFails = false
    /// How many bytes the socket still takes though nobody reads them.
    var room: Int64 = 0
    /// Whether producers wait for it.
    var isStalling = false

    init(rate: DataRate?, connection: Instant) {
        self.rate = rate
        self.connection = connection
    }

    /// Connections and ends of batches up to an instant.
    mutating func settle(at now: Instant, rules: StallGate.Rules, random: inout RandomStream) {
        while true {
            if let connection {
                guard connection <= now else { return }
                self.connection = nil
                room = rate == nil ? rules.socketBuffer : 0
            }
            guard batch > 0, batchEnd <= now else { return }
            if batchFails {
                close(at: batchEnd, rules: rules, random: &random)
            } else {
                isStalling = false
                begin(queued, at: batchEnd, rules: rules)
                queued = 0
            }
        }
    }

    /// A message of so many bytes for it.
    mutating func queue(_ size: Int64, at now: Instant, rules: StallGate.Rules, random: inout RandomStream) {
        guard connection == nil else { return }
        let taken = min(room, size)
        room -= taken
        if taken == size { return }
        if batch == 0 {
            begin(size - taken, at: now, rules: rules)
        } else {
            queued += size - taken
        }
        if batch + queued > rules.maxPending {
            close(at: now, rules: rules, random: &random)
        } else if batch + queued > rules.maxPending / 2 {
            isStalling = true
        }
    }

    /// Starts to write so many bytes.
    private mutating func begin(_ size: Int64, at start: Instant, rules: StallGate.Rules) {
        batch = size
        let time = rate?.time(for: ByteCount(size)) ?? .limit
        batchFails = time > rules.writeDeadline
        batchEnd = start + min(time, rules.writeDeadline)
    }

    /// The server cuts it off: what it had not read is gone.
    private mutating func close(at instant: Instant, rules: StallGate.Rules, random: inout RandomStream) {
        batch = 0
        queued = 0
        isStalling = false
        if rate == nil && !rules.stuckReconnect {
            connection = Instant(nanoseconds: .max)
            return
        }
        let jitter = random.index(below: Int(rules.reconnectJitter.nanoseconds) + 1)
        connection = instant + rules.reconnectWait + Duration(nanoseconds: Int64(jitter))
    }
}
