import OrreryKernel

/// How well the number of ready replicas followed the load: the elasticity metrics of the SPEC Research Group.
///
/// The supply is the number of ready replicas, at each instant, whether or not the broker lets them work. The demand is
/// the least number of replicas that could do the work that arrives at the broker, copies that are sent again included:
/// the expected work of what arrived in a window, divided by the window's length and rounded up to a whole number. So
/// the demand has no head-room: a policy that aims at 60 % of utilisation over-provisions on purpose.
///
/// - under-provisioning accuracy θ_U: how many of the demanded replicas were missing, as a share of the demand;
/// - over-provisioning accuracy θ_O: how many were too many, as a share of the demand;
/// - time shares τ_U and τ_O: how much of the time any were missing, or too many.
///
/// Windows without demand count for the time shares only.
///
/// Source: SPEC RG Cloud, "Ready for Rain? A View from SPEC Research on the Future of Cloud Metrics" (SPEC-RG-2016-01).
public struct ElasticityMeter: Sendable {
    private let window: Duration
    /// Whether the work of a copy has a mean.
    private let isDemandKnown: Bool
    private var windowStart = Instant.start
    /// The work that arrived in the window, in seconds.
    private var work = 0.0
    private var supply: Int
    private var supplyStart = Instant.start
    /// The supplies of the window, each with how long it lasted.
    private var supplies: ContiguousArray<(count: Int, time: Duration)> = []

    /// Times in seconds, and missing and surplus shares times seconds.
    private var (time, demandTime, secondsShort, secondsOver) = (0.0, 0.0, 0.0, 0.0)
    private var (shortage, excess) = (0.0, 0.0)

    init(supply: Int, window: Duration, isDemandKnown: Bool) {
        self.supply = supply
        self.window = window
        self.isDemandKnown = isDemandKnown
    }

    /// θ_U: the missing replicas as a share of the demand, averaged over time; nil without demand.
    public var shortageAccuracy: Double? { demandTime > 0 ? shortage / demandTime : nil }
    /// θ_O: the surplus replicas as a share of the demand, averaged over time; nil without demand.
    public var excessAccuracy: Double? { demandTime > 0 ? excess / demandTime : nil }
    /// τ_U: the share of time in which replicas were missing; nil if the demand is not known.
    public var shortageTime: Double? { time > 0 ? secondsShort / time : nil }
    /// τ_O: the share of time in which there were too many; nil if the demand is not known.
    public var excessTime: Double? { time > 0 ? secondsOver / time : nil }

    /// Work for so many seconds arrives.
    mutating func offer(_ work: Double, at now: Instant) {
        advance(to: now)
        self.work += work
    }

    /// So many replicas are ready from now on.
    mutating func supply(_ count: Int, at now: Instant) {
        if count == supply { return }
        advance(to: now)
        note(until: now)
        supply = count
    }

    mutating func restart(at now: Instant) {
        windowStart = now
        supplyStart = now
        work = 0
        supplies.removeAll(keepingCapacity: true)
        (time, demandTime, secondsShort, secondsOver) = (0, 0, 0, 0)
        (shortage, excess) = (0, 0)
    }

    mutating func close(at end: Instant) {
        advance(to: end)
        if end > windowStart { closeWindow(at: end) }
    }

    private mutating func advance(to now: Instant) {
        while now >= windowStart + window { closeWindow(at: windowStart + window) }
    }

    private mutating func note(until now: Instant) {
        if now > supplyStart { supplies.append((supply, now - supplyStart)) }
        supplyStart = now
    }

    private mutating func closeWindow(at end: Instant) {
        note(until: end)
        if isDemandKnown {
            let demand = Int(ceilingOf: work / (end - windowStart).seconds)
            for (count, length) in supplies { weigh(count, against: demand, for: length.seconds) }
        }
        windowStart = end
        work = 0
        supplies.removeAll(keepingCapacity: true)
    }

    private mutating func weigh(_ count: Int, against demand: Int, for seconds: Double) {
        time += seconds
        if count < demand { secondsShort += seconds }
        if count > demand { secondsOver += seconds }
        if demand == 0 { return }
        demandTime += seconds
        shortage += Double(max(0, demand - count)) / Double(demand) * seconds
        excess += Double(max(0, count - demand)) / Double(demand) * seconds
    }
}
