import OrreryKernel
import OrreryTestSupport
import Testing

@testable import OrreryModel

@Suite("Heartbeats of telescopes")
struct HeartbeatTests {
    /// Telescopes by day, so that nothing but their heartbeats is heard of them.
    private func run(
        telescopes: Int, interval: Duration, timeout: Duration, loss: Double = 0, night: NightPlans = NightPlans(),
        duration: Duration = .hours(6)
    ) throws -> (books: SchedulerBooks, recording: Recording) {
        let scheduler = Plans.scheduler("push", [:], ["offline-after": .duration(timeout)])
        let plan = Plans.scheduled(
            scheduler, telescopes: telescopes, heartbeat: interval, loss: loss, longitude: 180, night: night,
            duration: duration)
        let recording = Network.run(plan, seed: 4)
        return (try #require(recording.scheduler), recording)
    }

    @Test(
        "show a crash after the time-out less a part of the interval, evenly distributed",
        arguments: [(60, 600), (60, 150), (30, 900)] as [(Int64, Int64)])
    func detectionDelay(interval: Int64, timeout: Int64) throws {
        let night = NightPlans.crashes(up: .exponential(mean: 3600), down: .constant(2000))
        let (books, _) = try run(
            telescopes: 150, interval: .seconds(interval), timeout: .seconds(timeout), night: night)
        let delays = books.detectionDelay
        #expect(delays.count > 400)
        // The last heartbeat was on its way for 50 ms.
        let (shortest, longest) = (Double(timeout - interval) + 0.05, Double(timeout) + 0.05)
        let mean = try #require(delays.mean)
        let standardError = Double(interval) / 12.0.squareRoot() / Double(delays.count).squareRoot()
        #expect(abs(mean - (shortest + longest) / 2) < 4 * standardError, "\(mean)")
        let (least, most) = (try #require(delays.quantile(0)), try #require(delays.quantile(1)))
        #expect(least > shortest * 0.99 && most < longest * 1.01)
        #expect(least < shortest + 0.1 * Double(interval) && most > longest - 0.1 * Double(interval))
        #expect(books.falseOffline.total == 0)
    }

    @Test(
        "raise a false alarm where as many get lost in a row as come before the time-out, and nowhere else",
        arguments: [(90, 1), (150, 2), (210, 3)] as [(Int64, Int)])
    func falseAlarms(timeout: Int64, losses: Int) throws {
        let loss = 0.2
        let (books, recording) = try run(
            telescopes: 100, interval: .seconds(60), timeout: .seconds(timeout), loss: loss)
        // An alarm for each heartbeat that arrives and is followed by so many that do not.
        var share = 1 - loss
        for _ in 0..<losses { share *= loss }
        let expected = 100 * recording.end.seconds / 60 * share
        let count = Double(books.falseOffline.total)
        #expect(abs(count - expected) < 4 * expected.squareRoot(), "\(count) instead of \(expected)")
    }

    @Test("that all arrive raise none, and every telescope stays online")
    func noAlarm() throws {
        let (books, recording) = try run(telescopes: 50, interval: .seconds(60), timeout: .seconds(61))
        #expect(books.falseOffline.total == 0 && books.offline.gauge.mean(at: recording.end) == 0)
    }

    @Test("come back with the line: a telescope that was cut off is online again at once, or after the jitter")
    func rejoin() throws {
        func offline(jitter: Duration) throws -> Double {
            let scheduler = Plans.scheduler(
                "push", [:], ["offline-after": .duration(.minutes(10)), "rejoin-jitter": .duration(jitter)])
            var plan = Plans.scheduled(scheduler, telescopes: 200, heartbeat: .minutes(5), longitude: 180)
            plan.faults = [Plans.fault("uplink-outage", at: .hours(1), for: .minutes(30))]
            let recording = Network.run(plan, seed: 2)
            let books = try #require(recording.scheduler)
            #expect(books.offline.gauge.level == 0 && books.falseOffline.total == 0)
            return (books.offline.gauge.mean(at: recording.end) ?? 0) * recording.end.seconds / 200
        }
        // From 10 min after the last heartbeat, 0 to 5 min before the outage, to its end; then 2 min more on average.
        let (atOnce, spread) = (try offline(jitter: .zero), try offline(jitter: .minutes(4)))
        #expect(abs(atOnce - (1800 - 600 + 150)) < 4 * 300 / 12.0.squareRoot() / 200.0.squareRoot())
        #expect(abs(spread - atOnce - 120) < 4 * 240 / 12.0.squareRoot() / 200.0.squareRoot())
    }
}
