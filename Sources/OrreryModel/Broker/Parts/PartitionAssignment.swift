/// How a consumer group shares out the partitions of a topic.
///
/// Partitions and members are numbers; the result says for each partition whose it is. Members come in rising order.
enum PartitionAssignment {
    /// The owner of a partition that nobody has.
    static let nobody = -1

    /// Neighbouring partitions in equal shares; the first members get one more where it does not come out even.
    ///
    /// Source: apache/kafka, `RangeAssignor`, for one topic.
    static func range(partitions: Int, members: [Int]) -> [Int] {
        var owners = [Int](repeating: nobody, count: partitions)
        var next = 0
        for (place, member) in members.enumerated() {
            let share = partitions / members.count + (place < partitions % members.count ? 1 : 0)
            for partition in next..<(next + share) { owners[partition] = member }
            next += share
        }
        return owners
    }

    /// Equal shares in which every member keeps as much as possible of what it has.
    ///
    /// Source: apache/kafka, `AbstractStickyAssignor`, where all members read the same topic.
    static func sticky(owners: [Int], members: [Int]) -> [Int] {
        guard let last = members.last else { return owners.map { _ in nobody } }
        var places = [Int](repeating: nobody, count: last + 1)
        for (place, member) in members.enumerated() { places[member] = place }
        func place(of owner: Int) -> Int? {
            owner >= 0 && owner <= last && places[owner] >= 0 ? places[owner] : nil
        }
        let share = owners.count / members.count
        var quotas = [Int](repeating: share, count: members.count)
        var extra = owners.count % members.count
        var owned = [Int](repeating: 0, count: members.count)
        for owner in owners { if let place = place(of: owner) { owned[place] += 1 } }
        // One more than the share goes first to those that have it already.
        for wantsMore in [true, false] {
            for place in quotas.indices where extra > 0 && (owned[place] > share) == wantsMore {
                quotas[place] += 1
                extra -= 1
            }
        }
        var result = owners
        for (partition, owner) in owners.enumerated() {
            let keeper = place(of: owner).flatMap { quotas[$0] > 0 ? $0 : nil }
            result[partition] = keeper == nil ? nobody : owner
            if let keeper { quotas[keeper] -= 1 }
        }
        var taker = 0
        for partition in result.indices where result[partition] == nobody {
            while quotas[taker] == 0 { taker = (taker + 1) % members.count }
            result[partition] = members[taker]
            quotas[taker] -= 1
            taker = (taker + 1) % members.count
        }
        return result
    }
}
