import OrreryKernel

/// One copy of each key, and optimistic concurrency: a write succeeds if nobody has written since it was read.
///
/// With writes of others as a Poisson process of rate λ on the key, and t from the read to the write, a write conflicts
/// with probability 1 − e^(−λt), and it takes e^(λt) attempts on average.
struct VersionedState: StateModel {
    private var versions: ContiguousArray<UInt32> = []

    mutating func open(keys: Int) { versions = ContiguousArray(repeating: 0, count: keys) }

    mutating func read(_ key: Int, by holder: StateHolder, port: inout StatePort) -> StateAnswer {
        StateAnswer(version: versions[key])
    }

    mutating func write(
        _ key: Int, over version: UInt32, by holder: StateHolder, port: inout StatePort
    ) -> StateVerdict {
        guard version == versions[key] else { return .conflict }
        versions[key] &+= 1
        return StateVerdict(version: versions[key])
    }

    mutating func overwrite(_ key: Int, port: inout StatePort) { versions[key] &+= 1 }

    static let kind = Kind<any StateModel>(
        "versioned", summary: "one copy; a write succeeds if its version is still the current one",
        source: "optimistic concurrency: H. T. Kung, J. T. Robinson, ACM TODS 6 (1981)"
    ) { _ in VersionedState() }
}
