import OrreryKernel

/// The telescopes' own computers at work: what they make of images, and what waits for them.
///
/// A telescope without one puts the raw image onto its disk, which costs nothing here.
struct EdgeComputers: Sendable {
    private let pipelines: ContiguousArray<EdgePipeline?>
    private let cores: ContiguousArray<Int>
    /// The place of each telescope's computer; of none where it has none.
    private var places: ContiguousArray<UInt32?> = []
    private var computers: ContiguousArray<EdgeComputer> = []
    /// How many items come of an exposure, by group.
    let productCounts: ContiguousArray<Int>

    /// The computers of a fleet.
    init(plan: NetworkPlan, seed: UInt64) {
        pipelines = ContiguousArray(plan.fleet.map { group in group.edge?.pipeline(of: group.camera) })
        cores = ContiguousArray(plan.fleet.map { $0.edge?.cores ?? 0 })
        productCounts = ContiguousArray(plan.fleet.map(\.productCount))
        guard plan.fleet.contains(where: { $0.edge != nil }) else { return }
        for group in plan.fleet {
            for index in 0..<group.count {
                guard let edge = group.edge else {
                    places.append(nil)
                    continue
                }
                places.append(UInt32(computers.count))
                computers.append(
                    EdgeComputer(
                        streams: ContiguousArray(
                            edge.products.map { product in
                                RandomStream(
                                    seed: seed, entity: "telescope/\(group.name)/\(index)",
                                    purpose: "edge/\(product.kind.name)")
                            })))
            }
        }
    }

    /// How many items wait or are being processed.
    var processingCount: Int { computers.reduce(0) { $0 + $1.queue.count + $1.busyCores } }

    /// The items of an exposure come into being, all at once; the first of them.
    mutating func produce(
        _ id: TelescopeID, _ group: Int, _ imageSize: ByteCount, ledger: inout Ledger, at now: Instant
    ) -> ItemID {
        guard let pipeline = pipelines[group], let place = place(of: id) else {
            return ledger.produce(size: imageSize, group: UInt32(group), source: id.number, in: .readOut, at: now)
        }
        for product in 0..<pipeline.count {
            let result = pipeline.make(product, using: &computers[place].streams[product])
            let item = ledger.produce(
                size: result.size, group: UInt32(group), source: id.number, in: .readOut, at: now)
            computers[place].image.append(EdgeJob(item: item, time: pipeline.time(for: result.work)))
        }
        guard let first = computers[place].image.first else { violation("a computer makes nothing of an image") }
        return first.item
    }

    /// An image is read out, and its items wait for the computer; false if there is none.
    mutating func begin(
        _ id: TelescopeID, _ group: Int, ledger: inout Ledger, agenda: inout Agenda<Message>
    ) -> Bool {
        guard let place = place(of: id) else { return false }
        while let job = computers[place].image.removeFirst() {
            ledger.move(job.item, to: .edgeWait, at: agenda.now)
            computers[place].queue.append(job)
        }
        work(id, place, group, ledger: &ledger, agenda: &agenda)
        return true
    }

    /// The computer is done with an item.
    mutating func end(_ id: TelescopeID, _ group: Int, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        guard let place = place(of: id) else { violation("a telescope without a computer has processed an item") }
        computers[place].busyCores -= 1
        work(id, place, group, ledger: &ledger, agenda: &agenda)
    }

    private func place(of id: TelescopeID) -> Int? { places.isEmpty ? nil : places[Int(id.number)].map { Int($0) } }

    private mutating func work(
        _ id: TelescopeID, _ place: Int, _ group: Int, ledger: inout Ledger, agenda: inout Agenda<Message>
    ) {
        while computers[place].busyCores < cores[group], let job = computers[place].queue.removeFirst() {
            computers[place].busyCores += 1
            ledger.move(job.item, to: .edgeWork, at: agenda.now)
            agenda.schedule(.telescope(id, .processed(job.item)), after: job.time)
        }
    }
}

/// A telescope's own computer: each of its cores processes one item at a time, first come, first served.
private struct EdgeComputer: Sendable {
    /// What draws the products, by product.
    var streams: ContiguousArray<RandomStream>
    /// The items of the image that is being read out.
    var image = Line<EdgeJob>()
    /// What waits for a core.
    var queue = Line<EdgeJob>()
    var busyCores = 0
}

/// An item and how long a core takes to make it.
private struct EdgeJob: BitwiseCopyable, Sendable {
    let item: ItemID
    let time: Duration
}
