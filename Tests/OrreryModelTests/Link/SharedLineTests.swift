import OrreryKernel
import Testing

@testable import OrreryModel

@Suite("A shared line")
struct SharedLineTests {
    private let megabit = ByteCount(125_000)
    private let line = SharedLine(rate: DataRate(bitsPerSecond: 1_000_000))

    @Test("sends a hundred images of a megabit in a hundred seconds, all complete at once, in their order")
    func hundred() {
        let driver = LineDriver.run(line, Array(repeating: (Instant.start, .start(megabit)), count: 100))
        #expect(driver.finishes == Array(repeating: .seconds(100), count: 100))
        #expect(driver.order == Array(0..<100))
        #expect(driver.line.busyTime(at: .seconds(500)) == .seconds(100))
    }

    @Test(
        "gives one alone exactly the time that its rate takes",
        arguments: [0, 1, 7, 125_000, 52_200_000, 1_152_921_504, 1_152_921_505, 3_000_000_000_000] as [Int64],
        [1, 3, 1000, 18_400_000, 999_999_937, 1_000_000_000_000_000] as [Int64])
    func alone(bytes: Int64, bitsPerSecond: Int64) {
        let rate = DataRate(bitsPerSecond: bitsPerSecond)
        let size = ByteCount(bytes)
        let start = Instant(nanoseconds: 12_345)
        // Twice, so that the first leaves nothing behind.
        for line in [SharedLine(rate: rate), SharedLine(rate: DataRate(bitsPerSecond: bitsPerSecond * 3), cap: rate)] {
            var line = line
            line.start(copy(0), size: size, at: start)
            let time = rate.time(for: size)
            #expect(line.nextFinish == start + time)
            guard time < .limit else { continue }
            #expect(line.finish(at: start + time) == copy(0))
            line.start(copy(1), size: size, at: start + time)
            #expect(line.nextFinish == start + time + time)
        }
    }

    @Test("slows a transfer down while another one is there")
    func two() {
        // Alone for 1 s, then two at half the rate: the first has 1 s to go, which takes 2 s; the second goes on alone.
        let driver = LineDriver.run(
            line, [(.start, .start(ByteCount(250_000))), (.seconds(1), .start(ByteCount(250_000)))])
        #expect(driver.finishes == [.seconds(3), .seconds(4)])
    }

    @Test("lets a small transfer overtake a large one")
    func overtaking() {
        let driver = LineDriver.run(line, [(.start, .start(ByteCount(1_250_000))), (.seconds(1), .start(megabit))])
        #expect(driver.finishes == [.seconds(11), .seconds(3)])
    }

    @Test("gives none more than the cap, and shares once the cap of all is more than it has")
    func cap() {
        let capped = SharedLine(
            rate: DataRate(bitsPerSecond: 1_000_000), cap: DataRate(bitsPerSecond: 400_000))
        func finish(_ count: Int) -> Instant? {
            LineDriver.run(capped, Array(repeating: (.start, .start(megabit)), count: count)).finishes.last ?? nil
        }
        #expect(finish(1) == .seconds(2.5))
        #expect(finish(2) == .seconds(2.5))
        #expect(finish(3) == .seconds(3))
        #expect(finish(10) == .seconds(10))
    }

    @Test("does not let a capped transfer gain by the end of another one")
    func cappedAlone() {
        // A third of a nanosecond is left over when the first is complete.
        let capped = SharedLine(
            rate: DataRate(bitsPerSecond: 24_000_000_000), cap: DataRate(bitsPerSecond: 3_000_000_000))
        let driver = LineDriver.run(capped, [(.start, .start(ByteCount(1))), (.start, .start(ByteCount(2)))])
        #expect(driver.finishes == [Instant(nanoseconds: 3), Instant(nanoseconds: 6)])
    }

    @Test("stands still in a pause, and each transfer goes on with what it had")
    func pause() {
        let driver = LineDriver.run(
            line,
            [
                (.start, .start(megabit)), (.seconds(0.5), .pause), (.seconds(7), .start(megabit)),
                (.seconds(10.5), .resume),
            ])
        // The first has half a second left at the full rate: a second at half of it.
        #expect(driver.finishes == [.seconds(11.5), .seconds(12)])
        #expect(driver.line.busyTime(at: .seconds(20)) == .seconds(2))
    }

    @Test("promises no end in a pause, and pausing or resuming twice changes nothing")
    func pausedTwice() {
        var line = line
        line.start(copy(0), size: megabit, at: .start)
        for time in [0.25, 0.5] {
            line.pause(at: .seconds(time))
            #expect(line.nextFinish == nil && line.isPaused)
        }
        for time in [1, 1.5] {
            line.resume(at: .seconds(time))
            #expect(line.nextFinish == .seconds(1.75) && !line.isPaused)
        }
    }

    @Test("gives all transfers back in the order of their starts, and is then like new")
    func removal() {
        var line = line
        for (number, bytes) in [300_000, 100_000, 200_000, 100_000, 50_000].enumerated() {
            line.start(copy(number), size: ByteCount(Int64(bytes)), at: .seconds(0.1 * Double(number)))
        }
        #expect(line.removeAll(at: .seconds(1)) == (0..<5).map(copy))
        #expect(line.count == 0 && line.nextFinish == nil)
        line.start(copy(9), size: megabit, at: .seconds(2))
        #expect(line.nextFinish == .seconds(3))
    }

    @Test("keeps its time when the observation begins anew in the midst of transfers")
    func restart() {
        var line = SharedLine(rate: DataRate(bitsPerSecond: 7))
        for number in 0..<3 { line.start(copy(number), size: ByteCount(Int64(number + 1)), at: .start) }
        let next = line.nextFinish
        for nanoseconds in [1, 999_999_999, 2_000_000_003] as [Int64] {
            line.restart(at: Instant(nanoseconds: nanoseconds))
            #expect(line.nextFinish == next)
        }
        #expect(line.busyTime(at: Instant(nanoseconds: 2_000_000_013)) == Duration(nanoseconds: 10))
    }

    @Test("counts on beyond 64 bits: terabytes one beside the other, on a line that is never empty")
    func terabytes() {
        let rate = DataRate(bitsPerSecond: 1_000_000_000)
        let large = ByteCount(1_000_000_000_000)
        // A terabyte alone takes 8000 s. Of 15 at once, started every 1000 s, the line is empty when all are through.
        let starts = (0..<15).map { (Instant.seconds(Double($0) * 1000), LineDriver.Action.start(large)) }
        let driver = LineDriver.run(SharedLine(rate: rate), starts)
        #expect(driver.order == Array(0..<15))
        #expect(driver.finishes.last == .seconds(120_000))
    }

    @Test("fits into a cache line")
    func layout() {
        #expect(MemoryLayout<SharedLine>.stride == 64)
    }

    @Test("takes a transfer off at no other time than it said")
    func wrongTime() async {
        await #expect(processExitsWith: .failure) {
            var line = SharedLine(rate: DataRate(bitsPerSecond: 8))
            line.start(Copy(item: ItemID(number: 0), number: 0), size: ByteCount(1), at: .start)
            _ = line.finish(at: Instant(nanoseconds: 999_999_999))
        }
    }
}
