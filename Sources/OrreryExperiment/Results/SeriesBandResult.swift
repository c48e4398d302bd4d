/// A series that differs from seed to seed, and whose spread is kept.
public enum BandedSeries: String, Codable, CaseIterable, Sendable {
    case delivered
    case brokerDepth = "broker-depth"
    case inFlight = "in-flight"
    case workerUtilisation = "worker-utilisation"
    case clusterUtilisation = "cluster-utilisation"
    case clusterMembers = "cluster-members"
    case clusterWaiting = "cluster-waiting"
    case clusterOverflows = "cluster-overflows"
    case lockWaiters = "lock-waiters"
    case stateConflicts = "state-conflicts"
    case operatorsWaiting = "operators-waiting"
    case retried
    case replicasReady = "replicas-ready"
    case telescopesIdle = "telescopes-idle"
    case latencyP99 = "latency-p99"
}

/// Between which values nine tenths of the seeds lie, bin by bin: the lowest and the highest twentieth are left out.
///
/// With fewer than twenty seeds none is left out, and the band reaches from the lowest seed to the highest.
public struct SeriesBandResult: Codable, Sendable, Equatable {
    /// The series that it surrounds.
    public var series: BandedSeries
    /// The width of a bin: a multiple of the series' own, because bins are joined by their mean.
    public var binSeconds: Double
    /// How many seeds it is taken from.
    public var seeds: Int
    /// The lower end in each bin; nil where no seed has a value.
    public var lower: [Double?]
    /// The upper end in each bin.
    public var upper: [Double?]
}

/// The series of many seeds, kept side by side until the bands between them are known.
///
/// What it holds is bounded, however many seeds there are and however fine their bins: the first ``seedLimit`` seeds
/// in at most ``binLimit`` bins, which is six megabytes where every series is there.
struct BandSum {
    /// The most seeds that a band is taken from; the first ones, which are as random as any others.
    static let seedLimit = 200
    /// The most bins of a band: as many as a chart can show.
    static let binLimit = 200

    private var rows = BandedSeries.allCases.map { _ in [[Double?]]() }
    private var binSeconds = BandedSeries.allCases.map { _ in 0.0 }

    /// Adds a seed's series, whose bins have this width.
    mutating func add(_ series: BandedSeries, _ values: [Double?], binSeconds width: Double) {
        guard let place = BandedSeries.allCases.firstIndex(of: series), rows[place].count < BandSum.seedLimit else {
            return
        }
        let factor = max(1, (values.count + BandSum.binLimit - 1) / BandSum.binLimit)
        binSeconds[place] = width * Double(factor)
        rows[place].append(
            stride(from: 0, to: values.count, by: factor).map { start in
                let present = values[start..<min(values.count, start + factor)].compactMap(\.self)
                return present.isEmpty ? nil : present.reduce(0, +) / Double(present.count)
            })
    }

    /// The bands of all series that more than one seed has; nil if there is none.
    var result: [SeriesBandResult]? {
        let bands = BandedSeries.allCases.enumerated().compactMap { place, series in
            rows[place].count > 1 ? band(series, rows[place], binSeconds[place]) : nil
        }
        return bands.isEmpty ? nil : bands
    }

    private func band(_ series: BandedSeries, _ rows: [[Double?]], _ width: Double) -> SeriesBandResult {
        let bins = rows.map(\.count).max() ?? 0
        let ends = (0..<bins).map { bin -> (lower: Double, upper: Double)? in
            let sorted = rows.compactMap { bin < $0.count ? $0[bin] : nil }.sorted()
            guard !sorted.isEmpty else { return nil }
            let left = sorted.count / 20
            return (SeriesSum.rounded(sorted[left]), SeriesSum.rounded(sorted[sorted.count - 1 - left]))
        }
        return SeriesBandResult(
            series: series, binSeconds: width, seeds: rows.count, lower: ends.map { $0?.lower },
            upper: ends.map { $0?.upper })
    }
}
