import OrreryScenario

/// An experiment whose runs are all known before the first is made, so that they can be divided among processes.
public enum DividedExperiment: Sendable {
    /// All variants of a scenario.
    case run(Experiment)
    /// All points of a sweep.
    case sweep(SweepExperiment)

    /// All runs, in the order in which they are merged.
    public var replications: LazyMapCollection<Range<Int>, Replication> {
        switch self {
        case .run(let experiment):
            let list = experiment.replications
            return (0..<list.count).lazy.map { list[$0] }
        case .sweep(let experiment): return (0..<experiment.runCount).lazy.map { experiment.replication($0) }
        }
    }

    var variants: [String] {
        switch self {
        case .run(let experiment): experiment.scenario.variants.map(\.name)
        case .sweep(let experiment): experiment.sweep.points.first?.variants.map(\.name) ?? []
        }
    }

    var seeds: [UInt64] {
        switch self {
        case .run(let experiment): experiment.seeds
        case .sweep(let experiment): experiment.seeds
        }
    }

    var command: String {
        switch self {
        case .run(let experiment): experiment.command
        case .sweep(let experiment): experiment.command
        }
    }
}
