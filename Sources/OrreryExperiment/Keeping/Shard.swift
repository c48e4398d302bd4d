/// One of several equal parts of an experiment's runs: `2/4` is the second of four.
public struct Shard: Codable, Equatable, Sendable {
    /// Which part, from 1.
    public let number: Int
    /// How many parts there are.
    public let count: Int

    /// The most parts that an experiment is divided into.
    public static let limit = 10_000

    /// The part that a text such as `2/4` names; nil for any other text.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let number = parts[0], let count = parts[1], (1...Shard.limit).contains(count),
            (1...count).contains(number)
        else { return nil }
        self.number = number
        self.count = count
    }

    /// The replications of this part: every so-manieth of the list, so that parts cost about the same.
    public func part<List: RandomAccessCollection<Replication>>(
        of list: List
    ) -> [Replication] where List.Index == Int {
        stride(from: number - 1, to: list.count, by: count).map { list[$0] }
    }
}

extension Shard: CustomStringConvertible {
    /// As it is written: `2/4`.
    public var description: String { "\(number)/\(count)" }
}
