import OrreryKernel
import Testing

@testable import OrreryModel

/// A shared line as one would first write it: what is left of each transfer, in floating point, and every one is served
/// at every step.
private struct NaiveLine {
    let rate: Double
    let cap: Double
    /// What is left, in bits; nil once complete.
    var left: [Double?] = []
    /// When each was complete, in nanoseconds, not rounded.
    var finishes: [Double] = []
    var time = 0.0
    var isPaused = false

    mutating func take(_ action: LineDriver.Action, at now: Double) {
        work(until: now)
        switch action {
        case .start(let size):
            left.append(Double(size.bytes) * 8)
            finishes.append(.nan)
        case .pause: isPaused = true
        case .resume: isPaused = false
        }
    }

    mutating func work(until end: Double) {
        while !isPaused {
            let count = left.count { $0 != nil }
            guard count > 0, let least = left.compactMap(\.self).min() else { break }
            let speed = min(rate / Double(count), cap) / 1e9
            let finish = time + least / speed
            let isComplete = finish <= end
            let step = isComplete ? least : (end - time) * speed
            for index in left.indices {
                guard let rest = left[index] else { continue }
                left[index] = isComplete && rest == least ? nil : rest - step
                if left[index] == nil { finishes[index] = finish }
            }
            guard isComplete else { break }
            time = finish
        }
        time = end
    }
}

@Suite("The work of a shared line")
struct SharedLineWorkTests {
    /// Random starts and pauses; with every other seed the line has far too much to do.
    private func history(seed: UInt64) -> [(time: Instant, action: LineDriver.Action)] {
        var stream = RandomStream(seed: seed, entity: "line", purpose: "history")
        let gap = seed.isMultiple(of: 2) ? 80_000_000 : 400_000_000
        var now = Int64(0)
        var isPaused = false
        var history: [(time: Instant, action: LineDriver.Action)] = []
        for _ in 0..<200 {
            // Often several at the same instant.
            if stream.unit() < 0.7 { now += Int64(stream.index(below: gap)) }
            if stream.unit() < 0.1 {
                history.append((Instant(nanoseconds: now), isPaused ? .resume : .pause))
                isPaused.toggle()
            } else {
                let size = ByteCount(Int64(stream.index(below: 250_000)))
                history.append((Instant(nanoseconds: now), .start(size)))
            }
        }
        if isPaused { history.append((Instant(nanoseconds: now), .resume)) }
        return history
    }

    @Test("ends every transfer in the nanosecond in which a naive line does", arguments: 1...60 as ClosedRange<UInt64>)
    func naive(seed: UInt64) {
        let cap: Int64? = seed.isMultiple(of: 3) ? 3_333_333 : nil
        let rate: Int64 = 7_654_321
        var naive = NaiveLine(rate: Double(rate), cap: Double(cap ?? rate))
        let history = history(seed: seed)
        for (time, action) in history { naive.take(action, at: Double(time.nanoseconds)) }
        naive.work(until: 1e15)
        var driver = LineDriver(
            SharedLine(rate: DataRate(bitsPerSecond: rate), cap: cap.map { DataRate(bitsPerSecond: $0) }))
        for (time, action) in history { driver.take(action, at: time, isFirst: seed.isMultiple(of: 5)) }
        driver.finish(until: nil)
        #expect(driver.order.count == driver.finishes.count)
        // Under a cap, a fraction of a nanosecond is lost whenever the line is no longer full.
        let latest = cap == nil ? 1.01 : 3
        for (finish, exact) in zip(driver.finishes, naive.finishes) {
            guard let finish else { continue }
            let late = Double(finish.nanoseconds) - exact
            #expect(late > -0.01 && late < latest, "seed \(seed): \(finish), exactly \(exact) ns")
        }
    }

    @Test(
        "takes exactly the time of all its bytes together, whatever starts and stops meanwhile",
        arguments: 1...100 as ClosedRange<UInt64>)
    func conservation(seed: UInt64) {
        var stream = RandomStream(seed: seed, entity: "line", purpose: "rate")
        let rate = DataRate(bitsPerSecond: 1000 + Int64(stream.index(below: 20_000_000)))
        let driver = LineDriver.run(SharedLine(rate: rate), history(seed: seed))
        #expect(!driver.periods.isEmpty)
        for period in driver.periods {
            #expect(period.busy == rate.time(for: period.size), "seed \(seed): \(period)")
        }
    }

    @Test("is the same for equal transfers, however the ties of an instant are ordered")
    func ties() {
        // Each ends at the very instant at which the next one starts.
        func finishes(isFirst: Bool) -> [Instant?] {
            var driver = LineDriver(SharedLine(rate: DataRate(bitsPerSecond: 8_000_000)))
            for second in 0..<50 {
                driver.take(.start(ByteCount(1_000_000)), at: .seconds(Double(second)), isFirst: isFirst)
            }
            driver.finish(until: nil)
            return driver.finishes
        }
        #expect(finishes(isFirst: true) == finishes(isFirst: false))
        #expect(finishes(isFirst: true) == (1...50).map { .seconds(Double($0)) })
    }
}
