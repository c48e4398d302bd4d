import OrreryKernel
import Testing

@Suite("A simulation")
struct SimulationTests {
    private static let second = Instant.start + .seconds(1)

    @Test("handles what is due exactly at the end, and nothing after it")
    func endIsIncluded() {
        var simulation = Simulation(Notebook())
        simulation.agenda.schedule(NoteEvent(id: 1), after: .seconds(1))
        simulation.agenda.schedule(NoteEvent(id: 2), after: Duration(nanoseconds: 1_000_000_001))
        simulation.run(until: Self.second)
        #expect(simulation.model.lines == [.init(id: 1, time: Self.second)])
        #expect(simulation.agenda.pendingCount == 1)
    }

    @Test("handles what an event at the end schedules without delay")
    func lastInstantIsFinished() {
        var simulation = Simulation(Countdown())
        simulation.agenda.schedule(NoteEvent(id: 5), after: .seconds(1))
        simulation.run(until: Self.second)
        #expect(simulation.model.handled == [5, 4, 3, 2, 1, 0])
        #expect(simulation.agenda.now == Self.second)
    }

    @Test("stands at the end of its run, even if nothing happened")
    func clockReachesTheEnd() {
        var simulation = Simulation(Notebook())
        simulation.run(until: Self.second)
        #expect(simulation.agenda.now == Self.second)
        #expect(simulation.agenda.eventCount == 0)
        #expect(simulation.fingerprint == Fingerprint())
    }

    @Test("steps one event at a time and leaves the clock at the last one")
    func steps() {
        var simulation = Simulation(Notebook())
        simulation.agenda.schedule(NoteEvent(id: 1), after: .milliseconds(1))
        simulation.agenda.schedule(NoteEvent(id: 2), after: .milliseconds(2))
        let first = simulation.step(until: Self.second)
        #expect(first && simulation.agenda.now == .start + .milliseconds(1))
        let second = simulation.step(until: Self.second)
        let third = simulation.step(until: Self.second)
        #expect(second && !third)
        #expect(simulation.agenda.now == .start + .milliseconds(2))
        #expect(simulation.model.lines.map(\.id) == [1, 2])
    }

    @Test("gives the same fingerprint in one run and in a thousand short ones")
    func fingerprintDoesNotDependOnTheCuts() {
        func start() -> Simulation<Notebook> {
            var simulation = Simulation(Notebook())
            for id in 0..<5000 as Range<UInt64> {
                simulation.agenda.schedule(NoteEvent(id: id), after: Duration(nanoseconds: Int64(id * 7919 % 1000)))
            }
            return simulation
        }
        var whole = start()
        var pieces = start()
        whole.run(until: Instant(nanoseconds: 1000))
        for end in 0...1000 as ClosedRange<Int64> { pieces.run(until: Instant(nanoseconds: end)) }
        #expect(whole.fingerprint == pieces.fingerprint)
        #expect(whole.model.lines == pieces.model.lines)
    }

    @Test("handles nothing when the end lies in the past, not even what waits at the current instant")
    func pastEndHandlesNothing() {
        var simulation = Simulation(Notebook())
        simulation.run(until: Self.second)
        simulation.agenda.schedule(NoteEvent(id: 1))
        let early = simulation.step(until: Instant(nanoseconds: 999_999_999))
        #expect(!early && simulation.model.lines.isEmpty)
        let due = simulation.step(until: Self.second)
        #expect(due)
    }

    @Test("does not run backwards")
    func clockNeverGoesBack() async {
        await #expect(processExitsWith: .failure) {
            var simulation = Simulation(Notebook())
            simulation.run(until: Instant(nanoseconds: 2))
            simulation.run(until: Instant(nanoseconds: 1))
        }
    }

    @Test("sees every bit of an event's words", arguments: 0..<128)
    func everyBitOfTheWordsCounts(bit: Int) {
        func fingerprint(of event: BitEvent) -> Fingerprint {
            var simulation = Simulation(Silence())
            simulation.agenda.schedule(event, after: .seconds(1))
            simulation.run(until: Self.second)
            return simulation.fingerprint
        }
        #expect(fingerprint(of: BitEvent(bit: bit)) != fingerprint(of: BitEvent(bit: -1)))
    }

    @Test("refuses a kind or an entity that does not fit into 32 bits", arguments: [0, 1])
    func wordsHaveBounds(half: Int) async {
        await #expect(processExitsWith: .failure) { [half] in
            var simulation = Simulation(Silence())
            simulation.agenda.schedule(BitEvent(bit: half == 0 ? -2 : -3))
            simulation.run(until: .start)
        }
    }
}

/// A model that answers every message without delay, until zero.
private struct Countdown: SimulationModel {
    var handled: [UInt64] = []

    mutating func handle(_ event: NoteEvent, agenda: inout Agenda<NoteEvent>) {
        handled.append(event.id)
        if event.id > 0 { agenda.schedule(NoteEvent(id: event.id - 1)) }
    }
}

/// An event with one bit of its words set: the kind's 32, the entity's 32, then the payload's 64.
private struct BitEvent: SimulationEvent {
    let bit: Int

    var words: (kind: UInt64, entity: UInt64, payload: UInt64) {
        switch bit {
        case 0..<32: (1 << UInt64(bit), 0, 0)
        case 32..<64: (0, 1 << UInt64(bit - 32), 0)
        case 64..<128: (0, 0, 1 << UInt64(bit - 64))
        case -2: (1 << 32, 0, 0)
        case -3: (0, 1 << 32, 0)
        default: (0, 0, 0)
        }
    }
}

/// A model that does nothing.
private struct Silence: SimulationModel {
    mutating func handle(_ event: BitEvent, agenda: inout Agenda<BitEvent>) {}
}
