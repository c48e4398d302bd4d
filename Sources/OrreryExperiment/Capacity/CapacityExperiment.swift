import OrreryKernel
import OrreryModel
public import OrreryScenario
import OrreryStatistics
public import OrreryStore

/// A search for the largest or smallest value of a parameter that meets all thresholds of a scenario's variant.
///
/// At each value that the search asks for, seeds are run until a sequential test knows on which side of its limit every
/// threshold lies; the same seeds at every value, so that chance is the same for all.
public struct CapacityExperiment: Sendable {
    /// The values as points of one parameter, rising numbers with one unit; with one variant that has thresholds.
    public let sweep: Sweep
    /// Which end is sought.
    public let find: CapacityResult.Find
    /// The confidence of the whole search, in 0…1.
    public let confidence: Double
    /// The most seeds that one value may have.
    public let seedsMax: Int
    /// The first seed.
    public let seedBase: UInt64
    /// The command that makes the result again.
    public let command: String

    /// The fewest seeds that decide at a value.
    public static let seedsMin = 10

    /// The most seeds that a value may ever have.
    public static let seedsLimit = 100_000

    /// When the tests look.
    var looks: LookSchedule { CapacityExperiment.looks(seedsMax: seedsMax) }

    /// When tests with so many seeds at most look.
    static func looks(seedsMax: Int) -> LookSchedule {
        LookSchedule(floor: seedsMin, ceiling: max(seedsMin, seedsMax))
    }

    /// Why there is nothing to search.
    public enum Unsuitable: Error {
        /// More than one parameter.
        case severalParameters
        /// Values that are not all numbers with the same unit, or that do not rise.
        case notRising
        /// More than one variant, or none.
        case severalVariants([String])
        /// A variant without thresholds.
        case noThresholds
        /// A threshold that is relative to a stored result.
        case relativeThreshold(String)
        /// A threshold that no number of seeds can show to hold, because one more could always break it.
        case neverShown(String)
        /// A threshold that takes more seeds, at least so many, even if none speaks against it.
        case tooFewSeeds(String, needed: Int)
    }

    /// A search; fails if the sweep has not one parameter, rising values, one variant, and thresholds that so many
    /// seeds can show to hold.
    public init(
        sweep: Sweep, find: CapacityResult.Find, confidence: Double, seedsMax: Int, seedBase: UInt64,
        command: String
    ) throws(Unsuitable) {
        guard sweep.parameters.count == 1 else { throw .severalParameters }
        let numbers = sweep.points.compactMap { $0.values[0].number }
        let isRising = zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
        guard sweep.parameters[0].isNumeric, numbers.count == sweep.points.count, isRising else { throw .notRising }
        let variants = sweep.points[0].variants.map(\.name)
        guard variants.count == 1 else { throw .severalVariants(variants) }
        guard sweep.points.allSatisfy({ !$0.variants[0].thresholds.isEmpty }) else { throw .noThresholds }
        var checked: Set<Threshold> = []
        for thresholds in sweep.points.map(\.variants[0].thresholds) {
            let error = (1 - confidence) / Double(sweep.points.count * thresholds.count)
            for threshold in thresholds where checked.insert(threshold).inserted {
                try CapacityExperiment.check(threshold, error: error, seedsMax: seedsMax)
            }
        }
        self.sweep = sweep
        self.find = find
        self.confidence = confidence
        self.seedsMax = seedsMax
        self.seedBase = seedBase
        self.command = command
    }

    /// Stops on a threshold whose test, with this error, cannot end with a pass.
    private static func check(_ threshold: Threshold, error: Double, seedsMax: Int) throws(Unsuitable) {
        if case .baseline = threshold.limit { throw .relativeThreshold(threshold.words) }
        guard let needed = CapacityQuestion(threshold).seedsToPass(error: error) else {
            throw .neverShown(threshold.words)
        }
        if needed > seedsMax { throw .tooFewSeeds(threshold.words, needed: needed) }
    }

    /// Searches, and says what was found; also if it was stopped before the end, from what was known by then.
    ///
    /// Every round makes the runs of one look at one value, several at a time. `announce` is told before each round at
    /// which point it is and how many seeds there will be.
    public func run(
        with replicator: Replicator, announce: (_ point: SweepPoint, _ seeds: Int) -> Void = { _, _ in }
    ) async throws(RunStoreError) -> CapacityResult {
        var search = CapacitySearch(
            count: sweep.points.count, goal: find == .largest ? .largestPassing : .smallestPassing,
            confidence: confidence, looks: looks)
        var points = [CapacityPoint?](repeating: nil, count: sweep.points.count)
        while !replicator.shouldStop(), let request = search.next {
            let variant = sweep.points[request.index].variants[0]
            var point = points[request.index] ?? CapacityPoint(thresholds: variant.thresholds)
            let missing = point.replications..<max(point.replications, request.replications)
            announce(sweep.points[request.index], request.replications)
            let list = missing.map {
                Replication(
                    variant: 0, plan: variant.plan, planDigest: variant.planDigest, seed: seedBase + UInt64($0))
            }
            try await replicator.run(list) { _, outcome in point.add(outcome) }
            points[request.index] = point
            guard point.replications == request.replications else { break }
            search.record(point.judged(error: search.pointError, looks: looks).together, for: request)
        }
        return CapacityResult(self, search, points)
    }
}

extension Threshold {
    /// The condition with its metric and on what it is judged, for messages.
    fileprivate var words: String { "\(metric): \(text)" + (scope.text.isEmpty ? "" : ", \(scope.text)") }
}
