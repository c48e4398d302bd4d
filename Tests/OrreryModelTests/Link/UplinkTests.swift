import OrreryKernel
import Testing

@testable import OrreryModel

@Suite("An uplink")
struct UplinkTests {
    private let megabit = ByteCount(125_000)

    /// A line of a megabit a second whose connections break after a minute.
    private var uplink: Uplink {
        Uplink(
            plan: UplinkPlan(
                values: ParameterValues([
                    "rate": .rate(DataRate(bitsPerSecond: 1_000_000)), "break-after": .duration(.minutes(1)),
                ]),
                outages: nil))
    }

    @Test("says when a transfer is complete and which it is")
    func transfer() {
        var uplink = uplink
        #expect(uplink.nextChange == nil)
        uplink.start(copy(0), size: megabit, at: .seconds(2))
        #expect(uplink.load == 1)
        #expect(uplink.nextChange == .seconds(3))
        #expect(uplink.change(at: .seconds(3)) == .finished(copy(0)))
        #expect(uplink.nextChange == nil && uplink.load == 0)
        #expect(uplink.busyTime(at: .seconds(9)) == .seconds(1))
    }

    @Test("survives an outage that is short")
    func shortOutage() {
        var uplink = uplink
        uplink.start(copy(0), size: megabit, at: .start)
        uplink.goDown(at: .seconds(0.25))
        #expect(uplink.isDown)
        #expect(uplink.nextChange == .seconds(60.25))
        uplink.goUp(at: .seconds(60))
        #expect(uplink.nextChange == .seconds(60.75))
        #expect(uplink.change(at: .seconds(60.75)) == .finished(copy(0)))
    }

    @Test("breaks its connections in a long outage, and sends from the start what is handed over again")
    func longOutage() {
        var uplink = uplink
        uplink.start(copy(0), size: megabit, at: .start)
        uplink.start(copy(1), size: ByteCount(1000), at: .start)
        uplink.goDown(at: .seconds(0.001))
        // One more outage while it is down is the same one.
        uplink.goDown(at: .seconds(30))
        #expect(uplink.change(at: .seconds(60.001)) == .broken([copy(0), copy(1)]))
        #expect(uplink.nextChange == nil && uplink.load == 0)
        uplink.start(copy(2), size: megabit, at: .seconds(70))
        #expect(uplink.nextChange == .seconds(130))
        uplink.goUp(at: .seconds(100))
        #expect(uplink.nextChange == .seconds(101))
    }

    @Test("lets a connection that is opened in an outage stand still as long as one that was there before")
    func startedWhileDown() {
        var uplink = uplink
        uplink.goDown(at: .seconds(10))
        #expect(uplink.nextChange == nil)
        uplink.start(copy(0), size: megabit, at: .seconds(40))
        uplink.start(copy(1), size: megabit, at: .seconds(50))
        #expect(uplink.nextChange == .seconds(100))
        #expect(uplink.change(at: .seconds(100)) == .broken([copy(0), copy(1)]))
    }

    @Test("takes little memory, as there are many sites")
    func layout() {
        #expect(MemoryLayout<Uplink>.stride == 88)
    }

    @Test("is cut one way or the other way, which no transfer notices")
    func cuts() {
        var uplink = uplink
        uplink.start(copy(0), size: megabit, at: .start)
        for direction in Direction.allCases {
            uplink.cut(direction)
            #expect(Direction.allCases.filter(uplink.isCut) == [direction])
            #expect(!uplink.isDown)
            #expect(uplink.nextChange == .seconds(1))
            uplink.mend(direction)
            #expect(!Direction.allCases.contains(where: uplink.isCut))
        }
    }
}
