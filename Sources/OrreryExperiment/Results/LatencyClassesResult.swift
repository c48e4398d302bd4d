import OrreryKernel

/// How many items took how long, bin by bin: the whole distribution over time, for a heat map.
public struct LatencyClassesResult: Codable, Sendable, Equatable {
    /// The upper end of each class of latencies, rising; what is longer than the last is in the last.
    public var upperSeconds: [Double]
    /// One row a class, one value a bin of the latency: how many items of all seeds were delivered then after so long.
    public var counts: [[Int64]]
}

extension LatencyClassesResult {
    /// The upper ends at which people expect a line, in seconds.
    private static let ends: [Double] =
        [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800]
        + [3600, 7200, 18_000, 43_200, 86_400, 172_800, 432_000, 864_000]

    /// The classes that hold anything, from the merged latencies of each bin; nil if nothing was delivered.
    init?(_ bins: [Histogram]) {
        var counts = LatencyClassesResult.ends.map { _ in bins.map { _ in Int64(0) } }
        for (bin, histogram) in bins.enumerated() {
            for (bucket, count) in histogram.buckets.enumerated() where count > 0 {
                let seconds = Double(histogram.bounds(of: bucket).low) / 1e9
                let place = LatencyClassesResult.ends.firstIndex { seconds <= $0 } ?? counts.count - 1
                counts[place][bin] += count
            }
        }
        guard let first = counts.firstIndex(where: { $0.contains { $0 > 0 } }),
            let last = counts.lastIndex(where: { $0.contains { $0 > 0 } })
        else { return nil }
        self.init(upperSeconds: Array(LatencyClassesResult.ends[first...last]), counts: Array(counts[first...last]))
    }
}
