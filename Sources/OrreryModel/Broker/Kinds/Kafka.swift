import OrreryKernel

/// A Kafka topic and the consumer group that reads it: the workers.
///
/// Each partition is a log that one member of the group reads in order. A member polls: it gets up to
/// `max-poll-records` messages of its partitions and polls again when it has done them all. Who reads what is settled
/// in rebalances (`Kafka+Group.swift`), and they cost: a crash is noticed only after `session-timeout`, a rebalance
/// waits until every member has polled, and who does not poll for `max-poll-interval` is expelled and its work done
/// again by others.
///
/// Simpler than the real one: a message that was done counts as committed at once, so that a crash repeats only what
/// was not done; messages are removed one by one, not in segments of 1 GiB; all producers together have one sticky
/// partition and one buffer; a message is confirmed as soon as it is written, without the way to the replicas.
struct Kafka: Broker {
    let settings: KafkaSettings
    private(set) var depth = 0
    var logs: ContiguousArray<PartitionLog>
    /// Whose each partition is: the number of a worker, `PartitionAssignment.nobody`, or `leaving`.
    var owners: [Int]
    /// Whether a partition is in its owner's line of partitions with messages.
    private var isReady: [Bool]
    /// By number of the worker.
    var members: ContiguousArray<GroupMember> = []
    var group = GroupState()
    private var partitionOfKey: [UInt32: Int] = [:]
    /// Where messages without a key go until a batch is full.
    private var stickyPartition: Int?
    private var stickyBytes: Int64 = 0
    private var retentionCheck: Instant?
    /// What waits in the producers' buffers until the broker has time to write it.
    private var unsent = Line<Unsent>()
    /// When all of that is written.
    private var unsentEnd = Instant.start

    init(_ settings: KafkaSettings) {
        self.settings = settings
        logs = ContiguousArray(repeating: PartitionLog(), count: settings.partitions)
        owners = [Int](repeating: PartitionAssignment.nobody, count: settings.partitions)
        isReady = [Bool](repeating: false, count: settings.partitions)
    }

    var capacity: Int? { nil }
    var partitionDepths: [Int] { logs.map(\.count) }
    var held: [Copy] { unsent.elements.map(\.publication.copy) + logs.flatMap(\.copies) }

    mutating func handle(_ input: BrokerInput, port: inout BrokerPort) {
        switch input {
        case .published(let publication): publish(publication, port: &port)
        case .joined(let worker): join(worker, port: &port)
        case .returned(let copy, let worker): takeBack(copy, from: worker, port: &port)
        case .leaving(let worker): members[Int(worker.number)].isLeaving = true
        case .left(let worker): leave(worker, port: &port)
        case .acknowledged(let copy, let worker): finish(copy, by: worker, port: &port)
        case .rejected(let copy, let worker): retry(copy, by: worker, port: &port)
        case .acknowledgedLate: break
        case .woken:
            writeUnsent(port: &port)
            removeExpired(port: &port)
            checkGroup(port: &port)
            if let retentionCheck { port.wake(at: retentionCheck) }
        }
    }

    private struct Unsent: BitwiseCopyable {
        let publication: Publication
        let partition: Int
        /// When it is written.
        let end: Instant
    }
}

// Producers.
extension Kafka {
    private mutating func publish(_ publication: Publication, port: inout BrokerPort) {
        if publication.size > settings.maxRequestSize {
            port.refuse(publication.copy, .tooLarge)
            return
        }
        if let rate = settings.ingestRate {
            send(publication, at: rate, port: &port)
            return
        }
        let partition = partition(for: publication, random: &port.random)
        let record = logs[partition].record(publication, at: port.now)
        port.confirm(publication.copy)
        if !deliverToIdleOwner(record, of: partition, port: &port) {
            port.hold(publication.copy)
            depth += 1
            append(record, to: partition, port: &port)
        }
    }

    /// A message queues for being written; its producer learns at once if the buffer has no room for it in time.
    private mutating func send(_ publication: Publication, at rate: DataRate, port: inout BrokerPort) {
        let end = max(unsentEnd, port.now) + rate.time(for: publication.size)
        // What is unsent when the buffer is full takes that long to write.
        let room = rate.time(for: settings.bufferMemory)
        if end - port.now > room + settings.maxBlock {
            port.refuse(publication.copy, .producerBlocked)
            return
        }
        port.hold(publication.copy)
        depth += 1
        unsentEnd = end
        let partition = partition(for: publication, random: &port.random)
        unsent.append(Unsent(publication: publication, partition: partition, end: end))
        if unsent.count == 1 { port.wake(at: end) }
    }

    private mutating func writeUnsent(port: inout BrokerPort) {
        while let next = unsent.first {
            if next.end > port.now {
                port.wake(at: next.end)
                return
            }
            _ = unsent.removeFirst()
            port.confirm(next.publication.copy)
            let record = logs[next.partition].record(next.publication, at: port.now)
            if deliverToIdleOwner(record, of: next.partition, port: &port) {
                depth -= 1
            } else {
                append(record, to: next.partition, port: &port)
            }
        }
    }

    /// Gives a message to the member that waits for it; false if none does.
    private mutating func deliverToIdleOwner(_ record: LogRecord, of partition: Int, port: inout BrokerPort) -> Bool {
        let owner = owners[partition]
        guard owner >= 0 && members[owner].isWaiting else { return false }
        members[owner].lastPoll = port.now
        deliver(record, of: partition, to: owner, port: &port)
        watchPolls(port: &port)
        return true
    }

    private mutating func append(_ record: LogRecord, to partition: Int, port: inout BrokerPort) {
        logs[partition].append(record)
        markReady(partition)
        if retentionCheck == nil { planRetentionCheck(for: record, port: &port) }
    }

    /// Source: apache/kafka, `BuiltInPartitioner`; brokers are taken to be equally fast.
    private mutating func partition(for publication: Publication, random: inout RandomStream) -> Int {
        if let key = publication.key {
            if let known = partitionOfKey[key] { return known }
            let partition = Murmur2.partition(of: key, among: logs.count)
            partitionOfKey[key] = partition
            return partition
        }
        if logs.count == 1 { return 0 }
        let partition = stickyPartition ?? random.index(below: logs.count)
        stickyBytes += publication.size.bytes
        stickyPartition = stickyBytes < settings.batchSize.bytes ? partition : nil
        if stickyPartition == nil { stickyBytes = 0 }
        return partition
    }

    private mutating func planRetentionCheck(for record: LogRecord, port: inout BrokerPort) {
        let interval = settings.retentionCheckInterval.nanoseconds
        let due = settings.retentionBytes == nil ? record.publishedAt + settings.retention : port.now
        let after = max(due.nanoseconds - 1, port.now.nanoseconds)
        let check = Instant(nanoseconds: (after / interval + 1) * interval)
        retentionCheck = min(retentionCheck ?? check, check)
        port.wake(at: check)
    }

    private mutating func removeExpired(port: inout BrokerPort) {
        guard let retentionCheck, port.now >= retentionCheck else { return }
        self.retentionCheck = nil
        let before = Instant(nanoseconds: port.now.nanoseconds - settings.retention.nanoseconds)
        for partition in logs.indices {
            while let record = logs[partition].removeExpired(before: before, keeping: settings.retentionBytes) {
                depth -= 1
                port.drop(record.copy, .expired)
            }
            if let first = logs[partition].first { planRetentionCheck(for: first, port: &port) }
        }
    }
}

// Consumers.
extension Kafka {
    /// A member asks for more; first it hears what it missed about the group.
    mutating func poll(_ worker: Int, port: inout BrokerPort) {
        hearOfRebalance(worker, port: &port)
        fetch(worker, port: &port)
        completeRebalance(port: &port)
    }

    /// Gives a member up to so many messages as a poll brings, partition after partition.
    mutating func fetch(_ worker: Int, port: inout BrokerPort) {
        guard members[worker].isWaiting else { return }
        members[worker].lastPoll = port.now
        var room = settings.maxPollRecords
        while room > 0, let partition = members[worker].ready.removeFirst() {
            while room > 0, let record = logs[partition].removeFirst() {
                depth -= 1
                room -= 1
                deliver(record, of: partition, to: worker, port: &port)
            }
            isReady[partition] = false
            markReady(partition)
        }
        if !members[worker].batch.isEmpty { watchPolls(port: &port) }
    }

    private mutating func deliver(_ record: LogRecord, of partition: Int, to worker: Int, port: inout BrokerPort) {
        members[worker].batch.append(record, from: partition)
        port.deliver(record.copy, to: WorkerID(number: UInt32(worker)))
    }

    private mutating func finish(_ copy: Copy, by worker: WorkerID, port: inout BrokerPort) {
        let worker = Int(worker.number)
        guard members[worker].batch.remove(copy) != nil, members[worker].batch.isEmpty else { return }
        poll(worker, port: &port)
    }

    /// The failed message and all that the member has not done are read again, in their order; after too many
    /// attempts the failed one is skipped.
    ///
    /// Source: Spring for Apache Kafka, `DefaultErrorHandler`, which seeks back and polls again.
    private mutating func retry(_ copy: Copy, by worker: WorkerID, port: inout BrokerPort) {
        let worker = Int(worker.number)
        guard let rejections = members[worker].batch.noteRejection(of: copy) else { return }
        if rejections >= settings.maxAttempts {
            _ = members[worker].batch.remove(copy)
            port.drop(copy, .deadLettered)
        } else {
            while let entry = members[worker].batch.removeLast() {
                if entry.record.copy == copy {
                    port.hold(copy)
                    putBack(entry, port: &port)
                } else {
                    reclaim(entry, from: worker, port: &port)
                }
            }
        }
        if members[worker].batch.isEmpty { poll(worker, port: &port) }
    }

    /// What a member that is gone had is read again by whoever gets its partitions.
    private mutating func takeBack(_ copy: Copy, from worker: WorkerID, port: inout BrokerPort) {
        guard var entry = members[Int(worker.number)].batch.remove(copy) else {
            violation("the worker \(worker.number) never had what it lost: \(copy)")
        }
        entry.record.rejections = 0
        port.hold(copy)
        putBack(entry, port: &port)
    }

    /// Takes back what a member has not done, last first.
    mutating func reclaimAll(from worker: Int, port: inout BrokerPort) {
        while let entry = members[worker].batch.removeLast() { reclaim(entry, from: worker, port: &port) }
    }

    mutating func reclaim(_ entry: OpenDeliveries.Entry, from worker: Int, port: inout BrokerPort) {
        port.reclaim(entry.record.copy, from: WorkerID(number: UInt32(worker)))
        putBack(entry, port: &port)
    }

    private mutating func putBack(_ entry: OpenDeliveries.Entry, port: inout BrokerPort) {
        depth += 1
        logs[entry.log].prepend(entry.record)
        markReady(entry.log)
        planRetentionCheck(for: entry.record, port: &port)
    }

    /// Notes with the owner of a partition that there is something to read.
    mutating func markReady(_ partition: Int) {
        let owner = owners[partition]
        guard owner >= 0 && !isReady[partition] && !logs[partition].isEmpty else { return }
        isReady[partition] = true
        members[owner].ready.append(partition)
    }

    /// Nobody reads a partition any longer.
    mutating func disown(_ partition: Int, now owner: Int) {
        owners[partition] = owner
        isReady[partition] = false
    }
}
