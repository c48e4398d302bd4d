import OrreryKernel

/// A fault in a run: what it does, and when it begins and ends.
struct Fault: Sendable {
    let id: FaultID
    private let plan: FaultPlan
    let effect: any FaultEffect
    private var times: RandomStream

    init(_ plan: FaultPlan, id: FaultID, seed: UInt64) {
        self.id = id
        self.plan = plan
        effect = plan.effect.make()
        times = RandomStream(seed: seed, entity: "fault/\(plan.name)", purpose: "times")
    }

    /// It will begin for the first time, and end.
    mutating func start(agenda: inout Agenda<Message>) { happen(after: plan.start, agenda: &agenda) }

    /// It has ended, and may begin again.
    mutating func restart(agenda: inout Agenda<Message>) {
        if let gap = plan.gap { happen(after: gap, agenda: &agenda) }
    }

    private mutating func happen(after delay: Distribution, agenda: inout Agenda<Message>) {
        let start = delay.duration(using: &times)
        agenda.schedule(.fault(id, .begins), after: start)
        agenda.schedule(.fault(id, .ends), after: min(.limit, start + plan.duration.duration(using: &times)))
    }
}
