import OrreryKernel
import Testing

@testable import OrreryModel

/// Runs over whatever stands in the catalog, so that a new kind needs no line here.
@Suite("Every broker keeps the promises of brokers")
struct BrokerConformanceTests {
    static let names = BrokerCatalog.kinds.kinds.map(\.name)

    @Test("with its defaults", arguments: names)
    func defaults(name: String) {
        var world = BrokerWorld(name, [:], seed: 1)
        world.run(steps: 20_000)
        #expect(world.fault == nil)
    }

    @Test("with any values of its parameters", arguments: names)
    func anyValues(name: String) throws {
        let kind = try #require(BrokerCatalog.kinds[name])
        for seed in 0..<UInt64(20) {
            let values = kind.someValues(seed: seed)
            var world = BrokerWorld(name, values, seed: seed)
            world.run(steps: 1500)
            let text = values.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
            #expect(world.fault == nil, "seed \(seed), \(text)")
        }
    }

    @Test("and does the same again, to the last action", arguments: names)
    func determinism(name: String) throws {
        let kind = try #require(BrokerCatalog.kinds[name])
        for seed in 0..<UInt64(3) {
            let runs = (0..<2).map { _ in
                var world = BrokerWorld(name, seed == 0 ? [:] : kind.someValues(seed: seed), seed: seed)
                world.run(steps: 2000)
                return world.driver.actions
            }
            #expect(runs[0] == runs[1], "seed \(seed)")
        }
    }

    @Test("and declares parameters that work if nothing is said, and whose defaults have a source", arguments: names)
    func declarations(name: String) throws {
        let kind = try #require(BrokerCatalog.kinds[name])
        #expect(kind.conflict(ParameterValues([:])) == nil)
        #expect(Set(kind.parameters.map(\.key)).count == kind.parameters.count)
        for parameter in kind.parameters {
            #expect(!parameter.isRequired, "\(parameter.key) has no default")
            #expect(!parameter.summary.isEmpty, "\(parameter.key) says what it is")
            guard let fallback = parameter.fallback else { continue }
            #expect(!parameter.source.isEmpty, "the default of \(parameter.key) says where it comes from")
            if let magnitude = fallback.magnitude { #expect(parameter.range.contains(magnitude), "\(parameter.key)") }
        }
    }
}

/// A broker among random producers and workers, and the books that say where every copy is.
struct BrokerWorld {
    private(set) var driver: BrokerDriver
    /// The first broken promise.
    private(set) var fault: String?
    private var random: RandomStream
    private var books: [Copy: Place] = [:]
    private var confirmed: Set<Copy> = []
    private var heldCount = 0
    private var published: UInt32 = 0
    /// What each worker has, in order of delivery; nil while it is not connected.
    private var hands: [[Copy]?]
    /// Who said that it goes.
    private var leaving: Set<WorkerID> = []
    /// What was taken from a worker, and from which.
    private var reclaimed: [(Copy, WorkerID)] = []
    private var isDoorOpen = true

    /// Where a copy is; `new` and `back` are where the broker has to say at once what becomes of it.
    private enum Place: Equatable {
        case new, held, back, done, refused, dropped
        case with(WorkerID)
    }

    init(_ kind: String, _ values: [String: ParameterValue], seed: UInt64) {
        driver = BrokerDriver(kind, values)
        random = RandomStream(seed: seed, entity: kind, purpose: "conformance")
        hands = Array(repeating: nil, count: 5)
    }

    /// So many random steps, and then all that is left is worked off.
    mutating func run(steps: Int) {
        for number in hands.indices { connect(number) }
        for step in 0..<steps where fault == nil {
            takeStep()
            check(thoroughly: step % 100 == 0)
        }
        workOff()
        check(thoroughly: true)
    }

    private mutating func takeStep() {
        let number = random.index(below: hands.count)
        switch random.index(below: 100) {
        case 0..<45: publish()
        case 45..<75: finish(number) { .acknowledged($0, by: $1) }
        case 75..<80: finish(number) { .rejected($0, by: $1) }
        case 80..<82: crash(number)
        case 82..<90: connect(number)
        case 90..<92: acknowledgeLate()
        case 92..<94: sayGoodbye(number)
        default:
            let pause = [0.0001, 0.01, 1, 100, 5000][random.index(below: 5)] * random.standardExponential()
            settle(driver.advance(toSecond: driver.port.now.seconds + pause), "a pause of \(pause) s")
        }
    }

    private mutating func publish() {
        if !isDoorOpen { return }
        // Places of items are used again, so that copies differ in the sending only.
        let copy = Copy(item: ItemID(number: published % 100), number: published / 100)
        published += 1
        books[copy] = .new
        let depth = driver.broker.depth
        let size = ByteCount(Int64(1 + random.index(below: 5000)))
        let key = random.unit() < 0.5 ? UInt32(random.index(below: 20)) : nil
        settle(driver.feed(.published(Publication(copy: copy, size: size, key: key))), "a publication")
        if books[copy] == .new { fail("\(copy) was published and nothing was said about it") }
        if let capacity = driver.broker.capacity, driver.broker.depth > max(depth, capacity) {
            fail("a publication raised the depth to \(driver.broker.depth), beyond the capacity \(capacity)")
        }
    }

    /// A worker is done with something it has, mostly the oldest, or hands it back.
    private mutating func finish(_ number: Int, _ input: (Copy, WorkerID) -> BrokerInput) {
        guard let hand = hands[number], !hand.isEmpty else { return }
        let place = random.unit() < 0.9 ? 0 : random.index(below: hand.count)
        let copy = hand[place]
        hands[number]?.remove(at: place)
        let event = input(copy, WorkerID(number: UInt32(number)))
        if case .acknowledged = event { books[copy] = .done } else { books[copy] = .back }
        settle(driver.feed(event), "\(event)")
        if books[copy] == .back { fail("\(copy) was handed back and nothing was said about it") }
    }

    private mutating func crash(_ number: Int) {
        guard let hand = hands[number] else { return }
        hands[number] = nil
        let worker = WorkerID(number: UInt32(number))
        leaving.remove(worker)
        for copy in hand.reversed() {
            books[copy] = .back
            settle(driver.feed(.returned(copy, from: worker)), "a return of \(copy)")
            if books[copy] == .back { fail("\(copy) was returned and nothing was said about it") }
        }
        settle(driver.feed(.left(worker)), "worker \(number) leaving")
    }

    /// A worker says that it goes; it may still finish what it has, until it crashes or leaves.
    private mutating func sayGoodbye(_ number: Int) {
        let worker = WorkerID(number: UInt32(number))
        if hands[number] == nil || leaving.contains(worker) { return }
        leaving.insert(worker)
        settle(driver.feed(.leaving(worker)), "worker \(number) saying that it goes")
    }

    private mutating func connect(_ number: Int) {
        if hands[number] != nil { return }
        hands[number] = []
        settle(driver.feed(.joined(WorkerID(number: UInt32(number)))), "worker \(number) joining")
    }

    /// A worker goes on with what was taken from it, and acknowledges it late.
    private mutating func acknowledgeLate() {
        if reclaimed.isEmpty { return }
        let (copy, worker) = reclaimed[random.index(below: reclaimed.count)]
        guard hands[Int(worker.number)] != nil else { return }
        settle(driver.feed(.acknowledgedLate(copy, by: worker)), "a late acknowledgement")
    }

    /// Nobody publishes, no worker fails: in the end nothing waits and the door is open.
    private mutating func workOff() {
        for number in hands.indices where leaving.contains(WorkerID(number: UInt32(number))) { crash(number) }
        for _ in 0..<200_000 where fault == nil {
            for number in hands.indices { connect(number) }
            if let number = hands.indices.first(where: { hands[$0]?.isEmpty == false }) {
                finish(number) { .acknowledged($0, by: $1) }
            } else if heldCount == 0 && isDoorOpen {
                return
            } else if let time = driver.port.wakeTime {
                // A microsecond more, because seconds are rounded.
                settle(driver.advance(toSecond: max(time, driver.port.now).seconds + 1e-6), "waiting")
            } else {
                return fail("\(heldCount) wait for ever, or the door stays closed")
            }
        }
        fail("\(heldCount) still wait")
    }

    // MARK: - The books

    private mutating func settle(_ actions: [BrokerAction], _ cause: String) {
        for action in actions where fault == nil {
            if !book(action) { fail("\(action) at \(driver.port.now), because of \(cause)") }
        }
    }

    /// Books an action; false if the broker must not do it.
    private mutating func book(_ action: BrokerAction) -> Bool {
        switch action {
        case .hold(let copy): return move(copy, to: .held) { $0 == .new || $0 == .back }
        case .drop(let copy, _): return move(copy, to: .dropped) { $0 == .new || $0 == .back || $0 == .held }
        case .refuse(let copy, _):
            return !confirmed.contains(copy) && move(copy, to: .refused) { $0 == .new || $0 == .back }
        case .confirm(let copy):
            return books[copy] != nil && books[copy] != .refused && confirmed.insert(copy).inserted
        case .deliver(let copy, let worker):
            hands[Int(worker.number)]?.append(copy)
            return hands[Int(worker.number)] != nil && !leaving.contains(worker)
                && move(copy, to: .with(worker)) { $0 == .new || $0 == .held }
        case .reclaim(let copy, let worker):
            hands[Int(worker.number)]?.removeAll { $0 == copy }
            reclaimed.append((copy, worker))
            return move(copy, to: .held) { $0 == .with(worker) }
        case .finish(let copy): return move(copy, to: .done) { $0 == .held || $0 == .back }
        case .disconnect(let worker):
            let isEmptyHanded = hands[Int(worker.number)]?.isEmpty == true
            hands[Int(worker.number)] = nil
            leaving.remove(worker)
            return isEmptyHanded
        case .closeDoor, .openDoor:
            let wasOpen = isDoorOpen
            isDoorOpen = action == .openDoor
            return isDoorOpen != wasOpen
        }
    }

    private mutating func move(_ copy: Copy, to place: Place, from isAllowed: (Place) -> Bool) -> Bool {
        guard let former = books[copy], isAllowed(former) else { return false }
        heldCount += (place == .held ? 1 : 0) - (former == .held ? 1 : 0)
        books[copy] = place
        return true
    }

    private mutating func check(thoroughly: Bool) {
        if driver.broker.depth != heldCount { fail("it says that \(driver.broker.depth) wait, but \(heldCount) do") }
        if !thoroughly { return }
        let held = driver.broker.held
        if held.count != heldCount || !Set(held).allSatisfy({ books[$0] == .held }) || Set(held).count != held.count {
            fail("it says that it holds \(held.count), but it does not hold just these")
        }
    }

    private mutating func fail(_ text: String) {
        if fault == nil { fault = text }
    }
}

extension Kind {
    /// Random values for some of the parameters, each in its range and all without conflict.
    func someValues(seed: UInt64) -> [String: ParameterValue] {
        var random = RandomStream(seed: seed, entity: name, purpose: "values")
        while true {
            var values: [String: ParameterValue] = [:]
            for parameter in parameters where parameter.isRequired || random.unit() < 0.5 {
                let examples = parameter.examples
                if !examples.isEmpty { values[parameter.key] = examples[random.index(below: examples.count)] }
            }
            if conflict(ParameterValues(values)) == nil { return values }
        }
    }
}

extension ParameterSpec {
    /// Values in its range: small, large, and at its ends where they mean something.
    var examples: [ParameterValue] {
        let all: [ParameterValue] =
            switch dimension {
            case .count: [-1, 0, 1, 2, 3, 5, 17, 100].map { .count($0) }
            case .duration: [0, 0.001, 0.05, 1, 60, 3600].map { .duration(Duration(seconds: $0)) }
            case .size: [0, 100, 3000, 20_000, 1_000_000].map { .size(ByteCount($0)) }
            case .rate: [10_000, 1_000_000].map { .rate(DataRate(bitsPerSecond: $0)) }
            case .share: [0, 0.1, 0.5, 1].map { .share($0) }
            case .number: [0, 0.5, 1, 2, 10].map { .number($0) }
            case .choice(let words): words.map { .text($0) }
            case .date, .text, .numbers, .distribution, .sampled: []
            }
        return all.filter { $0.magnitude.map(range.contains) ?? true }
    }
}
