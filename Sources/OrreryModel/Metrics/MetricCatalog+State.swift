import OrreryKernel

// What is measured at the state that workers change, and at the operators; nobody measures it without them.
extension MetricCatalog {
    static let state = stateWork + stateFaults

    private static let stateWork = [
        Metric(
            key: "state.reads", unit: .reads, summary: "reads of the state that workers change", better: .neither,
            reading: .count { $0.state?.reads.observed },
            overTime: { $0.state.map { .counts($0.reads) } }),
        Metric(
            key: "state.writes", unit: .writes, summary: "writes of workers to the state, accepted or not",
            better: .neither,
            reading: .count { $0.state?.writes.observed },
            overTime: { $0.state.map { .counts($0.writes) } }),
        Metric(
            key: "state.conflicts", unit: .writes,
            summary: "writes that were refused because somebody had written since (state version does not match)",
            better: .lower,
            reading: .count { $0.state?.conflicts.observed },
            overTime: { $0.state.map { .counts($0.conflicts) } }),
        Metric(
            key: "state.conflict-share", unit: .share, summary: "the share of writes that were refused",
            better: .lower,
            reading: .level { $0.state.flatMap { share(of: $0.conflicts.counter, in: $0.writes.counter) } },
            overTime: { $0.state.map { .share($0.conflicts, of: $0.writes) } }),
        Metric(
            key: "state.attempts", unit: .attempts,
            summary: "how often a worker works on an item until it is written or given up, on average", better: .lower,
            reading: .level { $0.state.flatMap { share(of: $0.attempts, in: $0.finished) } }),
        Metric(
            key: "state.given-up", unit: .items, summary: "items that workers gave up after too many conflicts",
            better: .lower,
            reading: .count { $0.state?.givenUp.observed }),
    ]

    private static let stateFaults = [
        Metric(
            key: "state.stale-reads", unit: .share,
            summary: "the share of reads that saw less than a worker had been told was written; without replicas, zero",
            better: .lower,
            reading: .level { $0.state.flatMap { share(of: $0.staleReads, in: $0.reads.counter) } }),
        Metric(
            key: "state.lost-updates", unit: .updates,
            summary: "writes that overwrote what their worker had not read, because the last write wins",
            better: .lower,
            reading: .count { $0.state?.lostUpdates.observed }),
        Metric(
            key: "state.written-twice", unit: .items,
            summary: "items that were written although they had been before", better: .lower,
            reading: .count { $0.state?.writtenTwice.observed }),
        Metric(
            key: "state.recognised", unit: .items,
            summary: "items that were written before and were recognised, so that nobody worked on them again",
            better: .neither,
            reading: .count { $0.state?.recognised.observed }),
        Metric(
            key: "state.replayed", unit: .events, summary: "events that were replayed by workers that took a key over",
            better: .lower,
            reading: .count { $0.state?.replayed.observed }),
        Metric(
            key: "state.reconciled", unit: .items, summary: "items that operators reconciled by hand", better: .lower,
            reading: .count { $0.operators?.reconciled.observed },
            overTime: { $0.operators.map { .counts($0.reconciled) } }),
    ]

    static let operators = [
        Metric(
            key: "operators.utilisation", unit: .share,
            summary: "the share of time that an operator is busy, averaged over the operators", better: .lower,
            reading: .level { $0.operatorUtilisation },
            overTime: { series in series.operators.map { .level($0.busy, per: series.size.operators) } }),
        Metric(
            key: "operators.waiting", unit: .items, summary: "items that wait for an operator, averaged over time",
            better: .lower,
            reading: .level { recording in recording.operators.flatMap { $0.waiting.gauge.mean(at: recording.end) } },
            overTime: { $0.operators.map { .level($0.waiting, per: 1) } }),
        Metric(
            key: "operators.tickets", unit: .tickets, summary: "items that came to the operators", better: .lower,
            reading: .count { $0.operators?.tickets.observed },
            overTime: { $0.operators.map { .counts($0.tickets) } }),
        Metric(
            key: "operators.tickets-per-shift", unit: .tickets,
            summary: "items that came to the operators for each of them in twelve hours; Google allows two incidents",
            better: .lower,
            reading: .level { recording in
                guard let tickets = recording.operators?.tickets.observed, let plan = recording.plan.operators else {
                    return nil
                }
                let shifts = recording.observed.seconds / 3600 / OperatorPlan.shiftHours
                return Double(tickets) / shifts / Double(plan.count)
            }),
    ]

    private static func share(of part: Counter, in whole: Counter) -> Double? {
        whole.observed > 0 ? Double(part.observed) / Double(whole.observed) : nil
    }
}
