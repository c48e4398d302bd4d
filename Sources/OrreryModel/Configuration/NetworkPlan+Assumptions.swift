import OrreryKernel

extension NetworkPlan {
    /// What the model takes for granted for this plan, in words that a report can print.
    public var assumptions: [String] {
        var list = ["Uncalibrated: no parameter of this scenario was fitted to a measurement of the real network."]
        if !fleet.isEmpty {
            list.append(
                "Latency counts from the closing of the shutter, which is when the image could exist at the earliest.")
            list.append(
                scheduler == nil
                    ? "A telescope exposes one image after another while its site is dark and clear."
                    : "A telescope exposes what the scheduler gave it to observe while its site is dark and clear.")
            list += nightAssumptions
            list.append(
                "An exposure that is cut short makes no image and is not repeated; one being read out is kept."
            )
            list.append(
                "A raw image has the size of the camera's full frame, uncompressed, as a FITS file; what waits for a telescope's computer takes no room on its disk."
            )
            list.append(
                "All that a site sends at a time shares its uplink evenly; a telescope keeps what it sent until the centre has confirmed it."
            )
        }
        if sites.contains(where: { $0.weather != nil }) {
            list.append(
                "Weather opens and closes whole sites, each independently of all others; a run starts within a spell as if it began."
            )
        }
        if !arrivals.isEmpty {
            list.append("Items of a stream arrive straight at the centre, which is when their latency begins to count.")
        }
        if retries.contains(where: { !Retrier($0).mayRetry }) {
            list.append("What the centre refuses is lost where producers do not send again (retry policy none).")
        }
        list += cluster.map { $0.assumptions } ?? centreAssumptions
        list += (state?.assumptions ?? []) + (operators?.assumptions ?? [])
        list += scheduler?.assumptions(of: self) ?? []
        list += store?.assumptions ?? ["An item is delivered when a worker is done with it."]
        list.append("Latency is that of delivered items: what is lost, or still on its way at the end, has none.")
        list.append(
            warmUp == .zero
                ? "Nothing is cut off at the start: the empty network's filling up is part of all figures."
                : "Figures are of the time after a warm-up of \(warmUp), with what was on its way then; totals of runs and series over time include it."
        )
        return list
    }

    /// What is taken for granted about the broker and its workers.
    private var centreAssumptions: [String] {
        [
            "The centre's network takes no time and has no limit but the round trip to the workers; the broker is as its kind says.",
            workers.failures == nil
                ? "Workers are equal, serve one item at a time, and do not fail by themselves."
                : "Workers are equal, serve one item at a time, and crash independently of each other.",
        ] + (workers.autoscaler.map(\.assumptions) ?? []) + lockAssumptions
    }

    /// What is taken for granted about locks, and about a service of which nobody asks any.
    private var lockAssumptions: [String] {
        guard let coordination else { return [] }
        guard let lock = workers.lock else {
            return ["No worker takes a lock, so the coordination service has nothing to do."]
        }
        return lock.assumptions + [
            "Sessions end \(coordination.sessionTimeout) after the service last heard of them, at its next look: what is asked for is kept between 2 and 20 ticks."
        ]
    }

    /// What is taken for granted about what telescopes do in their nights and what happens to them there.
    private var nightAssumptions: [String] {
        var list: [String] = []
        if fleet.contains(where: { $0.observations != nil }) {
            list.append(
                "A telescope slews and changes filters while its camera reads out; its targets always can be observed, and clouds make it begin a new one."
            )
        }
        if fleet.contains(where: { $0.observations == nil }) {
            list.append("A group without an observation plan does not move between two exposures.")
        }
        if fleet.contains(where: { $0.calibration != nil }) {
            list.append(
                "Calibration frames have the size of images; the weather at the very nightfall and dawn decides on flats, and the frames of dawn begin when the last image is read out."
            )
        }
        if fleet.contains(where: { $0.downtime != nil }) {
            list.append(
                "Hardware breaks at nightfall only, each telescope's independently of all others, for whole nights; at the start all telescopes work."
            )
        }
        if fleet.contains(where: { $0.crashes != nil }) {
            list.append(
                "The crash of a telescope's controller stops neither its camera's read-out nor its computer nor its uploads."
            )
        }
        if fleet.contains(where: { $0.downtime == nil && $0.crashes == nil }) {
            list.append("A group without downtime and crashes never fails.")
        }
        return list
    }
}

extension ClusterPlan {
    /// What the model takes for granted for this cluster.
    fileprivate var assumptions: [String] {
        [
            "A node does one thing at a time, in the order in which it comes, its own heartbeats included; the next heartbeat is due one interval after the last one was sent.",
            "All nodes agree on who is there as soon as more than half of the others suspect a node; how they agree is not modelled. Where half of the others are gone, nobody is declared dead.",
            "A node that was declared dead although it runs notices it when it has finished what it is at, because the others hang up on it; it then starts again with nothing.",
            "Messages between nodes arrive in order and are lost by full inboxes and partitions only, heartbeats and probes also by chance if the scenario says so.",
            "A node that is cut off from half of the others or more can neither get another one declared dead nor join: membership is agreed on by a majority, and no part goes on alone.",
        ]
    }
}

extension SchedulerPlan {
    /// What the model takes for granted about scheduling.
    fileprivate func assumptions(of plan: NetworkPlan) -> [String] {
        let isAsked = dispatch.make().asking != nil
        var list = [
            "An observation is the exposures of one target, or one exposure where a group has no plan; any telescope can make any of them, and it slews once it knows the next one.",
            "Commands, answers and reports wait while a line is down and are lost on a way that is cut; questions and heartbeats are lost then. What is said takes no bandwidth.",
            isAsked
                ? "A telescope asks when the shutter has closed for the last time; the server gives one that asks again what it gave it before, until it hears how that ended."
                : "The centre knows when it is night at a site; it takes an observation back if it has not heard of its end two slices after it was sent. A new plan takes the place of what a telescope has not begun.",
        ]
        if plan.fleet.contains(where: { $0.heartbeat != nil }) {
            list.append(
                "Whatever the centre hears of a telescope with heartbeats shows that it is there; a crashed one says nothing, one with broken hardware says so."
            )
        }
        if plan.fleet.contains(where: { $0.heartbeat == nil }) {
            list.append(
                "Of a telescope without heartbeats the centre knows nothing: neither clouds nor crashes, and it is never offline."
            )
        }
        return list
    }
}

extension AutoscalerPlan {
    /// What the model takes for granted about scaling.
    fileprivate var assumptions: [String] {
        [
            "The autoscaler knows at once which replicas are ready; how busy they are and how much waits it knows only from scrapes. Starting a replica never fails.",
            "A replica that is stopped finishes the copy that it works on, however long that takes, and hands the rest back where the broker can take it back.",
            "The demand that replicas are compared with is the expected work that arrives at the broker in \(demandWindow), without head-room.",
        ]
    }
}

extension LockPlan {
    /// What the model takes for granted about locks and the service that keeps them.
    fileprivate var assumptions: [String] {
        [
            "A lock covers a worker's work, not the writing to the archive; a worker that waits for one counts as busy.",
            "What a coordination server has agreed to is never lost, and what it answers is never stale; a server that comes back takes part at once.",
            "A worker keeps its session from its first lock on, and asks one thing at a time, besides pings. The queue of a coordination server has no limit, for where requests wait makes no difference to them.",
            isFenced
                ? "A result is refused if another worker has got the lock meanwhile, and the item is worked on again; the archive knows of that at once."
                : "A worker that loses its lock while it works does not stop, and its result is taken.",
        ]
    }
}

extension StatePlan {
    /// What the model takes for granted about the state that workers change.
    fileprivate var assumptions: [String] {
        [
            "The state answers any number of requests at once; only the way to it and its replicas take time. A worker that waits for it, or backs off, is busy.",
            "What a worker that crashed had asked of the state, and had not arrived, is lost with its connection; what it had written stays written.",
            "A worker that has written an item hands it on as if its result were not part of the state.",
        ]
    }
}

extension OperatorPlan {
    /// What the model takes for granted about operators.
    fileprivate var assumptions: [String] {
        [
            "Operators are there day and night, do one item at a time in the order in which they come, get neither tired nor better, and are always right.",
            "The write of an operator succeeds whatever the version is, and makes workers' writes to the same key conflict that are under way.",
        ]
    }
}

extension StorePlan {
    /// What the model takes for granted for this store.
    fileprivate var assumptions: [String] {
        var list = [
            batchSize == 1
                ? "The store writes one item at a time; an item is delivered when it is written."
                : "The store writes up to \(batchSize) items together; they are delivered when all of them are written.",
            "The store knows at once, and at no cost, what was delivered before, and does not write it again.",
        ]
        if coldRate != nil {
            list.append(
                "What is written moves from the store's hot tier to its cold one at a constant rate, which makes room byte by byte and does not slow the writing."
            )
        }
        return list
    }
}
