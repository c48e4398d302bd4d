import OrreryKernel

/// A Kinesis stream, and the workers that read it with the Kinesis Client Library.
///
/// Each shard takes in so much and no more: what is too fast is refused, and the producer may try again. Each shard
/// is leased to one worker, which polls it; it gets the next messages of the shard when it has done the last ones.
///
/// Simpler than the real one: leases move at once when a worker joins, as soon as what was read of the shard is done;
/// a message that was done counts as checkpointed at once; the quotas of an account are not watched.
struct Kinesis: Broker {
    let settings: KinesisSettings
    private(set) var depth = 0
    /// All shards that ever were, those of the latest generation last.
    private var shards: ContiguousArray<Shard> = []
    /// When each shard is polled next; `Instant.never` if nothing waits for it.
    private var polls: ContiguousArray<Instant> = []
    private var generation: Range<Int>
    private var readers: ContiguousArray<Reader> = []
    /// The shards of crashed workers, whose leases have not run out, earliest first.
    private var orphans = Line<Orphan>()
    private var shardOfKey: [UInt32: Int] = [:]
    private var retentionCheck: Instant?
    /// When the new shards take over.
    private var reshardTime: Instant?

    init(_ settings: KinesisSettings) {
        self.settings = settings
        generation = 0..<settings.shards
        reshardTime = settings.reshardAt.map { Instant.start + $0 + settings.reshardTime }
        for _ in generation { addShard(parents: 0) }
    }

    var capacity: Int? { nil }
    var partitionDepths: [Int] { shards.map(\.log.count) }
    var held: [Copy] { shards.flatMap(\.log.copies) }

    mutating func handle(_ input: BrokerInput, port: inout BrokerPort) {
        switch input {
        case .published(let publication): publish(publication, port: &port)
        case .joined(let worker): join(Int(worker.number), port: &port)
        case .returned(let copy, let worker): takeBack(copy, from: worker, port: &port)
        case .leaving(let worker): handOver(Int(worker.number), port: &port)
        case .left(let worker): leave(Int(worker.number), port: &port)
        case .acknowledged(let copy, let worker): finish(copy, by: worker, port: &port)
        case .rejected(let copy, let worker):
            // Source: the KCL skips records whose processing threw.
            if finish(copy, by: worker, port: &port) { port.drop(copy, .deadLettered) }
        case .acknowledgedLate: break
        case .woken: wake(port: &port)
        }
        if let reshardTime { port.wake(at: reshardTime) }
    }

    private struct Shard {
        var log = PartitionLog()
        var records = TokenBucket(rate: 1000)
        var bytes = TokenBucket(rate: Kinesis.mebibyte)
        /// The worker that may read it next.
        var owner: Int?
        /// Whether its lease belongs to a worker that crashed and has not run out.
        var isOrphan = false
        /// How many of its messages some worker has not done.
        var openCount = 0
        /// Before that it is not polled.
        var earliestPoll = Instant.start
        /// How many older shards must be read to their ends first.
        var parents: Int
        /// Whether its successors take its place, and it only waits to be read to its end.
        var isClosed = false
        /// Whether it was read to its end.
        var isFinished = false
    }

    private struct Reader {
        var isLive = false
        var leases = 0
        var batch = OpenDeliveries()
    }

    private struct Orphan: BitwiseCopyable {
        let shard: Int
        let expiry: Instant
    }

    /// Source: AWS, Kinesis quotas: 1 MiB a record, 1 MiB and 1000 records a second and shard in, 2 MiB a second out,
    /// 10 MiB a call.
    private static let mebibyte: Int64 = 1 << 20
    private static let readRate = DataRate(bitsPerSecond: 2 * mebibyte * 8)
}

// Producers.
extension Kinesis {
    private mutating func publish(_ publication: Publication, port: inout BrokerPort) {
        let copy = publication.copy
        let size = publication.size.bytes
        if size > Kinesis.mebibyte {
            port.refuse(copy, .tooLarge)
            return
        }
        let shard = shard(for: publication.key, random: &port.random)
        let hasRecord = shards[shard].records.has(1, at: port.now)
        let hasBytes = shards[shard].bytes.has(size, at: port.now)
        if !(hasRecord && hasBytes) {
            port.refuse(copy, .throttled)
            return
        }
        shards[shard].records.take(1)
        shards[shard].bytes.take(size)
        port.confirm(copy)
        port.hold(copy)
        let record = shards[shard].log.record(publication, at: port.now)
        shards[shard].log.append(record)
        depth += 1
        watchAge(of: record, port: &port)
        planPoll(of: shard, port: &port)
    }

    private mutating func shard(for key: UInt32?, random: inout RandomStream) -> Int {
        guard let key else { return generation.lowerBound + random.index(below: generation.count) }
        if let known = shardOfKey[key] { return known }
        let shard = generation.lowerBound + MD5.shard(of: key, among: generation.count)
        shardOfKey[key] = shard
        return shard
    }

    private mutating func watchAge(of record: LogRecord, port: inout BrokerPort) {
        let check = max(record.publishedAt + settings.retention, port.now)
        if let retentionCheck, retentionCheck <= check { return }
        retentionCheck = check
        port.wake(at: check)
    }

    private mutating func removeExpired(of shard: Int, port: inout BrokerPort) {
        let before = Instant(nanoseconds: port.now.nanoseconds - settings.retention.nanoseconds)
        while let record = shards[shard].log.removeExpired(before: before, keeping: nil) {
            depth -= 1
            port.drop(record.copy, .expired)
        }
        if shards[shard].log.isEmpty { polls[shard] = .never }
    }
}

// Workers.
extension Kinesis {
    private mutating func wake(port: inout BrokerPort) {
        if let check = retentionCheck, port.now >= check {
            retentionCheck = nil
            for shard in shards.indices {
                removeExpired(of: shard, port: &port)
                // Not more often than once a second, so that a stream of expiring messages costs little.
                guard let first = shards[shard].log.first else { continue }
                let next = max(first.publishedAt + settings.retention, port.now + .seconds(1))
                retentionCheck = min(retentionCheck ?? next, next)
            }
            for shard in shards.indices { finishIfRead(shard, port: &port) }
        }
        if let reshardTime, port.now >= reshardTime { reshard(port: &port) }
        while let orphan = orphans.first, orphan.expiry <= port.now {
            _ = orphans.removeFirst()
            shards[orphan.shard].isOrphan = false
            lease(orphan.shard, port: &port)
        }
        var next = Instant.never
        for shard in polls.indices {
            if polls[shard] <= port.now { poll(shard, port: &port) }
            next = min(next, polls[shard])
        }
        if next < .never { port.wake(at: next) }
        if let orphan = orphans.first { port.wake(at: orphan.expiry) }
        if let retentionCheck { port.wake(at: retentionCheck) }
    }

    private mutating func poll(_ shard: Int, port: inout BrokerPort) {
        polls[shard] = .never
        removeExpired(of: shard, port: &port)
        guard let owner = shards[shard].owner else { return }
        var count = 0
        var bytes: Int64 = 0
        while count < settings.maxRecords, let first = shards[shard].log.first,
            bytes + first.size.bytes <= 10 * Kinesis.mebibyte
        {
            _ = shards[shard].log.removeFirst()
            count += 1
            bytes += first.size.bytes
            readers[owner].batch.append(first, from: shard)
            port.deliver(first.copy, to: WorkerID(number: UInt32(owner)))
        }
        depth -= count
        shards[shard].openCount = count
        let pause = max(settings.pollInterval, Kinesis.readRate.time(for: ByteCount(bytes)))
        shards[shard].earliestPoll = port.now + pause
        finishIfRead(shard, port: &port)
    }

    /// Sees to it that a shard in which something waits is polled: at the next of the polls that come at regular
    /// intervals and find nothing otherwise.
    private mutating func planPoll(of shard: Int, port: inout BrokerPort) {
        let state = shards[shard]
        guard polls[shard] == .never, state.owner != nil, state.openCount == 0, !state.log.isEmpty else { return }
        let interval = settings.pollInterval.nanoseconds
        let late = max(0, (port.now - state.earliestPoll).nanoseconds)
        let poll = state.earliestPoll + Duration(nanoseconds: (late + interval - 1) / interval * interval)
        polls[shard] = poll
        port.wake(at: poll)
    }

    /// A worker is done with a copy, one way or the other; false if it does not have it.
    @discardableResult
    private mutating func finish(_ copy: Copy, by worker: WorkerID, port: inout BrokerPort) -> Bool {
        guard let entry = readers[Int(worker.number)].batch.remove(copy) else { return false }
        close(entry.log, port: &port)
        return true
    }

    private mutating func takeBack(_ copy: Copy, from worker: WorkerID, port: inout BrokerPort) {
        guard let entry = readers[Int(worker.number)].batch.remove(copy) else {
            violation("the worker \(worker.number) never had what it lost: \(copy)")
        }
        port.hold(copy)
        depth += 1
        shards[entry.log].log.prepend(entry.record)
        watchAge(of: entry.record, port: &port)
        close(entry.log, port: &port)
    }

    /// One message of a shard is no longer with a worker; after the last one the shard is polled again.
    private mutating func close(_ shard: Int, port: inout BrokerPort) {
        shards[shard].openCount -= 1
        if shards[shard].openCount > 0 { return }
        shards[shard].earliestPoll = max(shards[shard].earliestPoll, port.now)
        finishIfRead(shard, port: &port)
        planPoll(of: shard, port: &port)
    }
}

// Leases.
extension Kinesis {
    private mutating func join(_ worker: Int, port: inout BrokerPort) {
        while readers.count <= worker { readers.append(Reader()) }
        if readers[worker].isLive { return }
        readers[worker].isLive = true
        for shard in shards.indices where shards[shard].owner == nil && !shards[shard].isOrphan {
            lease(shard, port: &port)
        }
        let live = readers.indices.filter { readers[$0].isLive }
        let share = live.reduce(0) { $0 + readers[$1].leases } / live.count
        while readers[worker].leases < share {
            let most = live.max { readers[$0].leases < readers[$1].leases } ?? worker
            guard let shard = shards.lastIndex(where: { $0.owner == most }) else { break }
            readers[most].leases -= 1
            give(shard, to: worker, port: &port)
        }
    }

    private mutating func leave(_ worker: Int, port: inout BrokerPort) {
        guard readers[worker].isLive else { return }
        readers[worker].isLive = false
        readers[worker].leases = 0
        let expiry = port.now + settings.failoverTime
        for shard in shards.indices where shards[shard].owner == worker {
            shards[shard].owner = nil
            shards[shard].isOrphan = true
            polls[shard] = .never
            orphans.append(Orphan(shard: shard, expiry: expiry))
        }
        port.wake(at: expiry)
    }

    /// A worker that goes gives up its leases; what it has read it still does.
    private mutating func handOver(_ worker: Int, port: inout BrokerPort) {
        guard readers[worker].isLive else { return }
        readers[worker].isLive = false
        readers[worker].leases = 0
        for shard in shards.indices where shards[shard].owner == worker {
            shards[shard].owner = nil
            polls[shard] = .never
            lease(shard, port: &port)
        }
    }

    /// Gives a shard that nobody reads to the worker with the fewest.
    private mutating func lease(_ shard: Int, port: inout BrokerPort) {
        if shards[shard].isFinished || shards[shard].parents > 0 { return }
        let live = readers.indices.filter { readers[$0].isLive }
        guard let fewest = live.min(by: { readers[$0].leases < readers[$1].leases }) else { return }
        give(shard, to: fewest, port: &port)
    }

    private mutating func give(_ shard: Int, to worker: Int, port: inout BrokerPort) {
        shards[shard].owner = worker
        readers[worker].leases += 1
        if shards[shard].openCount == 0 {
            shards[shard].earliestPoll = max(shards[shard].earliestPoll, port.now)
            polls[shard] = .never
            planPoll(of: shard, port: &port)
        }
    }
}

// Resharding.
extension Kinesis {
    private mutating func addShard(parents: Int) {
        shards.append(Shard(parents: parents))
        polls.append(.never)
    }

    /// The new shards take over; each is read only when the old ones from whose keys it gets some were read to their
    /// ends, so that each key stays in order.
    private mutating func reshard(port: inout BrokerPort) {
        reshardTime = nil
        let old = generation
        generation = old.upperBound..<(old.upperBound + (settings.reshardTo ?? old.count))
        shardOfKey.removeAll()
        for child in generation { addShard(parents: old.count { overlaps($0, old, child) }) }
        for parent in old {
            shards[parent].isClosed = true
            finishIfRead(parent, port: &port)
        }
    }

    private func overlaps(_ parent: Int, _ old: Range<Int>, _ child: Int) -> Bool {
        let (parent, child) = (parent - old.lowerBound, child - generation.lowerBound)
        return parent * generation.count < (child + 1) * old.count
            && child * old.count < (parent + 1) * generation.count
    }

    private mutating func finishIfRead(_ shard: Int, port: inout BrokerPort) {
        let state = shards[shard]
        guard state.isClosed, !state.isFinished, state.log.isEmpty, state.openCount == 0 else { return }
        shards[shard].isFinished = true
        if let owner = state.owner { readers[owner].leases -= 1 }
        shards[shard].owner = nil
        for child in generation where overlaps(shard, 0..<settings.shards, child) {
            shards[child].parents -= 1
            if shards[child].parents == 0 { lease(child, port: &port) }
        }
    }
}

extension Instant {
    /// Later than any instant of a run.
    fileprivate static let never = Instant(nanoseconds: .max)
}
