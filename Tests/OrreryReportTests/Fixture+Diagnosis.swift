import Foundation

@testable import OrreryExperiment

extension Fixture {
    /// A queue that overflows every night where the load is too high; nothing where it is not.
    func diagnosis(_ load: Double) -> DiagnosisResult {
        let isIll = load > 1
        return DiagnosisResult(
            causes: isIll
                ? [
                    CauseResult(
                        symptom: "EventQueueOverflow", summary: "a bounded queue was full" + hostile, runs: seeds,
                        seen: seeds, lower: 0.884, upper: 1)
                ] : [],
            runs: seeds,
            example: seeds == 0
                ? nil
                : ExampleResult(
                    seed: 1, reason: "the first of the commonest class", class: isIll ? "collapsed" : "stable",
                    symptoms: isIll ? symptoms : [], places: [places]),
            bottleneck: BottleneckResult(
                busiestPart: "the worker pool" + hostile, utilisation: min(1, 0.83 * load), slowestStage: "uplink",
                latencyShare: 0.31),
            reliefs: isIll
                ? [
                    ReliefResult(
                        change: "twenty-workers" + hostile, isVariant: true, metric: "items.loss-share", before: 0.031,
                        after: 0.0002, unit: "share", halfWidth: seeds > 1 ? 0.004 : nil, isShown: seeds > 1),
                    ReliefResult(
                        change: "system.workers.count 12 → 15", isVariant: false, metric: "items.loss-share",
                        before: 0.031, after: 0.002, unit: "share", halfWidth: seeds > 1 ? 0.003 : nil,
                        isShown: seeds > 1),
                ] : [],
            sentences: isIll
                ? [
                    "First cause: EventQueueOverflow at the broker’s queue, 7 h after the start of the run." + hostile,
                    "What would relieve it most: twenty-workers.",
                ] : ["No symptom was found."])
    }

    private var symptoms: [SymptomResult] {
        [
            SymptomResult(
                symptom: "Fault", summary: "a fault of the scenario", role: "trigger", fromSeconds: 21_600,
                toSeconds: 22_200, place: "the centre", evidence: "the fault “outage” (centre-outage) was going on"),
            SymptomResult(
                symptom: "EventQueueOverflow", summary: "a bounded queue was full" + hostile, role: "cause",
                fromSeconds: 25_200, toSeconds: days * 86_400, place: "the broker’s queue",
                evidence: "1,000 of 1,000 places were taken, and 3,760 items were turned away" + hostile),
            SymptomResult(
                symptom: "RetryStorm", summary: "most of what is sent was sent before", role: "effect",
                fromSeconds: 26_000, toSeconds: 60_000, place: "the producers",
                evidence: "61 % of all copies sent were repetitions", follows: 1),
            SymptomResult(
                symptom: "Collapse", summary: "the network no longer carries its load", role: "outcome",
                fromSeconds: 30_000, toSeconds: days * 86_400, place: "the network",
                evidence: "the run is collapsed", follows: 1),
        ]
    }

    private var places: PlaceSeriesResult {
        let rows = (1...4).map { row in
            (0..<96).map { column -> Double in
                let day = Double(column) / 96 * days
                return max(0, sin(2 * Double.pi * (day - 0.45 - 0.05 * Double(row))))
            }
        }
        return PlaceSeriesResult(
            kind: "uplinks", quantity: "how busy the busiest line was", unit: "share",
            intervalSeconds: days * 86_400 / 96, names: (1...4).map { "ridge-\($0)" + hostile }, rows: rows)
    }
}
