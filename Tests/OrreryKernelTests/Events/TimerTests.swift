import Testing

@testable import OrreryKernel

@Suite("A timer")
struct TimerTests: ~Copyable {
    private var simulation = Simulation(Notebook())
    private let timer: Timer

    init() {
        timer = simulation.agenda.makeTimer()
    }

    private mutating func arm(_ id: UInt64, after delay: Duration) {
        simulation.agenda.arm(timer, NoteEvent(id: id), after: delay)
    }

    private mutating func run(until seconds: Int64) {
        simulation.run(until: .start + .seconds(seconds))
    }

    private var isArmed: Bool { simulation.agenda.isArmed(timer) }

    private var fired: [UInt64] { simulation.model.lines.map(\.id) }

    @Test("fires once, with its last event, at its last deadline")
    mutating func lastArmingCounts() {
        arm(1, after: .seconds(5))
        arm(2, after: .seconds(9))
        arm(3, after: .seconds(2))
        arm(4, after: .seconds(7))
        run(until: 20)
        #expect(simulation.model.lines == [.init(id: 4, time: .start + .seconds(7))])
        #expect(isArmed == false)
    }

    @Test("keeps one entry on the agenda when it is re-armed later 100,000 times")
    mutating func reArmingLaterCostsNoMemory() {
        for nanosecond in 1...100_000 as ClosedRange<Int64> {
            arm(UInt64(nanosecond), after: Duration(nanoseconds: nanosecond))
            if nanosecond % 1000 == 0 { #expect(simulation.agenda.events.count == 1) }
        }
        run(until: 1)
        #expect(simulation.model.lines == [.init(id: 100_000, time: Instant(nanoseconds: 100_000))])
    }

    @Test("keeps one entry on the agenda while a heartbeat pushes its time-out along")
    mutating func heartbeatCostsNoMemory() {
        for beat in 0..<100_000 as Range<Int64> {
            simulation.run(until: .start + .milliseconds(beat))
            arm(UInt64(beat), after: .milliseconds(10))
            if beat % 1000 == 0 { #expect(simulation.agenda.events.count == 1) }
        }
        #expect(fired.isEmpty)
        run(until: 200)
        #expect(fired == [99_999])
        #expect(simulation.agenda.eventCount == 1)
    }

    @Test("does not fire when it is cancelled, and fires again when it is armed afterwards")
    mutating func cancelledThenReArmed() {
        arm(1, after: .seconds(5))
        simulation.agenda.cancel(timer)
        #expect(isArmed == false)
        run(until: 3)
        arm(2, after: .seconds(4))
        run(until: 6)
        #expect(fired.isEmpty)
        run(until: 8)
        #expect(fired == [2])
        simulation.agenda.cancel(timer)
        arm(3, after: .zero)
        run(until: 8)
        #expect(fired == [2, 3])
    }

    @Test("leaves no heap of dead entries when it is cancelled or armed earlier again and again")
    mutating func deadEntriesAreSweptOut() {
        let timers = (0..<1000).map { _ in simulation.agenda.makeTimer() }
        var highest = 0
        for round in 0..<200 as Range<Int64> {
            for (number, timer) in timers.enumerated() {
                simulation.agenda.arm(timer, NoteEvent(id: UInt64(number)), after: .seconds(1000 - round))
                if number % 3 == 0 { simulation.agenda.cancel(timer) }
            }
            highest = max(highest, simulation.agenda.events.count)
            #expect(simulation.agenda.pendingCount == 666)
        }
        #expect(highest < 3200, "1,000 timers had \(highest) entries")
        run(until: 2000)
        #expect(fired.count == 666 && fired.allSatisfy { $0 % 3 != 0 })
        #expect(simulation.agenda.pendingCount == 0)
    }

    @Test("takes the place in the order of its last arming among events of one instant")
    mutating func reArmingMovesToTheEnd() {
        arm(1, after: .seconds(1))
        simulation.agenda.schedule(NoteEvent(id: 2), after: .seconds(2))
        arm(3, after: .seconds(2))
        simulation.agenda.schedule(NoteEvent(id: 4), after: .seconds(2))
        run(until: 2)
        #expect(fired == [2, 3, 4])
    }

    @Test("of one owner does not disturb the timer of another")
    mutating func timersAreIndependent() {
        let other = simulation.agenda.makeTimer()
        arm(1, after: .seconds(2))
        simulation.agenda.arm(other, NoteEvent(id: 2), after: .seconds(1))
        simulation.agenda.cancel(timer)
        run(until: 3)
        #expect(fired == [2])
    }

    @Test("of another agenda is refused")
    func strangersAreRefused() async {
        await #expect(processExitsWith: .failure) {
            var simulation = Simulation(Notebook())
            var other = Simulation(Notebook())
            let timers = (0..<2).map { _ in other.agenda.makeTimer() }
            _ = simulation.agenda.makeTimer()
            simulation.agenda.arm(timers[1], NoteEvent(id: 1), after: .seconds(1))
        }
        await #expect(processExitsWith: .failure) {
            var other = Simulation(Notebook())
            let timer = other.agenda.makeTimer()
            var simulation = Simulation(Notebook())
            simulation.agenda.cancel(timer)
        }
    }
}
