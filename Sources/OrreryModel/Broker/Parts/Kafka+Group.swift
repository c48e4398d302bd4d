import OrreryKernel

/// A worker as a member of the consumer group.
struct GroupMember: Sendable {
    enum Standing: BitwiseCopyable, Sendable {
        /// It is not in the group.
        case absent
        /// It is connected.
        case live
        /// Its connection is gone, and the group has not noticed.
        case silent
    }

    var standing = Standing.absent
    /// The partitions that it reads, in rising order.
    var partitions: [Int] = []
    /// The partitions that it must give up when it polls next.
    var leaving: [Int] = []
    /// Those of its partitions that have messages, the one that is read next first.
    var ready = Line<Int>()
    /// What it has not done yet.
    var batch = OpenDeliveries()
    var lastPoll = Instant.start
    /// Whether it has asked to be let in again since the rebalance began.
    var hasRejoined = false
    /// Whether it has said that it goes, so that it does not poll any more.
    var isLeaving = false
    /// Tells its departures apart.
    var departure = 0

    /// Whether it waits in a poll for messages.
    var isWaiting: Bool { standing == .live && batch.isEmpty && !isLeaving }
}

/// What the coordinator of the group knows besides its members.
struct GroupState: Sendable {
    /// A rebalance in progress.
    struct Rebalance: BitwiseCopyable, Sendable {
        let start: Instant
        /// Before that it does not end.
        var earliestEnd: Instant
        /// Whether the group had no members when it began.
        let isFirst: Bool
        /// Whether another member joined while the first ones are waited for.
        var hasNewMember = false
    }

    /// A member that went without a word.
    struct Departure: BitwiseCopyable, Sendable {
        let worker: Int
        let number: Int
        /// When its session times out.
        let expiry: Instant
    }

    var rebalance: Rebalance?
    /// How many members are connected.
    var liveCount = 0
    /// How many of them have not rejoined since the rebalance began.
    var awaitedCount = 0
    /// The members whose session has not timed out, earliest first; some may have come back as static members.
    var departures = Line<Departure>()
    /// How many of them count as members: a rebalance waits for their time-out.
    var silentCount = 0
    var departureCount = 0
    /// When to look for members that have not polled for too long.
    var pollCheck: Instant?
}

// The group: who is in it, and who reads what.
//
// Source of the rules: apache/kafka, `GroupCoordinator` and the consumer's `ConsumerCoordinator`.
extension Kafka {
    /// The owner of a partition whose owner must give it up but still works on what it has of it.
    static let leaving = -2

    mutating func join(_ worker: WorkerID, port: inout BrokerPort) {
        let worker = Int(worker.number)
        while members.count <= worker { members.append(GroupMember()) }
        if members[worker].standing == .live { return }
        let isFirst = group.liveCount == 0 && group.silentCount == 0
        let isBack = settings.isStatic && members[worker].standing == .silent
        // Otherwise it is a new member: what it was before stays silent until its session times out.
        if !isBack { releaseAll(of: worker) }
        members[worker].standing = .live
        members[worker].isLeaving = false
        members[worker].hasRejoined = false
        group.liveCount += 1
        if group.rebalance != nil {
            group.awaitedCount += 1
            if !isBack { group.rebalance?.hasNewMember = true }
        } else if !isBack {
            startRebalance(isFirst: isFirst, port: &port)
        }
        if isBack {
            group.silentCount -= 1
            for partition in members[worker].partitions { markReady(partition) }
        }
        poll(worker, port: &port)
    }

    /// A member is gone: if it said so the group is rebalanced at once, otherwise when its session times out.
    ///
    /// Source: the consumer's `close` asks to leave the group, unless the member is a static one.
    mutating func leave(_ worker: WorkerID, port: inout BrokerPort) {
        let worker = Int(worker.number)
        guard members[worker].standing == .live else { return }
        if members[worker].isLeaving && !settings.isStatic {
            stopCounting(worker, as: .absent)
            releaseAll(of: worker)
            if group.rebalance == nil { startRebalance(port: &port) }
            completeRebalance(port: &port)
            return
        }
        stopCounting(worker, as: .silent)
        releaseLeaving(of: worker)
        members[worker].ready.removeAll()
        for partition in members[worker].partitions { disown(partition, now: worker) }
        group.departureCount += 1
        group.silentCount += 1
        members[worker].departure = group.departureCount
        let departure = GroupState.Departure(
            worker: worker, number: group.departureCount, expiry: port.now + settings.sessionTimeout)
        group.departures.append(departure)
        port.wake(at: departure.expiry)
    }

    /// What is due now: time-outs of sessions, overdue polls, the end of a rebalance.
    mutating func checkGroup(port: inout BrokerPort) {
        let isAnyLost = expireSessions(now: port.now)
        let isAnyExpelled = expelSlowMembers(port: &port)
        if (isAnyLost || isAnyExpelled) && group.rebalance == nil { startRebalance(port: &port) }
        completeRebalance(port: &port)
        if let end = group.rebalance?.earliestEnd, end > port.now { port.wake(at: end) }
        if let departure = group.departures.first { port.wake(at: departure.expiry) }
        if let pollCheck = group.pollCheck { port.wake(at: pollCheck) }
    }

    /// Sees to it that somebody looks whether a member that got work polls again in time.
    mutating func watchPolls(port: inout BrokerPort) {
        if group.pollCheck != nil { return }
        let check = port.now + settings.maxPollInterval
        group.pollCheck = check
        port.wake(at: check)
    }

    /// A member that polls learns of a rebalance, and gives up what it must.
    mutating func hearOfRebalance(_ worker: Int, port: inout BrokerPort) {
        if group.rebalance != nil {
            if !members[worker].hasRejoined { rejoin(worker) }
        } else if !members[worker].leaving.isEmpty {
            releaseLeaving(of: worker)
            startRebalance(port: &port)
        }
    }

    /// Ends the rebalance if all members have rejoined, and shares out the partitions.
    mutating func completeRebalance(port: inout BrokerPort) {
        guard var rebalance = group.rebalance, port.now >= rebalance.earliestEnd,
            group.awaitedCount == 0, group.silentCount == 0
        else { return }
        if rebalance.isFirst && rebalance.hasNewMember && port.now < rebalance.start + settings.maxPollInterval {
            rebalance.hasNewMember = false
            rebalance.earliestEnd = port.now + settings.initialRebalanceDelay
            group.rebalance = rebalance
            port.wake(at: rebalance.earliestEnd)
            return
        }
        group.rebalance = nil
        let live = members.indices.filter { members[$0].standing == .live }
        share(among: live)
        var mustRepeat = false
        for worker in live {
            if !members[worker].leaving.isEmpty && giveUpLeaving(worker, port: &port) { mustRepeat = true }
            fetch(worker, port: &port)
        }
        if mustRepeat && group.rebalance == nil { startRebalance(port: &port) }
    }
}

extension Kafka {
    private mutating func startRebalance(isFirst: Bool = false, port: inout BrokerPort) {
        let end = port.now + (isFirst ? settings.initialRebalanceDelay : settings.rebalanceTime)
        group.rebalance = GroupState.Rebalance(start: port.now, earliestEnd: end, isFirst: isFirst)
        group.awaitedCount = group.liveCount
        port.wake(at: end)
        for worker in members.indices where members[worker].standing == .live {
            members[worker].hasRejoined = false
            if settings.revokesAtOnce && !settings.isCooperative { reclaimAll(from: worker, port: &port) }
            if settings.revokesAtOnce || members[worker].batch.isEmpty { rejoin(worker) }
        }
    }

    /// A member asks to be let in again; before that it gives up its partitions, unless it may keep them.
    private mutating func rejoin(_ worker: Int) {
        members[worker].hasRejoined = true
        group.awaitedCount -= 1
        releaseLeaving(of: worker)
        if !settings.isCooperative { releaseAll(of: worker) }
    }

    /// Gives every partition its owner; where members keep what they have, a partition that must move only begins to
    /// leave, and another rebalance gives it to its new owner.
    private mutating func share(among live: [Int]) {
        let old = owners
        let new =
            settings.isCooperative
            ? PartitionAssignment.sticky(owners: old, members: live)
            : PartitionAssignment.range(partitions: old.count, members: live)
        for worker in live {
            members[worker].partitions.removeAll(keepingCapacity: true)
            members[worker].ready.removeAll()
        }
        for (partition, owner) in new.enumerated() {
            let isMoving = old[partition] >= 0 && old[partition] != owner
            disown(partition, now: isMoving ? Kafka.leaving : owner)
            if isMoving {
                members[old[partition]].leaving.append(partition)
            } else if owner >= 0 {
                members[owner].partitions.append(partition)
                markReady(partition)
            }
        }
    }

    /// Whether a member gives up what it must at once; else it does so when it polls.
    private mutating func giveUpLeaving(_ worker: Int, port: inout BrokerPort) -> Bool {
        if settings.revokesAtOnce {
            let entries = members[worker].batch.removeAll(fromLogs: members[worker].leaving)
            for entry in entries { reclaim(entry, from: worker, port: &port) }
        } else if !members[worker].batch.isEmpty {
            return false
        }
        releaseLeaving(of: worker)
        return true
    }

    private mutating func releaseLeaving(of worker: Int) {
        for partition in members[worker].leaving { disown(partition, now: PartitionAssignment.nobody) }
        members[worker].leaving.removeAll(keepingCapacity: true)
    }

    private mutating func releaseAll(of worker: Int) {
        releaseLeaving(of: worker)
        for partition in members[worker].partitions { disown(partition, now: PartitionAssignment.nobody) }
        members[worker].partitions.removeAll(keepingCapacity: true)
        members[worker].ready.removeAll()
    }

    private mutating func stopCounting(_ worker: Int, as standing: GroupMember.Standing) {
        members[worker].standing = standing
        group.liveCount -= 1
        if group.rebalance != nil && !members[worker].hasRejoined { group.awaitedCount -= 1 }
    }

    /// Whether the session of any member timed out.
    private mutating func expireSessions(now: Instant) -> Bool {
        var isAnyGone = false
        while let departure = group.departures.first, departure.expiry <= now {
            _ = group.departures.removeFirst()
            let member = members[departure.worker]
            let isStillGone = member.standing == .silent && member.departure == departure.number
            if settings.isStatic && !isStillGone { continue }
            group.silentCount -= 1
            isAnyGone = true
            if isStillGone {
                releaseAll(of: departure.worker)
                members[departure.worker].standing = .absent
            }
        }
        return isAnyGone
    }

    /// Whether any member was expelled because it did not poll for too long: what it has is taken from it.
    private mutating func expelSlowMembers(port: inout BrokerPort) -> Bool {
        guard let check = group.pollCheck, port.now >= check else { return false }
        group.pollCheck = nil
        var isAnyGone = false
        for worker in members.indices where !members[worker].batch.isEmpty {
            let deadline = members[worker].lastPoll + settings.maxPollInterval
            if deadline > port.now {
                group.pollCheck = min(group.pollCheck ?? deadline, deadline)
                continue
            }
            reclaimAll(from: worker, port: &port)
            stopCounting(worker, as: .absent)
            releaseAll(of: worker)
            port.disconnect(WorkerID(number: UInt32(worker)))
            isAnyGone = true
        }
        return isAnyGone
    }
}
