import Foundation

@testable import OrreryExperiment

extension Fixture {
    /// The whole result.
    var result: ExperimentResult {
        let isFailing = load > 1
        return ExperimentResult(
            orreryVersion: "0.1.0", samplerVersion: 1,
            command: "orrery run scenarios/four-ridges/scenario.yaml --seeds \(seeds) -o html=report.html",
            scenario: name, summary: summary, startDate: "2026-03-20", durationSeconds: days * 86_400,
            warmUpSeconds: days > 2 ? 43_200 : 0, seeds: (0..<seeds).map { UInt64($0 + 1) }, interrupted: false,
            variants: variants.enumerated().map { index, name in
                var variant = variant(name, load: load * (1 - 0.25 * Double(index)))
                if index > 0 { variant.differences = differences }
                return variant
            },
            fingerprint: Fixture.digest(seeds),
            verdict: .init(
                outcome: isFailing ? .failed : .passed,
                sentence: isFailing
                    ? "The queue overflowed: 3.1 % of the images were lost, and the 99th percentile of the latency is above its limit."
                    : "Every image arrived, and 99 of 100 within 40 seconds; both thresholds hold in all 30 seeds."))
    }

    private func variant(_ name: String, load: Double) -> VariantResult {
        let stages = stages(load)
        let mean = stages.reduce(0) { $0 + ($1.mean ?? 0) }
        return VariantResult(
            name: name, scenarioText: scenarioText, startDate: "2026-03-20", durationSeconds: days * 86_400,
            warmUpSeconds: days > 2 ? 43_200 : 0,
            network: NetworkSize(
                telescopes: 160, sites: 4, streams: 1, workers: 12, brokerCapacity: capacity, hasStore: true),
            replications: (0..<seeds).map { replication($0, load) }, classes: classes(load),
            fingerprint: Fixture.digest(seeds + 1),
            metrics: metrics(load, mean), differences: [], latency: latency(mean), stages: stages, series: series(load),
            groups: groups(load, mean),
            thresholds: thresholds(load),
            diagnosis: diagnosis(load),
            findings: [
                "The uplink of site ridge-2 was the busiest part: 81 % busy at night, and images waited 3.4 s for it on average.",
                "The broker’s queue never held more than a third of its places." + hostile,
                "In flight at the end: 3 images, all of the last minute.",
            ],
            assumptions: [
                "Read-out times are constant for a camera; real ones vary by a few milliseconds." + hostile,
                "An uplink sends one image after the other and never fails.",
                "UNCALIBRATED: no measurement stands behind the service times.",
            ])
    }

    private func replication(_ index: Int, _ load: Double) -> ReplicationResult {
        let produced = Int64(120_000 + index * 37 % 211)
        let lost: Int64 = load > 1 ? 3720 + Int64(index * 13 % 97) : 0
        return ReplicationResult(
            seed: UInt64(index + 1), class: load > 1 ? "collapsed" : "stable", fingerprint: Fixture.digest(index),
            events: UInt64(produced) * 9,
            produced: produced,
            delivered: produced - lost - 3, lost: lost > 0 ? ["broker-full" + hostile: lost] : [:], inFlight: 3)
    }

    private func classes(_ load: Double) -> [ClassResult] {
        ["stable", "recovered", "metastable", "collapsed"].map { name in
            let runs = name == (load > 1 ? "collapsed" : "stable") ? seeds : 0
            return ClassResult(
                name: name, summary: "were \(name)" + hostile, runs: runs, classed: seeds,
                share: seeds > 0 ? Double(runs) / Double(seeds) : nil, lower: runs > 0 ? 0.884 : 0,
                upper: runs > 0 ? 1 : 0.116)
        }
    }

    private func metrics(_ load: Double, _ latency: Double) -> [MetricResult] {
        let table: [(String, String, String, Double)] = [
            ("items.produced", "items", "how many items were produced", 120_100),
            ("items.lost", "items", "how many items were lost", load > 1 ? 3760 : 0),
            ("throughput", "items/s", "items delivered per second", 0.1984),
            ("latency.mean", "s", "mean latency" + hostile, latency),
            ("queue.mean", "items", "mean number of items waiting in the broker", 2.31 * load),
            ("broker.depth-highest", "copies", "the most copies that waited in the broker", 640 * load),
            ("uplinks.utilisation", "share", "busy share of the uplinks", 0.55 * load),
            ("workers.utilisation", "share", "busy share of the workers", min(1, 0.83 * load)),
            ("store.utilisation", "share", "busy share of the store", 0.22 * load),
        ]
        return table.map { key, unit, summary, mean in
            MetricResult(
                key: key, unit: unit, summary: summary, mean: mean, halfWidth: seeds > 1 ? mean * 0.0123 : nil,
                better: "lower", bySeed: (0..<seeds).map { mean * (1 + 0.01 * sin(Double($0))) })
        }
    }

    /// One seed lacks a latency, and one metric is named by a threshold.
    private var differences: [DifferenceResult] {
        let table: [(String, String, Int, Double, Double)] = [
            ("items.delivered", "items", seeds, 1190, 90), ("items.lost", "items", seeds, -1204.5, 87.25),
            ("items.loss-share", "share", seeds, -0.010123, 0.000712), ("broker.depth", "items", seeds, -2.5, 0.25),
            ("broker.depth-highest", "items", seeds, -640, 0), ("latency", "s", seeds, 0, 0),
            ("delivery.latency", "s", seeds - 1, 0.012, 0.2),
        ]
        return table.map { key, unit, pairs, mean, halfWidth in
            DifferenceResult(key: key, unit: unit, pairs: pairs, mean: mean, halfWidth: pairs > 1 ? halfWidth : nil)
        }
    }

    private func latency(_ mean: Double) -> DistributionResult {
        let tail = [0.95, 0.975, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9998, 0.9999, 0.99995, 0.99999, 0.999999]
        let shares = (0..<19).map { Double($0) * 0.05 } + tail
        return DistributionResult(
            count: 3_600_000, mean: mean, halfWidth: seeds > 1 ? mean * 0.012 : nil, smallest: mean * 0.31,
            largest: mean * 21,
            quantiles: shares.map {
                .init(share: $0, seconds: mean * (0.31 - 0.55 * log(1 - $0) + ($0 > 0.99 ? 0.9 : 0)))
            }, bySeed: (0..<seeds).map { mean * (1 + 0.01 * sin(Double($0))) })
    }

    private func stages(_ load: Double) -> [StageResult] {
        let table: [(String, String, Bool, Double)] = [
            ("read-out", "is read out by the camera", false, 1.2),
            ("uplink-wait", "waits for the site's uplink", true, 3.41 * load),
            ("uplink-transfer", "is sent over the site's uplink", false, 4.16),
            ("propagation", "travels to the centre", false, 0.0312),
            ("broker-wait", "waits in the broker's queue", true, 2.25 * load * load),
            ("service", "is processed by a worker", false, 2.87),
            ("store-wait", "waits for the store", true, 0.07), ("store-write", "is written to the store", false, 0.61),
        ]
        return table.map { name, summary, isWaiting, mean in
            StageResult(
                name: name, summary: summary, isWaiting: isWaiting, mean: mean, p95: mean * 2.9, largest: mean * 17,
                meanOccupancy: mean * 0.198, highestOccupancy: name == "broker-wait" && load > 1 ? 1000 : Int(mean * 31)
            )
        }
    }

    private func series(_ load: Double) -> SeriesResult {
        let bin = days * 86_400 / Double(bins)
        let times = (0..<bins).map { (Double($0) + 0.5) * bin / 86_400 }
        let night = times.map { max(0, sin(2 * Double.pi * ($0 - 0.45))) }
        let noise = (0..<bins).map { 1 + 0.12 * sin(Double($0 * $0 % 97)) }
        let produced = zip(night, noise).map { 0.62 * $0 * $1 * bin * load }
        let delivered = produced.map { min($0, 0.56 * bin) }
        let depth = zip(night, noise).map { 300 * max(0, $0 * load - 0.45) * $1 }
        let coarse = max(1, bins / 4)
        let p50 = (0..<coarse).map { index -> Double? in
            let level = night[min(bins - 1, index * 4)]
            return level == 0 ? nil : 8 + 12 * level * load * load
        }
        var series = SeriesResult(
            binSeconds: bin, produced: produced, delivered: delivered,
            lost: zip(produced, delivered).map { max(0, $0 - $1) },
            brokerDepth: depth, brokerDepthHighest: depth.map { min(Double(capacity ?? 5000), ($0 * 2.4).rounded()) },
            inFlight: zip(depth, night).map { $0 + 6 * $1 }, diskBacklog: night.map { 60 * $0 * load },
            uplinkUtilisation: night.map { min(1, $0 * 0.9 * load) },
            workerUtilisation: night.map { min(1, $0 * 1.02 * load) },
            storeUtilisation: night.map { 0.4 * $0 * load }, latencyBinSeconds: bin * 4, latencyP50: p50,
            latencyP95: p50.map { $0.map { $0 * 2.8 } }, latencyP99: p50.map { $0.map { $0 * 6.1 } })
        series.sending = sending(produced, load)
        series.latencyClasses = latencyClasses(coarse)
        if load > 1, bins > 50 { series.faults = (0..<bins).map { (bins / 28..<bins / 24).contains($0) ? 1 : 0 } }
        if seeds > 1 {
            series.bands = [
                band(.delivered, delivered, bin), band(.brokerDepth, depth, bin), band(.inFlight, series.inFlight, bin),
                band(.workerUtilisation, series.workerUtilisation ?? [], bin),
                band(.latencyP99, p50.map { ($0 ?? 0) * 6 }, bin * 4),
            ]
        }
        return series
    }

    private func groups(_ load: Double, _ mean: Double) -> [GroupResult] {
        let fleet = (1...4).map { number in
            GroupResult(
                name: "ridge-\(number)" + hostile, site: "ridge-\(number)", telescopes: 40, itemBytes: 122_400_000,
                produced: 28_340,
                delivered: 28_331, lost: load > 1 ? 9 : 0, latencyMean: mean, latencyP99: mean * 3.5)
        }
        return fleet + [
            GroupResult(
                name: "alerts", site: nil, telescopes: nil, itemBytes: 82_000, produced: 6640, delivered: 6640, lost: 0,
                latencyMean: 3.2, latencyP99: 11.4)
        ]
    }

    private func thresholds(_ load: Double) -> [ThresholdResult] {
        [
            ThresholdResult(
                metric: "latency", condition: "p(99) < 40s", verdict: load > 1 ? "broken" : "holds",
                observed: load > 1 ? 52.1 : 37.2, limit: 40, unit: "s",
                excess: load > 1 ? 0.3025 : -0.07, seedsHolding: load > 1 ? 0 : seeds,
                seedsJudged: seeds),
            ThresholdResult(
                metric: "items.lost", condition: "count == 0", verdict: load > 1 ? "broken" : "holds",
                observed: load > 1 ? 3760 : 0, limit: 0, unit: "items", excess: nil,
                seedsHolding: load > 1 ? 0 : seeds, seedsJudged: seeds),
        ]
    }

    private var scenarioText: String {
        """
        version: 1
        name: four ridges, one week
        time: { start: 2026-03-20, duration: 7d, warm-up: 12h }
        sites:
          - { name: ridge, count: 4, latitude: -30.17, longitude: -70.80, uplink: { rate: 250 Mbit/s, delay: 31.2ms } }
        fleet:
          - { name: ridge, count: 40, camera: asi6200, exposure: 60s }
        broker: { kind: bounded-queue, capacity: \(capacity ?? 0) }
        workers: { count: 12, service: { kind: exponential, mean: 2.87s } }
        """ + hostile
    }
}
