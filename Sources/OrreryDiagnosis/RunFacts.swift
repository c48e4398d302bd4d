import OrreryKernel
public import OrreryModel

/// The facts of one run that findings are made of: small enough to keep for every seed.
public struct RunFacts: Codable, Equatable, Sendable {
    /// Items that came into being since the start.
    public let produced: Int64
    /// Exposures that a closing dome cut short, since the start.
    public let abortedExposures: Int64
    /// Items that wait at the end: how many in each stage in which items only wait.
    public let waiting: [StageCount]
    /// Losses since the start, by reason, in the order of `LossReason`; reasons without losses are absent.
    public let lost: [LossCount]
    /// The most copies that waited in the broker at once, since the warm-up.
    public let brokerDepthHighest: Int
    /// Busy shares since the warm-up, from 0 to 1: each part that has a limit, by name.
    public let utilisations: [PartUtilisation]
    /// The share of time since the warm-up, from 0 to 1, in which the store stopped because its hot tier was full.
    public let storeFull: Double
    /// Items delivered since the warm-up: those whose latency was measured.
    public let measured: Int64
    /// How long all of them together spent in each stage, in nanoseconds.
    public let stageTimes: [StageTime]

    /// Items in a stage.
    public struct StageCount: Codable, Equatable, Sendable {
        /// The stage.
        public let stage: Stage
        /// How many there are.
        public let count: Int64
    }

    /// Items that were lost for one reason.
    public struct LossCount: Codable, Equatable, Sendable {
        /// The reason.
        public let reason: LossReason
        /// How many there are.
        public let count: Int64
    }

    /// How busy a part is.
    public struct PartUtilisation: Codable, Equatable, Sendable {
        /// The part in words.
        public let part: String
        /// Its busy share, from 0 to 1.
        public let share: Double
    }

    /// The time that items spent in a stage.
    public struct StageTime: Codable, Equatable, Sendable {
        /// The stage.
        public let stage: Stage
        /// The sum over the items, in nanoseconds.
        public let nanoseconds: Int128
    }

    /// Reads the facts off a recording.
    public init(_ recording: Recording) {
        let ledger = recording.ledger
        produced = ledger.produced.total
        abortedExposures = recording.abortedExposures.total
        let occupancy = ledger.occupancy
        waiting = Stage.allCases.filter(\.isWaiting).map {
            StageCount(stage: $0, count: Int64(occupancy[$0.rawValue].level))
        }
        lost = LossReason.allCases.compactMap { reason in
            let count = ledger.lost[reason.rawValue].total
            return count > 0 ? LossCount(reason: reason, count: count) : nil
        }
        brokerDepthHighest = recording.brokerDepth.highest
        utilisations = RunFacts.utilisations(of: recording)
        storeFull = recording.blockedStore.mean(at: recording.end) ?? 0
        measured = ledger.latency.count
        stageTimes = Stage.allCases.map { StageTime(stage: $0, nanoseconds: ledger.times(in: $0).sum) }
    }

    private static func utilisations(of recording: Recording) -> [PartUtilisation] {
        var list: [PartUtilisation] = []
        if let busiest = recording.busiestUplink {
            list.append(PartUtilisation(part: "the uplink of \(busiest.site)", share: busiest.utilisation))
        }
        if let share = recording.workerUtilisation {
            list.append(PartUtilisation(part: "the worker pool", share: share))
        }
        if let nodes = recording.plan.cluster?.nodes, let busy = recording.cluster?.busy.gauge.mean(at: recording.end) {
            list.append(PartUtilisation(part: "the cluster's loops", share: busy / Double(nodes)))
        }
        if let service = recording.coordination {
            let share = service.busiest.seconds / recording.observed.seconds
            list.append(PartUtilisation(part: "the busiest coordination server", share: share))
        }
        if let share = recording.operatorUtilisation {
            list.append(PartUtilisation(part: "the operators", share: share))
        }
        if let share = recording.scheduler?.busy.gauge.mean(at: recording.end) {
            list.append(PartUtilisation(part: "the scheduler", share: share))
        }
        if recording.plan.store != nil, let busy = recording.busyStore.gauge.mean(at: recording.end) {
            list.append(PartUtilisation(part: "the store", share: busy))
        }
        return list
    }
}

extension RunFacts.StageTime {
    private enum CodingKeys: String, CodingKey {
        case stage
        case nanoseconds
    }

    /// Writes the sum as a text: few formats know whole numbers of 128 bits.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(stage, forKey: .stage)
        try container.encode(PackedIntegers.text([nanoseconds]), forKey: .nanoseconds)
    }

    /// Reads what `encode` wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        stage = try container.decode(Stage.self, forKey: .stage)
        let numbers = PackedIntegers.numbers(try container.decode(String.self, forKey: .nanoseconds))
        guard let numbers, numbers.count == 1 else {
            throw DecodingError.dataCorruptedError(
                forKey: .nanoseconds, in: container, debugDescription: "no packed whole number")
        }
        nanoseconds = numbers[0]
    }
}
