public import OrreryKernel
public import OrreryModel

/// The distillate of one run: everything that a result shows is built from records, and from nothing else of a run.
///
/// A record is small, 10 to 105 kB encoded, and exact: what was decoded equals what was encoded, so a result made
/// of stored records is the result that the runs themselves would have given.
public struct RunRecord: Codable, Equatable, Sendable {
    /// The run's seed.
    public let seed: UInt64
    /// The digest of every event.
    public let fingerprint: Fingerprint
    /// How many events were handled.
    public let eventCount: UInt64
    /// Items that reached the archive since the start.
    public let delivered: Int64
    /// Items on their way at the end.
    public let inFlight: Int64
    /// What became of the run; nil if nothing can be said.
    public let runClass: RunClass?
    /// What findings are made of; it holds what was produced and lost since the start.
    public let facts: RunFacts
    /// What every metric says, in the catalog's order.
    public let readings: [MetricReading]
    /// One entry for each group of telescopes and stream of arrivals, in the plan's order.
    public let groups: [GroupRecord]
    /// How full each stage was, in the order of the way.
    public let stages: [StageRecord]
    /// What happened over time.
    public let series: RunSeries

    /// What a metric says about the run.
    public struct MetricReading: Codable, Equatable, Sendable {
        /// The metric's key in the catalog.
        public let metric: String
        /// What it says.
        public let value: MetricValue
    }

    /// The books of a group, since the warm-up.
    public struct GroupRecord: Codable, Equatable, Sendable {
        /// Items that came into being.
        public let produced: Int64
        /// Items that reached the archive.
        public let delivered: Int64
        /// Items that were lost.
        public let lost: Int64
        /// From creation to delivery.
        public let latency: Histogram
    }

    /// How full a stage was, since the warm-up.
    public struct StageRecord: Codable, Equatable, Sendable {
        /// How many items were there on average.
        public let mean: Double
        /// How many items were there at most.
        public let highest: Int
    }

    /// Reads the record off what a run left behind.
    ///
    /// - Complexity: O(bins of all series and histograms)
    public init(_ recording: Recording) {
        let ledger = recording.ledger
        seed = recording.seed
        fingerprint = recording.fingerprint
        eventCount = recording.eventCount
        delivered = ledger.delivered.total
        inFlight = Int64(ledger.inFlight.level)
        facts = RunFacts(recording)
        let runClass = RunClass(RunLoad(recording.series))
        self.runClass = runClass
        readings = MetricCatalog.metrics.map { metric in
            if let value = metric.value(of: recording) { return MetricReading(metric: metric.key, value: value) }
            let isOfClass = runClass.map { $0.metric == metric.key ? 1.0 : 0 }
            return MetricReading(metric: metric.key, value: .level(isOfClass))
        }
        groups = ledger.groups.map { group in
            GroupRecord(
                produced: group.produced.observed, delivered: group.delivered.observed, lost: group.lost.observed,
                latency: group.latency)
        }
        stages = ledger.occupancy.map {
            StageRecord(mean: $0.mean(at: recording.end) ?? 0, highest: $0.highest)
        }
        series = recording.series
    }

    /// What a metric says; nil for one that the record does not know.
    public func value(of metric: Metric) -> MetricValue? {
        readings.first { $0.metric == metric.key }?.value
    }
}
