import OrreryKernel
import Testing

@Suite("The agenda hands out events in the order of (time, insertion number)")
struct AgendaTests {
    @Test(
        "as a sorted array would, whatever is scheduled, armed, re-armed and cancelled",
        arguments: 1...3 as ClosedRange<UInt64>, [nil, 77] as [UInt64?])
    func agreesWithOracle(seed: UInt64, tieSeed: UInt64?) {
        var duel = Duel(seed: seed, tieSeed: tieSeed)
        for round in 0..<50 {
            for _ in 0..<2_000 {
                duel.act()
                if duel.differs { break }
            }
            // Past the last event, so that the next ones meet a clock that has moved on by itself.
            if round % 5 == 0 { duel.run(for: .seconds(100_000_000)) }
        }
        duel.run(for: .limit)
        #expect(duel.differs == false, "seed \(seed) differs after \(duel.oracle.eventCount) events")
        #expect(duel.simulation.fingerprint == duel.oracle.fingerprint)
        #expect(duel.oracle.eventCount > 50_000)
        #expect(duel.simulation.agenda.pendingCount == 0)
    }

    @Test("and breaks ties by the order of insertion, through the lane and the event set alike")
    func tiesKeepInsertionOrder() {
        var simulation = Simulation(Notebook())
        for id in 0..<1000 as Range<UInt64> {
            simulation.agenda.schedule(NoteEvent(id: id), after: .seconds(1))
        }
        simulation.run(until: Instant(nanoseconds: 500_000_000))
        for id in 1000..<2000 as Range<UInt64> {
            simulation.agenda.schedule(NoteEvent(id: id), after: .milliseconds(500))
        }
        simulation.run(until: Instant(nanoseconds: 1_000_000_000))
        #expect(simulation.model.lines.map(\.id) == Array(0..<2000))
    }

    @Test("and lets a zero-delay event wait for what was inserted earlier for the same instant")
    func zeroDelayWaitsItsTurn() {
        var simulation = Simulation(Notebook())
        let timer = simulation.agenda.makeTimer()
        simulation.agenda.schedule(NoteEvent(id: 1), after: .seconds(1))
        simulation.agenda.schedule(NoteEvent(id: 2), after: .seconds(1))
        let stepped = simulation.step(until: Instant(nanoseconds: 1_000_000_000))
        #expect(stepped)
        simulation.agenda.schedule(NoteEvent(id: 3))
        simulation.agenda.arm(timer, NoteEvent(id: 4), after: .zero)
        simulation.agenda.schedule(NoteEvent(id: 5))
        simulation.run(until: Instant(nanoseconds: 1_000_000_000))
        #expect(simulation.model.lines.map(\.id) == [1, 2, 3, 4, 5])
    }

    @Test("and keeps that order at an instant to which the clock has moved with nothing due")
    func idleClock() {
        var simulation = Simulation(Notebook())
        let timer = simulation.agenda.makeTimer()
        for id in 0..<4000 as Range<UInt64> {
            simulation.agenda.schedule(NoteEvent(id: id), after: Duration(nanoseconds: Int64(id) * 1000 + 1))
        }
        simulation.run(until: .start + .seconds(1))
        simulation.agenda.arm(timer, NoteEvent(id: 5000), after: .zero)
        simulation.agenda.arm(timer, NoteEvent(id: 5001), after: .zero)
        simulation.agenda.schedule(NoteEvent(id: 5002))
        simulation.run(until: .start + .seconds(1))
        #expect(simulation.model.lines.suffix(2).map(\.id) == [5001, 5002])
    }

    @Test("and takes no event into the past")
    func negativeDelayIsABug() async {
        await #expect(processExitsWith: .failure) {
            var agenda = Agenda<NoteEvent>()
            agenda.schedule(NoteEvent(id: 0), after: Duration(nanoseconds: -1))
        }
        await #expect(processExitsWith: .failure) {
            var agenda = Agenda<NoteEvent>()
            let timer = agenda.makeTimer()
            agenda.arm(timer, NoteEvent(id: 0), after: Duration(nanoseconds: -1))
        }
    }
}

/// An agenda and its oracle, which are told the same things at random and must answer alike.
private struct Duel: ~Copyable {
    private(set) var simulation: Simulation<Notebook>
    private(set) var oracle: AgendaOracle
    private(set) var differs = false
    private var random: RandomStream
    private var timers: [Timer] = []
    private var nextID: UInt64 = 0

    init(seed: UInt64, tieSeed: UInt64?) {
        simulation = Simulation(Notebook(), agenda: Agenda(tieSeed: tieSeed))
        oracle = AgendaOracle(tieSeed: tieSeed)
        random = RandomStream(seed: seed, entity: "duel", purpose: "operations")
        for _ in 0..<300 { timers.append(simulation.agenda.makeTimer()) }
    }

    mutating func act() {
        switch random.index(below: 100) {
        case 0..<12: schedule(after: .zero, copies: 1 + random.index(below: 4))
        case 12..<22: schedule(after: Duration(nanoseconds: Int64(random.index(below: 6))), copies: 1)
        case 22..<32: schedule(after: Duration(nanoseconds: Int64(random.index(below: 2000))), copies: 1)
        case 32..<35: schedule(after: Duration(nanoseconds: Int64(random.index(below: 300))), copies: 8)
        case 35: scheduleFarAway()
        case 36..<50: arm(within: 1000)
        case 50..<55: arm(within: 5)
        case 55..<62: cancel()
        case 62..<66: run(for: Duration(nanoseconds: Int64(random.index(below: 12))))
        default: for _ in 0..<4 { step(within: Int64(random.index(below: 200))) }
        }
    }

    private mutating func schedule(after delay: Duration, copies: Int) {
        for _ in 0..<copies {
            let event = makeEvent()
            simulation.agenda.schedule(event, after: delay)
            oracle.insert(event, after: delay)
        }
    }

    private mutating func scheduleFarAway() {
        guard random.index(below: 20) == 0 else { return }
        schedule(after: Duration(nanoseconds: Int64(random.index(below: 1 << 60))), copies: 1)
    }

    private mutating func arm(within bound: Int) {
        let slot = random.index(below: timers.count)
        let delay = Duration(nanoseconds: Int64(random.index(below: bound)))
        let event = makeEvent()
        simulation.agenda.arm(timers[slot], event, after: delay)
        oracle.insert(event, after: delay, timer: slot)
    }

    private mutating func cancel() {
        let slot = random.index(below: timers.count)
        check(simulation.agenda.isArmed(timers[slot]) == oracle.isArmed(slot))
        simulation.agenda.cancel(timers[slot])
        oracle.cancel(slot)
        check(!simulation.agenda.isArmed(timers[slot]))
    }

    private mutating func step(within nanoseconds: Int64) {
        let end = oracle.now + Duration(nanoseconds: nanoseconds)
        let expected = oracle.step(until: end)
        check(simulation.step(until: end) == (expected != nil))
        if let expected { check(simulation.model.lines.last == .init(id: expected.id, time: oracle.now)) }
        check(simulation.agenda.now == oracle.now && simulation.agenda.eventCount == oracle.eventCount)
    }

    mutating func run(for length: Duration) {
        let end = min(oracle.now + length, .start + .limit)
        while oracle.step(until: end) != nil {}
        oracle.advance(to: end)
        simulation.run(until: end)
        check(simulation.agenda.now == end && simulation.fingerprint == oracle.fingerprint)
    }

    private mutating func makeEvent() -> NoteEvent {
        nextID += 1
        return NoteEvent(id: nextID)
    }

    private mutating func check(_ holds: Bool) {
        if !holds { differs = true }
    }
}
