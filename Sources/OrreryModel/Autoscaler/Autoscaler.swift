import OrreryKernel

/// The autoscaler at work: scrapes the replicas, lets its policy decide, and starts and stops replicas.
///
/// ```
///   replicas ─ scrape interval ─► scrape ─ delay ─► latest ─ evaluation interval ─► policy ─► start, stop
/// ```
///
/// Which replicas there are, and whether they are ready, the controller knows at once, as from the API server of
/// Kubernetes. How busy they are and how much waits it knows only from scrapes: between two of them, and late. Scrapes
/// and evaluations begin at a random moment of their intervals, so that they have no phase in common.
struct Autoscaler: Sendable {
    private let plan: AutoscalerPlan
    private var policy: any AutoscalerPolicy
    private var phases: RandomStream
    private var delays: RandomStream
    private var boots: RandomStream
    /// How long each ready replica had worked at the last scrape, by its number; nil if there was none.
    private var baselines: ContiguousArray<Baseline?> = []
    private var scrapeCount: UInt32 = 0
    /// The scrapes that have not arrived yet, in the order in which they were made.
    private var underWay: [Scrape] = []
    /// The newest scrape that has arrived.
    private var latest: Scrape?
    /// What scaling came to.
    private(set) var books: ReplicaBooks

    /// The autoscaler of a network.
    init(_ plan: AutoscalerPlan, of network: NetworkPlan, seed: UInt64) {
        guard let policy = plan.policy.make() else { violation("an autoscaler without a policy") }
        self.plan = plan
        self.policy = policy
        phases = RandomStream(seed: seed, entity: "autoscaler", purpose: "phases")
        delays = RandomStream(seed: seed, entity: "autoscaler", purpose: "scrapes")
        boots = RandomStream(seed: seed, entity: "autoscaler", purpose: "boots")
        let isMeasurable = network.workers.service.sampler.mean.isFinite
        books = ReplicaBooks(
            count: network.workers.count, duration: network.duration, demandWindow: plan.demandWindow,
            isDemandKnown: isMeasurable)
    }

    /// The first scrape and the first evaluation lie ahead.
    mutating func start(agenda: inout Agenda<Message>) {
        let rhythm = policy.rhythm
        if let scrape = rhythm.scrape { agenda.schedule(.autoscaler(.scrape), after: somewhere(in: scrape)) }
        agenda.schedule(.autoscaler(.evaluate), after: somewhere(in: rhythm.evaluation))
    }

    private mutating func somewhere(in interval: Duration) -> Duration {
        Duration(seconds: interval.seconds * phases.unit())
    }

    /// Looks at the replicas; what it sees is on its way to the controller from now on.
    mutating func scrape(_ workers: WorkerPool, backlog: Int, agenda: inout Agenda<Message>) {
        let now = agenda.now
        var samples: [Scrape.Sample] = []
        var seen = ContiguousArray<Baseline?>(repeating: nil, count: workers.workers.count)
        for (number, view) in workers.replicas where view.state == .ready {
            let worked = workers.workers[Int(number)].worked(until: now)
            seen[Int(number)] = Baseline(started: view.started, worked: worked, time: now)
            guard Int(number) < baselines.count, let before = baselines[Int(number)], before.started == view.started,
                now > before.time
            else { continue }
            let share = (worked - before.worked).nanoseconds * 1000 / (now - before.time).nanoseconds
            let usage = ReplicaView.Usage(perMille: Int(share), from: before.time, until: now)
            samples.append(Scrape.Sample(worker: number, started: view.started, usage: usage))
        }
        baselines = seen
        scrapeCount &+= 1
        underWay.append(Scrape(number: scrapeCount, backlog: backlog, samples: samples))
        agenda.schedule(.autoscaler(.observed(scrapeCount)), after: plan.scrapeDelay.duration(using: &delays))
        if let interval = policy.rhythm.scrape { agenda.schedule(.autoscaler(.scrape), after: interval) }
    }

    /// A scrape arrives; one that was overtaken by a newer one says nothing any more.
    mutating func observe(_ number: UInt32) {
        guard let place = underWay.firstIndex(where: { $0.number == number }) else {
            violation("the scrape \(number) arrived, which was never made")
        }
        let scrape = underWay.remove(at: place)
        if latest.map({ $0.number < number }) ?? true { latest = scrape }
    }

    /// Decides, and starts or stops replicas.
    mutating func evaluate(_ workers: inout WorkerPool, agenda: inout Agenda<Message>) {
        let current = workers.replicaCount
        let wanted = policy.evaluate(view(of: workers, current: current, at: agenda.now))
        let count = min(max(wanted, plan.bounds.lowerBound), plan.bounds.upperBound)
        books.want(count, at: agenda.now)
        if count > current {
            for _ in current..<count {
                workers.startReplica(booting: plan.boot.duration(using: &boots), agenda: &agenda)
                books.starts.add(at: agenda.now)
            }
        } else if count < current {
            workers.stopReplicas(current - count, agenda: &agenda)
        }
        self.count(workers.tally, at: agenda.now)
        agenda.schedule(.autoscaler(.evaluate), after: policy.rhythm.evaluation)
    }

    private func view(of workers: WorkerPool, current: Int, at now: Instant) -> AutoscalerView {
        var usages = ContiguousArray<Scrape.Sample?>(repeating: nil, count: workers.workers.count)
        for sample in latest?.samples ?? [] { usages[Int(sample.worker)] = sample }
        let replicas = workers.replicas.map { number, view in
            let sample = usages[Int(number)].flatMap { $0.started == view.started ? $0 : nil }
            return ReplicaView(
                state: view.state, started: view.started, changed: view.changed, usage: sample?.usage)
        }
        return AutoscalerView(now: now, current: current, replicas: replicas, backlog: latest?.backlog)
    }

    /// The numbers of replicas may have changed.
    mutating func count(_ tally: ReplicaTally, at now: Instant) { books.count(tally, at: now) }

    /// Work for so many seconds arrives at the broker.
    mutating func offer(_ work: Double, at now: Instant) { books.elasticity.offer(work, at: now) }

    /// The warm-up is over.
    mutating func restart(at now: Instant) { books.restart(at: now) }

    /// The run is over.
    mutating func close(at end: Instant) { books.close(at: end) }

    private struct Baseline: BitwiseCopyable, Sendable {
        let started: Instant
        let worked: Duration
        let time: Instant
    }

    private struct Scrape: Sendable {
        struct Sample: BitwiseCopyable, Sendable {
            let worker: UInt32
            let started: Instant
            let usage: ReplicaView.Usage
        }

        let number: UInt32
        let backlog: Int
        let samples: [Sample]
    }
}
