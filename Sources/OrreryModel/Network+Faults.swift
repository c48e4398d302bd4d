import OrreryKernel

// What faults do.
extension Network {
    /// Nobody reaches the broker, and all workers, or all nodes of the cluster, are down.
    mutating func closeCentre(agenda: inout Agenda<Message>) {
        crashNodes(.max, agenda: &agenda)
        broker.disappear()
        scheduler?.closeCentre(agenda: &agenda)
        workers.halt(ledger: &ledger, agenda: &agenda)
        settleLocks(agenda: &agenda)
    }

    /// The centre is there again.
    mutating func openCentre(agenda: inout Agenda<Message>) {
        recoverNodes(.max, agenda: &agenda)
        broker.reappear()
        let (sites, uplinks) = (sites, uplinks)
        scheduler?.openCentre(sites: sites, uplinks: uplinks, agenda: &agenda)
        workers.resume(agenda: &agenda)
    }

    /// The first nodes of the cluster crash.
    mutating func crashNodes(_ count: Int, agenda: inout Agenda<Message>) {
        cluster?.crash(count, ledger: &ledger, agenda: &agenda)
    }

    /// They start again, unless another fault keeps them down.
    mutating func recoverNodes(_ count: Int, agenda: inout Agenda<Message>) {
        cluster?.recover(count, agenda: &agenda)
    }

    /// The loops of the first nodes of the cluster stand still.
    mutating func pauseNodes(_ count: Int, at now: Instant) { cluster?.pause(count, at: now) }

    /// They go on, unless another fault holds them.
    mutating func continueNodes(_ count: Int, agenda: inout Agenda<Message>) {
        cluster?.goOn(count, ledger: &ledger, agenda: &agenda)
    }

    /// The loops of the first nodes of the cluster take so many times as long from now on.
    mutating func slowNodes(_ count: Int, by factor: Double) { cluster?.slow(count, by: factor) }

    /// They take so many times less from now on.
    mutating func quickenNodes(_ count: Int, by factor: Double) { cluster?.quicken(count, by: factor) }

    /// Servers of the coordination service are gone.
    mutating func loseServers(_ count: Int, withLeader: Bool, agenda: inout Agenda<Message>) {
        coordination?.loseServers(count, withLeader: withLeader, agenda: &agenda)
    }

    /// They are back, unless another fault keeps them away.
    mutating func recoverServers(_ count: Int, withLeader: Bool, agenda: inout Agenda<Message>) {
        coordination?.recoverServers(count, withLeader: withLeader, agenda: &agenda)
    }

    /// The first nodes of the cluster and the others do not reach each other, unless they did not before.
    mutating func cutNodes(_ count: Int) { cluster?.cut(count) }

    /// They do again, unless another fault parts them.
    mutating func mendNodes(_ count: Int) { cluster?.mend(count) }

    /// The clocks of the first workers are so much further ahead from now on.
    mutating func skewClocks(of count: Int, by lead: Duration) { state?.skewClocks(of: count, by: lead) }

    /// They no longer are.
    mutating func rightClocks(of count: Int, by lead: Duration) { state?.rightClocks(of: count, by: lead) }

    /// The lines of the first sites go down, or are no longer down for this reason.
    mutating func setLines(ofShare share: Double, areDown: Bool, agenda: inout Agenda<Message>) {
        for site in firstSites(share) { uplinks.set(site, isDown: areDown, agenda: &agenda) }
    }

    /// What goes one way to or from the first sites is lost, or no longer.
    mutating func setCut(_ direction: Direction, ofShare share: Double, isCut: Bool) {
        for site in firstSites(share) { uplinks.set(site, direction, isCut: isCut) }
    }

    private func firstSites(_ share: Double) -> [SiteID] {
        let count = max(1, Int(share * Double(sites.count) + 0.5))
        return (0..<min(count, sites.count)).map { SiteID(number: UInt32($0)) }
    }
}
