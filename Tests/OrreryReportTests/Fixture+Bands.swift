import Foundation

@testable import OrreryExperiment

extension Fixture {
    /// The spread of the seeds around a series, a tenth to both sides.
    func band(_ name: BandedSeries, _ values: [Double], _ width: Double) -> SeriesBandResult {
        let factor = max(1, (values.count + 199) / 200)
        let joined = stride(from: 0, to: values.count, by: factor).map { start in
            let part = values[start..<min(values.count, start + factor)]
            return part.reduce(0, +) / Double(part.count)
        }
        return SeriesBandResult(
            series: name, binSeconds: width * Double(factor), seeds: seeds, lower: joined.map { $0 * 0.9 },
            upper: joined.map { $0 * 1.1 })
    }

    /// Most items take long at night and few by day.
    func latencyClasses(_ bins: Int) -> LatencyClassesResult {
        let ends = [10.0, 20, 30, 60, 120, 300]
        return LatencyClassesResult(
            upperSeconds: ends,
            counts: ends.indices.map { place in
                (0..<bins).map { bin -> Int64 in
                    let day = Double(bin) / Double(bins) * days
                    let level = max(0, sin(2 * Double.pi * (day - 0.45)))
                    let distance = Double(place) - 3 * level
                    return level == 0 ? 0 : Int64(1000 * exp(-distance * distance))
                }
            })
    }

    /// Copies that were refused and sent again while the load was too high.
    func sending(_ produced: [Double], _ load: Double) -> SendingSeriesResult {
        let refused = produced.map { load > 1 ? $0 * 0.2 : 0 }
        return SendingSeriesResult(
            sent: zip(produced, refused).map(+), retried: refused, refused: refused, timedOut: produced.map { _ in 0 })
    }

    /// A run in which exactly one item came and went.
    static var oneEvent: ExperimentResult {
        var result = Fixture(name: "A single exposure", seeds: 1, bins: 1, days: 1).result
        var variant = result.variants[0]
        variant.replications[0].produced = 1
        variant.replications[0].delivered = 1
        variant.replications[0].inFlight = 0
        variant.replications[0].events = 9
        variant.latency = DistributionResult(
            count: 1, mean: 12.5, halfWidth: nil, smallest: 12.5, largest: 12.5,
            quantiles: [0, 0.5, 1].map { .init(share: $0, seconds: 12.5) }, bySeed: [12.5])
        variant.series.produced = [1]
        variant.series.delivered = [1]
        variant.series.lost = [0]
        variant.diagnosis.sentences = ["No symptom was found."]
        result.variants[0] = variant
        return result
    }
}
