import OrreryKernel

/// All telescopes of the network, laid out by how often things are needed: what every exposure needs lies close
/// together, what only the opening of a dome needs lies apart.
struct Fleet: Sendable {
    private var telescopes: ContiguousArray<Telescope> = []
    private let groups: ContiguousArray<TelescopeGroup>
    /// From the opening of the dome to the first exposure, by group.
    private let setUps: ContiguousArray<Distribution>
    /// What draws the times of set-up, by telescope.
    private var setUpStreams: ContiguousArray<RandomStream> = []
    /// The telescopes of the first site, then those of the second, and so on, each site's in order of number.
    private var residents: ContiguousArray<TelescopeID>
    /// Where the telescopes of each site end in `residents`.
    private var residentsEnd: ContiguousArray<UInt32>
    /// Exposures that the closing of the dome cut short.
    private(set) var abortedExposures = Counter()

    /// The telescopes of a plan, which has so many sites.
    init(plan: NetworkPlan, seed: UInt64, places: SitePlaces, agenda: inout Agenda<Message>) {
        groups = ContiguousArray(plan.fleet.map(TelescopeGroup.init))
        setUps = ContiguousArray(plan.fleet.map(\.setUp))
        let count = plan.telescopeCount
        telescopes.reserveCapacity(count)
        setUpStreams.reserveCapacity(count)
        var homes = ContiguousArray<SiteID>()
        homes.reserveCapacity(count)
        for (group, groupPlan) in plan.fleet.enumerated() {
            for index in 0..<groupPlan.count {
                let site = places.site(number: index, of: groupPlan.site)
                homes.append(site)
                telescopes.append(Telescope(site: site, group: UInt32(group), timer: agenda.makeTimer()))
                setUpStreams.append(
                    RandomStream(seed: seed, entity: "telescope/\(groupPlan.name)/\(index)", purpose: "set-up"))
            }
        }
        (residents, residentsEnd) = Fleet.sorted(homes, siteCount: places.count)
    }

    /// The telescopes of each site after those of the site before it, by counting.
    private static func sorted(
        _ homes: ContiguousArray<SiteID>, siteCount: Int
    ) -> (residents: ContiguousArray<TelescopeID>, ends: ContiguousArray<UInt32>) {
        var ends = ContiguousArray<UInt32>(repeating: 0, count: siteCount)
        for home in homes { ends[Int(home.number)] += 1 }
        for site in ends.indices.dropFirst() { ends[site] += ends[site - 1] }
        var next = ends
        var residents = ContiguousArray(repeating: TelescopeID(number: 0), count: homes.count)
        for (number, home) in homes.enumerated().reversed() {
            next[Int(home.number)] -= 1
            residents[Int(next[Int(home.number)])] = TelescopeID(number: UInt32(number))
        }
        return (residents, ends)
    }

    /// Handles what happens to a telescope.
    mutating func handle(
        _ event: Message.TelescopeEvent, of id: TelescopeID, ledger: inout Ledger, agenda: inout Agenda<Message>
    ) {
        let number = Int(id.number)
        let group = Int(telescopes[number].group)
        switch event {
        case .domeOpened:
            // Drawn also for an opening that is void at once, so that every order of ties draws the same numbers.
            let setUpTime = setUps[group].duration(using: &setUpStreams[number])
            telescopes[number].setUp(id, for: setUpTime, agenda: &agenda)
        case .domeClosed:
            if telescopes[number].close(agenda: &agenda) { abortedExposures.add() }
        case .ready:
            telescopes[number].beginExposing(id, groups[group], agenda: &agenda)
        case .shutterClosed:
            telescopes[number].readOut(id, groups[group], ledger: &ledger, agenda: &agenda)
        case .readOut(let item):
            telescopes[number].handOver(item, id, groups[group], agenda: &agenda)
        }
    }

    /// Tells the telescopes of a site that its domes open or close.
    func tell(_ site: SiteID, isOpen: Bool, agenda: inout Agenda<Message>) {
        for id in residents(of: site) { agenda.schedule(.telescope(id, isOpen ? .domeOpened : .domeClosed)) }
    }

    /// The warm-up is over.
    mutating func restart() { abortedExposures.restart() }

    /// How many cameras read an image out.
    var readingOutCount: Int { telescopes.count { $0.isReadingOut } }

    /// Stops the run if a telescope of a site does not do what it should under its sky.
    func check(_ site: SiteID, isOpen: Bool, agenda: borrowing Agenda<Message>) {
        for id in residents(of: site) { telescopes[Int(id.number)].check(id, isOpen: isOpen, agenda: agenda) }
    }

    private func residents(of site: SiteID) -> ArraySlice<TelescopeID> {
        let number = Int(site.number)
        return residents[(number == 0 ? 0 : Int(residentsEnd[number - 1]))..<Int(residentsEnd[number])]
    }
}
