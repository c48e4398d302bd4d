import OrreryKernel

// What the telescopes say and hear, and what the centre makes of their silence.
extension SchedulerDesk {
    /// The centre has heard of a telescope, and perhaps whether it can observe: it is online.
    mutating func note(_ id: TelescopeID, isAvailable: Bool?, agenda: inout Agenda<Message>) {
        if let isAvailable { telescopes[id].isAvailable = isAvailable }
        if telescopes[id].isOffline {
            telescopes[id].isOffline = false
            observations.books.offline.add(-1, at: agenda.now)
        }
        awaitWord(of: id, agenda: &agenda)
    }

    /// The centre's patience with a telescope begins anew.
    mutating func awaitWord(of id: TelescopeID, agenda: inout Agenda<Message>) {
        guard let patience = telescopes[id].patience, let time = plan.offlineAfter else { return }
        agenda.arm(patience, .scheduler(.silent(id)), after: time)
    }

    /// A telescope was silent for too long: what the centre has open there is given to others.
    mutating func markOffline(_ id: TelescopeID, isReachable: Bool, at now: Instant) {
        telescopes[id].isOffline = true
        telescopes[id].untold = .none
        observations.books.offline.add(+1, at: now)
        if let crashed = telescopes[id].crashed {
            observations.books.detectionDelay.record(now - crashed)
            telescopes[id].crashed = nil
        } else if isReachable {
            observations.books.falseOffline.add(at: now)
        }
        observations.takeBackAll(of: id, onlyOverdue: false, at: now)
    }

    mutating func awaitHeartbeat(of id: TelescopeID, after time: Duration, agenda: inout Agenda<Message>) {
        if let pulse = telescopes[id].pulse { agenda.arm(pulse, .scheduler(.heartbeatDue(id)), after: time) }
    }

    /// A telescope sends a heartbeat: one packet, which is lost with the line, by chance, or with the controller.
    mutating func beat(_ id: TelescopeID, fleet: Fleet, uplinks: inout UplinkDesk, agenda: inout Agenda<Message>) {
        guard let interval = telescopes[id].heartbeat, let isAvailable = fleet.isAvailable(id) else { return }
        awaitHeartbeat(of: id, after: interval, agenda: &agenda)
        let site = telescopes[id].site
        let loss = uplinks.loss(of: site)
        if loss > 0 && telescopes[id].heartbeats.unit() < loss { return }
        _ = uplinks.carry(
            .heartbeat(id, isAvailable: isAvailable), .toCentre, of: site, waits: false, agenda: &agenda)
    }

    /// A telescope asks for something to observe.
    private mutating func ask(_ id: TelescopeID, uplinks: inout UplinkDesk, agenda: inout Agenda<Message>) {
        guard let asking, let alarm = telescopes[id].alarm else { return }
        let patience = telescopes[id].asker.ask(asking, at: agenda.now)
        agenda.arm(alarm, .scheduler(.askDue(id)), after: patience)
        _ = uplinks.carry(.asked(id), .toCentre, of: telescopes[id].site, waits: false, agenda: &agenda)
    }

    /// A telescope has waited for an answer, or for the time to ask again.
    mutating func wake(_ id: TelescopeID, uplinks: inout UplinkDesk, agenda: inout Agenda<Message>) {
        guard let asking, let alarm = telescopes[id].alarm else { return }
        if let delay = telescopes[id].asker.wake(asking, policy) {
            agenda.arm(alarm, .scheduler(.askDue(id)), after: delay)
        } else {
            ask(id, uplinks: &uplinks, agenda: &agenda)
        }
    }

    /// A telescope has something to do, or can do nothing, and no longer asks.
    private mutating func rest(_ id: TelescopeID, agenda: inout Agenda<Message>) {
        telescopes[id].asker.rest()
        if let alarm = telescopes[id].alarm { agenda.cancel(alarm) }
    }

    /// A command or an answer arrives at a telescope.
    mutating func tell(
        _ id: TelescopeID, _ first: ObservationID, fleet: inout Fleet, uplinks: inout UplinkDesk,
        agenda: inout Agenda<Message>
    ) {
        guard first != .none else {
            if let asking, let alarm = telescopes[id].alarm, telescopes[id].asker.isWanting {
                agenda.arm(alarm, .scheduler(.askDue(id)), after: telescopes[id].asker.sleep(asking))
            }
            return
        }
        if fleet.isAvailable(id) != nil {
            let seen = asking == nil ? observations[first].seen : telescopes[id].asker.asked
            observations.books.planAge.record(agenda.now - seen)
            take(first, id, fleet: &fleet, uplinks: &uplinks, agenda: &agenda)
        }
        lose(first, at: agenda.now)
    }

    /// A telescope whose controller runs hears of a plan, or once more of an observation that the centre has open.
    private mutating func take(
        _ first: ObservationID, _ id: TelescopeID, fleet: inout Fleet, uplinks: inout UplinkDesk,
        agenda: inout Agenda<Message>
    ) {
        switch observations[first].state {
        case .waiting where !observations[first].isHeld:
            fleet.dropPlan(of: id)
            var observation = first
            while observation != .none {
                let entry = observations[observation]
                if entry.state == .waiting && !entry.isHeld {
                    observations.hold(observation)
                    let deadline = observations.requests.deadline(of: entry.request)
                    fleet.extendPlan(of: id, by: Assignments.Entry(observation: observation, deadline: deadline))
                }
                observation = entry.next
            }
            fleet.followPlan(id, agenda: &agenda)
        case .waiting, .inProgress: break
        case .over:
            report(first, of: id, uplinks: &uplinks, agenda: &agenda)
            if telescopes[id].asker.isWanting { ask(id, uplinks: &uplinks, agenda: &agenda) }
        }
    }

    private mutating func report(
        _ observation: ObservationID, of id: TelescopeID, uplinks: inout UplinkDesk, agenda: inout Agenda<Message>
    ) {
        observations.sendMessage(of: observation)
        let isUnderWay = uplinks.carry(
            .reported(id, observation), .toCentre, of: telescopes[id].site, waits: true, agenda: &agenda)
        if !isUnderWay { observations.endMessage(of: observation, at: agenda.now) }
    }

    /// A telescope can reach the centre again, and says so after a random time.
    mutating func rejoin(_ id: TelescopeID, agenda: inout Agenda<Message>) {
        let jitter = plan.rejoinJitter
        let delay = jitter > .zero ? Duration(seconds: jitter.seconds * telescopes[id].returns.unit()) : .zero
        if telescopes[id].crashed == nil { awaitHeartbeat(of: id, after: delay, agenda: &agenda) }
        if let asking, let alarm = telescopes[id].alarm, telescopes[id].asker.isWanting {
            _ = telescopes[id].asker.sleep(asking)
            agenda.arm(alarm, .scheduler(.askDue(id)), after: delay)
        }
    }

    /// Takes in what has happened to telescopes and lines since the last look.
    mutating func settle(fleet: inout Fleet, uplinks: inout UplinkDesk, agenda: inout Agenda<Message>) {
        if fleet.assignments?.hasNews ?? false {
            fleet.swapNews(with: &news)
            for place in news.indices {
                settle(news[place].event, of: news[place].telescope, uplinks: &uplinks, agenda: &agenda)
            }
            news.removeAll(keepingCapacity: true)
        }
        if !uplinks.news.isEmpty { settle(uplinks.takeNews(), fleet, agenda: &agenda) }
    }

    private mutating func settle(_ news: UplinkNews, _ fleet: Fleet, agenda: inout Agenda<Message>) {
        for word in news.lost {
            switch word {
            case .told(_, let first) where first != .none: lose(first, at: agenda.now)
            case .reported(_, let observation): observations.endMessage(of: observation, at: agenda.now)
            default: break
            }
        }
        for site in news.reachable {
            for id in fleet.residents(of: site) { rejoin(id, agenda: &agenda) }
        }
    }

    private mutating func settle(
        _ event: Assignments.News.Event, of id: TelescopeID, uplinks: inout UplinkDesk, agenda: inout Agenda<Message>
    ) {
        let now = agenda.now
        switch event {
        case .began(let observation): observations.begin(observation, at: now)
        case .ended(let observation, let end):
            observations.end(observation, end, at: now)
            report(observation, of: id, uplinks: &uplinks, agenda: &agenda)
        case .forgot(let observation): observations.forget(observation, at: now)
        case .wantsWork(true): ask(id, uplinks: &uplinks, agenda: &agenda)
        case .wantsWork(false): rest(id, agenda: &agenda)
        case .crashed:
            telescopes[id].crashed = now
            if let pulse = telescopes[id].pulse { agenda.cancel(pulse) }
        case .restarted:
            telescopes[id].crashed = nil
            awaitHeartbeat(of: id, after: .zero, agenda: &agenda)
        case .levels(let open, let idle):
            if open != 0 { observations.books.open.add(Int(open), at: now) }
            if idle != 0 { observations.books.idle.add(Int(idle), at: now) }
        }
    }
}
