import OrreryKernel

@testable import OrreryModel

/// A policy of the catalog, driven by hand, evaluation by evaluation.
struct PolicyDriver {
    private var policy: any AutoscalerPolicy

    /// A policy of a kind, with values for some of its parameters.
    init(_ kind: String, _ values: [String: ParameterValue] = [:]) {
        let given = ["max": .count(1000)].merging(values) { $1 }
        guard let policy = AutoscalerCatalog.kinds[kind]?.make(ParameterValues(given)) else {
            preconditionFailure("no autoscaler \(kind)")
        }
        self.policy = policy
    }

    /// What it wants at so many seconds, with so many replicas that have been ready for an hour.
    mutating func evaluate(at second: Int64, _ count: Int, busy share: Double? = nil, backlog: Int? = nil) -> Int {
        let usage = share.map { Int($0 * 1000) }
        return evaluate(at: second, Array(repeating: .ready(usage), count: count), backlog: backlog)
    }

    /// What it wants at so many seconds after the first hour, with these replicas.
    mutating func evaluate(at second: Int64, _ replicas: [Replica], backlog: Int? = nil) -> Int {
        let now = Instant.start + .hours(1) + .seconds(second)
        let views = replicas.map { replica in
            ReplicaView(
                state: replica.state, started: now + .seconds(-replica.age), changed: now + .seconds(-replica.since),
                usage: replica.perMille.map {
                    ReplicaView.Usage(perMille: $0, from: now + .seconds(-20), until: now + .seconds(-5))
                })
        }
        return policy.evaluate(AutoscalerView(now: now, current: replicas.count, replicas: views, backlog: backlog))
    }

    /// A replica as a test says it: how busy it is in thousandths, its age and the age of its state, in seconds.
    struct Replica {
        var state = ReplicaView.State.ready
        var perMille: Int?
        var age: Int64 = 3600
        var since: Int64 = 3500

        static func ready(_ perMille: Int?, for seconds: Int64 = 3500) -> Replica {
            Replica(perMille: perMille, age: seconds + 30, since: seconds)
        }

        static let booting = Replica(state: .booting, age: 10, since: 10)
    }
}
