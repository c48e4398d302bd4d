/// What an experiment found: everything that a report shows, and exactly what the result file holds.
///
/// It holds no wall-clock times and no machine names, so two runs of the same scenario, seeds and version give the
/// same bytes. All times are in seconds, all sizes in bytes. A figure that was not measured is absent (nil), never
/// zero.
public struct ExperimentResult: Codable, Sendable {
    /// The format's name: `orrery-result`.
    public var format = "orrery-result"
    /// The version of the format; raised when a field changes its meaning.
    public var formatVersion = 3
    /// The version of Orrery that made it.
    public var orreryVersion: String
    /// The version of the random streams and samplers.
    public var samplerVersion: Int
    /// The command that makes it again.
    public var command: String
    /// The scenario's name.
    public var scenario: String
    /// What the scenario is about; may be empty.
    public var summary: String
    /// The first day, `YYYY-MM-DD`; where variants differ, that of the first.
    public var startDate: String
    /// How long each run lasts; where variants differ, that of the first.
    public var durationSeconds: Double
    /// How much of each run was not observed; where variants differ, that of the first.
    public var warmUpSeconds: Double
    /// The seeds that were asked for.
    public var seeds: [UInt64]
    /// Whether the experiment was interrupted before all seeds were run.
    public var interrupted: Bool
    /// What was found for each variant, in the scenario's order.
    public var variants: [VariantResult]
    /// The digest over all variants and seeds: 32 hexadecimal digits.
    public var fingerprint: String
    /// Over all variants: whether the thresholds hold.
    public var verdict: Verdict
    /// How precisely the metric is known that seeds were added for; nil where their number was fixed.
    public var precision: PrecisionResult?

    /// The verdict over all variants.
    public struct Verdict: Codable, Sendable {
        /// `passed`, `failed` (a threshold is broken), or `invalid` (nothing to judge).
        public var outcome: Outcome
        /// The verdict in one sentence.
        public var sentence: String
    }

    /// How an experiment can end.
    public enum Outcome: String, Codable, Sendable {
        case passed
        case failed
        case invalid
    }
}

/// What was found for one variant of a scenario, over all its seeds.
public struct VariantResult: Codable, Sendable {
    /// The variant's name; `as-written` where the scenario has no variants.
    public var name: String
    /// The scenario as this variant runs it, as a YAML text with every default filled in.
    public var scenarioText: String
    /// The first day of its runs, `YYYY-MM-DD`.
    public var startDate: String
    /// How long each of its runs lasts.
    public var durationSeconds: Double
    /// How much of each of its runs was not observed.
    public var warmUpSeconds: Double
    /// What the network consists of.
    public var network: NetworkSize
    /// The seeds that finished, in their order.
    public var replications: [ReplicationResult]
    /// How many of its runs are of each class, in the order of the classes.
    public var classes: [ClassResult]
    /// The digest over its seeds.
    public var fingerprint: String
    /// The scalar metrics, in the catalog's order.
    public var metrics: [MetricResult]
    /// The differences to the first variant, paired by seed, in the catalog's order; empty for the first variant.
    public var differences: [DifferenceResult]
    /// The end-to-end latency of everything delivered after the warm-up, all seeds merged; from the closing of the
    /// shutter.
    public var latency: DistributionResult
    /// Where the time went: every stage that items pass, in the order of their way.
    ///
    /// The mean times sum to the mean latency.
    public var stages: [StageResult]
    /// What happened over time, as means over the seeds.
    public var series: SeriesResult
    /// One row for each group of telescopes and stream of arrivals.
    public var groups: [GroupResult]
    /// The thresholds and whether they hold.
    public var thresholds: [ThresholdResult]
    /// Why its runs went as they did.
    public var diagnosis: DiagnosisResult
    /// What was noticed, in words, the most important first: losses, backlogs, the busiest part.
    public var findings: [String]
    /// The assumptions that the figures rest on, in words.
    public var assumptions: [String]
}

/// What a network consists of.
public struct NetworkSize: Codable, Sendable {
    /// How many telescopes observe.
    public var telescopes: Int
    /// How many sites they stand at, each with an uplink.
    public var sites: Int
    /// How many plain streams of arrivals there are.
    public var streams: Int
    /// How many workers process items; none where there is a cluster.
    public var workers: Int
    /// How many nodes the cluster has; nil if there is none.
    public var nodes: Int?
    /// Places in the broker's queue; nil if there is no limit.
    public var brokerCapacity: Int?
    /// Whether items are written to a store before they count as delivered.
    public var hasStore: Bool
    /// How many servers keep the workers' locks; nil without locks.
    public var coordinationServers: Int?
    /// How the state is kept that workers change; nil if they change none.
    public var state: String?
    /// How many operators reconcile; nil if nobody does.
    public var operators: Int?
    /// How telescopes get their observations, `push` or `pull`; nil if they expose by themselves.
    public var scheduler: String?
}

/// One seed's run: its totals from the start of the run, warm-up included.
///
/// Produced = delivered + lost + in flight.
public struct ReplicationResult: Codable, Sendable {
    /// The seed of the run.
    public var seed: UInt64
    /// What became of the run: `stable`, `recovered`, `metastable` or `collapsed`; nil if nothing can be said, because
    /// there was nothing to carry or the run was too short.
    public var `class`: String?
    /// The digest of every event: 32 hexadecimal digits.
    public var fingerprint: String
    /// How many events were handled.
    public var events: UInt64
    /// Items that came into being.
    public var produced: Int64
    /// Items that reached the archive.
    public var delivered: Int64
    /// Losses by reason; reasons without losses are absent.
    public var lost: [String: Int64]
    /// Items on their way at the end of the run.
    public var inFlight: Int64
}

/// A scalar metric over the seeds: one value a seed, their mean, and the 95 % interval of the mean.
public struct MetricResult: Codable, Sendable {
    /// The key, for instance `workers.utilisation`.
    public var key: String
    /// The unit: `s`, `B`, `items`, `items/s`, `exposures`, or `share` for shares from 0 to 1.
    public var unit: String
    /// What it means, in one line.
    public var summary: String
    /// The mean over the seeds, in the unit.
    public var mean: Double
    /// Half the width of the 95 % Student-t interval over the seeds; nil for fewer than two seeds.
    public var halfWidth: Double?
    /// Which way is the better one: `higher`, `lower` or `neither`.
    public var better: String
    /// One value for each finished seed, in the order of the replications; nil for a seed without data.
    public var bySeed: [Double?]

    /// The values of the seeds that have one, in order.
    public var perSeed: [Double] { bySeed.compactMap(\.self) }
}

/// How likely a run of a variant is to be of a class.
public struct ClassResult: Codable, Sendable, Equatable {
    /// The class: `stable`, `recovered`, `metastable` or `collapsed`.
    public var name: String
    /// What runs of this class do, in one line.
    public var summary: String
    /// How many runs are of this class.
    public var runs: Int
    /// How many runs have a class.
    public var classed: Int
    /// The share of them that is of this class; nil if none has one.
    public var share: Double?
    /// The lower end of the exact 95 % interval (Clopper and Pearson) of the probability.
    public var lower: Double?
    /// Its upper end.
    public var upper: Double?
}

/// The distribution of a duration over all items of all seeds.
public struct DistributionResult: Codable, Sendable {
    /// How many items were delivered; without any, all figures are nil.
    public var count: Int64
    /// The mean over all items, in seconds.
    public var mean: Double?
    /// Half the width of the 95 % interval of the mean over the seeds, in seconds; nil for fewer than two seeds.
    public var halfWidth: Double?
    /// The shortest, in seconds.
    public var smallest: Double?
    /// The longest, in seconds.
    public var largest: Double?
    /// From 0 to 1 in a grid that is fine towards 1: 0.5, 0.9, 0.99, 0.999 and more between them.
    public var quantiles: [Quantile]
    /// The mean of each finished seed, in the order of the replications, in seconds; nil for one without deliveries.
    public var bySeed: [Double?]

    /// The value that a share of all items does not exceed.
    public struct Quantile: Codable, Sendable {
        /// The share of items, from 0 to 1.
        public var share: Double
        /// The value that they do not exceed.
        public var seconds: Double
    }
}

/// One stage of the way.
public struct StageResult: Codable, Sendable {
    /// The name, for instance `broker-wait`.
    public var name: String
    /// What an item does there.
    public var summary: String
    /// Whether the item only waits there.
    public var isWaiting: Bool
    /// The mean time that a delivered item spent there; nil without deliveries.
    public var mean: Double?
    /// The 95th percentile of that time.
    public var p95: Double?
    /// The longest time.
    public var largest: Double?
    /// How many items were there on average, after the warm-up.
    public var meanOccupancy: Double
    /// How many items were there at most, after the warm-up, over all seeds.
    public var highestOccupancy: Int
}

/// What happened over time: one value a bin, means over the seeds unless stated.
public struct SeriesResult: Codable, Sendable {
    /// The width of a bin.
    public var binSeconds: Double
    /// Items produced in each bin.
    public var produced: [Double]
    /// Items delivered in each bin.
    public var delivered: [Double]
    /// Items lost in each bin.
    public var lost: [Double]
    /// Items waiting in the broker, averaged over each bin.
    public var brokerDepth: [Double]
    /// The most items waiting in the broker in each bin, in any of the seeds.
    public var brokerDepthHighest: [Double]
    /// Items anywhere between shutter and archive.
    public var inFlight: [Double]
    /// Items waiting on all telescopes' disks.
    public var diskBacklog: [Double]
    /// The busy share (0…1) of the uplinks; nil without sites.
    public var uplinkUtilisation: [Double]?
    /// The busy share (0…1) of the workers; nil where there is a cluster.
    public var workerUtilisation: [Double]?
    /// What happened in the cluster; nil if there is none.
    public var cluster: ClusterSeriesResult?
    /// What happened to the workers' locks; nil without a coordination service.
    public var locks: LockSeriesResult?
    /// What happened at the state that workers change; nil if there is none.
    public var state: StateSeriesResult?
    /// The busy share (0…1) of the store; nil without one.
    public var storeUtilisation: [Double]?
    /// The width of a bin of the latency, which is coarser.
    public var latencyBinSeconds: Double
    /// The median latency of what was delivered in each bin, all seeds merged; nil in bins without deliveries.
    public var latencyP50: [Double?]
    /// Its 95th percentile.
    public var latencyP95: [Double?]
    /// Its 99th percentile.
    public var latencyP99: [Double?]
    /// The replicas that the autoscaler wants, averaged over each bin; nil without one.
    public var replicasWanted: [Double]?
    /// Those that work and are not going; nil without an autoscaler.
    public var replicasReady: [Double]?
    /// Those that work on something; nil without an autoscaler.
    public var replicasBusy: [Double]?
    /// What became of telescopes and observations; nil without a scheduler.
    public var scheduler: SchedulerSeriesResult?
    /// What producers sent, and what came back; nil if nothing was sent.
    public var sending: SendingSeriesResult?
    /// Faults of the scenario that are going on, averaged over each bin; nil if there never is one.
    public var faults: [Double]?
    /// Uplinks in an outage of their own, averaged over each bin; nil if there never is one.
    public var uplinksOut: [Double]?
    /// How many items took how long in each bin of the latency; nil without deliveries.
    public var latencyClasses: LatencyClassesResult?
    /// Between which values the seeds lie; nil for fewer than two seeds.
    public var bands: [SeriesBandResult]?
}

/// What happened over time at the state that workers change: one value a bin, means over the seeds.
public struct StateSeriesResult: Codable, Sendable {
    /// Writes of workers in each bin, accepted or not.
    public var writes: [Double]
    /// Those of them that conflicted.
    public var conflicts: [Double]
    /// Items waiting for an operator; nil without operators.
    public var operatorsWaiting: [Double]?
    /// The busy share (0…1) of the operators; nil without operators.
    public var operatorUtilisation: [Double]?
}

/// What happened over time in the cluster: one value a bin, means over the seeds.
public struct ClusterSeriesResult: Codable, Sendable {
    /// The busy share (0…1) of the loops of all nodes.
    public var utilisation: [Double]
    /// Nodes that are there.
    public var members: [Double]
    /// Messages waiting in inboxes.
    public var waiting: [Double]
    /// Messages that a full inbox lost in each bin.
    public var overflows: [Double]
    /// Nodes that were declared dead in each bin.
    public var declaredDead: [Double]
    /// Events that were given to another owner in each bin, because theirs was declared dead.
    public var redistributed: [Double]
    /// Events that were handed over once more in each bin, because nobody acknowledged them in time.
    public var retried: [Double]
}

/// What happened over time to the workers' locks: one value a bin, means over the seeds.
public struct LockSeriesResult: Codable, Sendable {
    /// Workers that wait for a lock, averaged over each bin.
    public var waiting: [Double]
    /// Locks that workers got in each bin.
    public var acquired: [Double]
    /// Locks that workers did not get in time in each bin.
    public var abandoned: [Double]
    /// Sessions that expired in each bin.
    public var sessionsExpired: [Double]
}

/// What producers sent over time: one value a bin, means over the seeds.
public struct SendingSeriesResult: Codable, Sendable {
    /// Copies that were sent in each bin.
    public var sent: [Double]
    /// Those of them whose item had been sent before.
    public var retried: [Double]
    /// Copies that the centre turned away in each bin.
    public var refused: [Double]
    /// Copies to which no answer came in time in each bin.
    public var timedOut: [Double]
}

/// What became of telescopes and observations over time: one value a bin, means over the seeds.
public struct SchedulerSeriesResult: Codable, Sendable {
    /// Telescopes under an open dome that work.
    public var open: [Double]
    /// Those of them that have nothing to do.
    public var idle: [Double]
    /// Telescopes that are marked offline.
    public var offline: [Double]
    /// Requests that wait for a telescope.
    public var pending: [Double]
    /// Observations that were completed in each bin.
    public var completed: [Double]
    /// Observations that ended otherwise in each bin.
    public var wasted: [Double]
}

/// One group of telescopes or stream of arrivals.
public struct GroupResult: Codable, Sendable {
    /// The name in the scenario.
    public var name: String
    /// For telescopes, the name of their site; nil for plain arrivals.
    public var site: String?
    /// How many telescopes; nil for plain arrivals.
    public var telescopes: Int?
    /// The size of one item.
    public var itemBytes: Int64
    /// Items produced after the warm-up, as a mean over the seeds.
    public var produced: Double
    /// Items delivered after the warm-up, as a mean over the seeds.
    public var delivered: Double
    /// Items lost after the warm-up, as a mean over the seeds.
    public var lost: Double
    /// The mean latency in seconds; nil without deliveries.
    public var latencyMean: Double?
    /// The 99th percentile of the latency in seconds; nil without deliveries.
    public var latencyP99: Double?
}
