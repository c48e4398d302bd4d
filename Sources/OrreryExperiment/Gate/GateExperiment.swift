public import OrreryScenario
public import OrreryStore

/// The runs behind a baseline: every variant of a scenario with the same seeds, and the questions of its capacity.
public struct GateExperiment: Sendable {
    /// The scenario with all its variants.
    public let scenario: Scenario
    /// The seeds of every variant.
    public let seeds: [UInt64]
    /// The questions of capacity, each over the same scenario.
    public let questions: [Question]

    /// A question of capacity.
    public struct Question: Sendable {
        /// The parameter and its values, as the command names them.
        public let vary: String
        /// The search that answers it.
        public let search: CapacityExperiment

        /// A question.
        public init(vary: String, search: CapacityExperiment) {
            self.vary = vary
            self.search = search
        }
    }

    /// What is to be run.
    public init(scenario: Scenario, seeds: [UInt64], questions: [Question] = []) {
        self.scenario = scenario
        self.seeds = seeds
        self.questions = questions
    }

    /// How many runs the variants take.
    public var runCount: Int { scenario.variants.count * seeds.count }

    /// Runs everything; nil if it was stopped before the end, because half an answer is none.
    public func run(with replicator: Replicator) async throws(RunStoreError) -> GateMeasurement? {
        var figures = scenario.variants.map { variant in
            HeadlineFigure.candidates(for: variant.thresholds).map(MeasuredFigure.init)
        }
        let experiment = Experiment(scenario: scenario, seeds: seeds, command: "")
        let result = try await experiment.run(with: replicator) { variant, record in
            for index in figures[variant].indices { figures[variant][index].add(record) }
        }
        guard !result.interrupted else { return nil }
        var measurement = GateMeasurement(result: result, figures: figures)
        // The progress of these runs is not known beforehand, so nobody is told of it.
        let silent = Replicator(
            jobs: replicator.jobs, shouldStop: replicator.shouldStop, shouldAbandon: replicator.shouldAbandon,
            archive: replicator.archive)
        for question in questions {
            let answer = try await question.search.run(with: silent)
            guard !answer.interrupted else { return nil }
            measurement.capacities.append(
                (GateCapacity(answer, vary: question.vary), answer.parameter.values))
        }
        return measurement
    }
}

extension GateCapacity {
    /// The answer to a question.
    fileprivate init(_ result: CapacityResult, vary: String) {
        self.init(
            vary: vary, variant: result.variant, find: result.find, confidence: result.confidence,
            seedBase: result.seedBase, seedsMax: result.seedsMax, answer: result.answer, proven: result.proven,
            possible: result.possible, fingerprint: result.fingerprint, runs: result.runs)
    }
}
