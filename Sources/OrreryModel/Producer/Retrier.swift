import OrreryKernel

/// What the producers of one plan do when a sending fails.
struct Retrier: Sendable {
    /// The plan.
    let plan: RetryPlan
    private let policy: any RetryPolicy

    /// The producers of a plan.
    init(_ plan: RetryPlan) {
        self.plan = plan
        policy = plan.policy.make()
        mayRetry = !(policy is NoRetry)
        isPatient = mayRetry || plan.timeout != nil || plan.throttle != nil
    }

    /// Whether a producer ever sends an item again.
    let mayRetry: Bool
    /// Whether a producer that has nothing else to wait for cares what becomes of a sending.
    let isPatient: Bool

    /// How long to wait before an item whose sending failed is sent again; nil to give it up.
    ///
    /// What the budget pays for is sent.
    func delay(
        after failed: Item, budget: inout RetryBudget, using random: inout RandomStream
    ) -> Duration? {
        let attempts = Int(failed.attempts)
        if let limit = plan.attempts, attempts >= limit { return nil }
        guard let delay = policy.delay(afterAttempt: attempts, previous: failed.backOff, using: &random),
            budget.takeRetry(under: plan)
        else { return nil }
        return delay
    }
}

extension RetryPlan {
    /// Producers that send once and do not look back.
    public static let none = RetryPlan(values: ParameterValues([:]), policy: KindPlan(firstOf: RetryCatalog.kinds))
}

/// One producer: its random numbers and what it remembers of its sendings.
struct Producer: Sendable {
    private var random: RandomStream
    private var budget = RetryBudget()

    /// What becomes of an item that a producer wants to send.
    enum Outcome {
        /// It is on its way.
        case sent(Copy)
        /// It will be sent later.
        case postponed
        /// It is not sent any more; the reason is that of its last copy's loss if none is given.
        case givenUp(because: LossReason?)
    }

    /// A producer that has sent nothing.
    init(random: RandomStream) {
        self.random = random
    }

    /// Sends an item that is with it, unless it holds it back; that counts as a try that failed.
    mutating func send(
        _ item: ItemID, into stage: Stage, _ retrier: Retrier, ledger: inout Ledger, agenda: inout Agenda<Message>
    ) -> Outcome {
        if ledger.items[item].attempts == 0 { budget.noteFirstSending(under: retrier.plan) }
        if budget.throttlesSending(at: agenda.now, under: retrier.plan, using: &random) {
            ledger.holdBack(item, at: agenda.now)
            guard let delay = retrier.delay(after: ledger.items[item], budget: &budget, using: &random) else {
                return .givenUp(because: .heldBack)
            }
            return postpone(item, for: delay, ledger: &ledger, agenda: &agenda)
        }
        return .sent(ledger.send(item, into: stage, at: agenda.now))
    }

    /// A copy was confirmed, which only a throttle wants to know.
    mutating func noteAcceptance(_ retrier: Retrier, at now: Instant) {
        if retrier.plan.throttle != nil { budget.noteAcceptance(at: now) }
    }

    /// The item of a copy that was refused or not answered comes home to be sent again later, or is given up.
    mutating func takeHome(
        _ copy: Copy, because reason: LossReason?, _ retrier: Retrier, ledger: inout Ledger,
        agenda: inout Agenda<Message>
    ) -> Outcome {
        guard let delay = retrier.delay(after: ledger.items[copy.item], budget: &budget, using: &random) else {
            return .givenUp(because: reason)
        }
        ledger.takeHome(copy)
        return postpone(copy.item, for: delay, ledger: &ledger, agenda: &agenda)
    }

    /// A sample of a share.
    mutating func unit() -> Double { random.unit() }

    private func postpone(
        _ item: ItemID, for delay: Duration, ledger: inout Ledger, agenda: inout Agenda<Message>
    ) -> Outcome {
        agenda.schedule(.copy(ledger.backOff(item, for: delay, at: agenda.now), .backedOff), after: delay)
        return .postponed
    }
}
