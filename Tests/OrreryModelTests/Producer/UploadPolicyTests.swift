import OrreryKernel
import Testing

@testable import OrreryModel

@Suite("An upload policy")
struct UploadPolicyTests {
    @Test("that is immediate always sends")
    func immediate() throws {
        #expect(try policy("immediate").advice(situation()) == .send)
        #expect(UploadCatalog.kinds.kinds.first?.name == "immediate")
    }

    @Test("of batches sends when one is full or its oldest item is due, and then until the disk is empty")
    func batches() throws {
        let policy = try policy("batches", ["size": .count(3), "longest-wait": .duration(.minutes(30))])
        let oldest = Instant.start + .hours(1)
        let due = oldest + .minutes(30)
        for waiting in 1...2 {
            let advice = policy.advice(situation(at: oldest) { $0.waiting = waiting })
            #expect(advice == .waitUntil(due))
            #expect(policy.advice(situation(at: due) { ($0.waiting, $0.oldest) = (waiting, oldest) }) == .send)
            let sending = situation(at: oldest) { ($0.waiting, $0.isSending) = (waiting, true) }
            #expect(policy.advice(sending) == .send)
        }
        for waiting in 3...4 { #expect(policy.advice(situation(at: oldest) { $0.waiting = waiting }) == .send) }
    }

    @Test(
        "of off-hours sends from their first nanosecond to the last one before their end",
        arguments: [
            (9, 17, 9, 0, 0), (9, 17, 9, -1, 1), (9, 17, 17, -1, 0), (9, 17, 17, 0, 16 * hour), (9, 17, 0, 0, 9 * hour),
            (9, 17, 12, 0, 0), (9, 17, 24, -1, 9 * hour + 1),
            (22, 6, 22, 0, 0), (22, 6, 22, -1, 1), (22, 6, 6, -1, 0), (22, 6, 6, 0, 16 * hour), (22, 6, 24, -1, 0),
            (22, 6, 0, 0, 0), (22, 6, 12, 0, 10 * hour),
            (0, 6, 0, 0, 0), (0, 6, 24, -1, 1), (0, 6, 6, 0, 18 * hour),
            (22, 24, 24, -1, 0), (22, 24, 0, 0, 22 * hour), (24, 6, 0, 0, 0), (24, 6, 6, 0, 18 * hour),
            (0, 24, 0, 0, nil),
        ] as [(Int64, Int64, Int64, Int64, Int64?)])
    func offHours(from: Int64, to: Int64, at clock: Int64, shift: Int64, wait: Int64?) throws {
        let values: [String: ParameterValue] = ["from": .duration(.hours(from)), "to": .duration(.hours(to))]
        let conflict = try #require(UploadCatalog.kinds["off-hours"]).conflict(ParameterValues(values))
        guard let wait else {
            #expect(conflict == "from 0s to 1d is no time of the day or all of it")
            return
        }
        #expect(conflict == nil)
        let now = Instant.start + .days(3)
        let advice = try policy("off-hours", values).advice(
            situation(at: now) { $0.localTime = Duration(nanoseconds: clock * hour + shift) })
        #expect(advice == (wait == 0 ? .send : .waitUntil(now + Duration(nanoseconds: wait))))
    }

    @Test("of the end of night holds everything in the night and sends from dawn on")
    func endOfNight() throws {
        let policy = try policy("end-of-night")
        let day = SiteDay()
        #expect(policy.watchesNight)
        #expect(policy.advice(day.situation(at: day.sunrise + Duration(nanoseconds: -1))) == .waitForChange)
        #expect(policy.advice(day.situation(at: day.sunrise)) == .send)
        #expect(policy.advice(situation { $0.dawn = nil }) == .send)
        #expect(policy.advice(day.situation(at: day.sunrise + .hours(11))) == .send)
        #expect(policy.advice(day.situation(at: day.sunrise + .hours(12))) == .waitForChange)
    }

    @Test(
        "of the end of night gives each telescope its place in the spread, the same every day",
        arguments: [(0, 0), (0.25, 30), (0.5, 60), (0.75, 90)] as [(Double, Int64)])
    func spread(offset: Double, minutes: Int64) throws {
        let policy = try policy("end-of-night", ["spread": .duration(.hours(2))])
        let day = SiteDay()
        for number in 0..<Int64(3) {
            let dawn = day.sunrise + .days(number)
            let turn = dawn + .minutes(minutes)
            if minutes > 0 {
                #expect(policy.advice(day.situation(at: dawn, offset: offset)) == .waitUntil(turn))
            }
            #expect(policy.advice(day.situation(at: turn, offset: offset)) == .send)
        }
    }

    @Test(
        "that minds the bandwidth sends while there are few transfers or its share is large",
        arguments: [
            (4, nil, 3, true), (4, nil, 4, false), (1, nil, 0, true), (1, nil, 1, false),
            (1, 5, 1, true), (1, 5, 3, true), (1, 5, 4, false), (1, 7, 1, true), (1, 7, 2, false), (4, 99, 3, true),
        ] as [(Int, Int64?, Int, Bool)])
    func bandwidth(most: Int, lowest: Int64?, load: Int, sends: Bool) throws {
        var values: [String: ParameterValue] = ["most-transfers": .count(most), "check-every": .duration(.seconds(10))]
        if let lowest { values["lowest-rate"] = .rate(DataRate(bitsPerSecond: lowest * 1_000_000)) }
        let advice = try policy("bandwidth-aware", values).advice(situation { $0.uplinkLoad = load })
        #expect(advice == (sends ? .send : .waitUntil(Instant.start + .seconds(10))))
    }

    @Test(
        "that says to wait names the first later instant at which it says to send, all day and all night",
        arguments: [
            ("immediate", [:]), ("batches", [:]), ("batches", ["longest-wait": .hours(20)]), ("off-hours", [:]),
            ("off-hours", ["from": .hours(22), "to": .hours(6)]),
            ("off-hours", ["from": .hours(23), "to": .hours(24)]),
            ("end-of-night", [:]), ("end-of-night", ["spread": .hours(2)]), ("bandwidth-aware", [:]),
            ("bandwidth-aware", ["check-every": .hours(1)]),
        ] as [(String, [String: Duration])])
    func consistency(name: String, values: [String: Duration]) throws {
        let policy = try policy(name, values.mapValues { .duration($0) })
        var random = RandomStream(seed: 1, entity: name, purpose: "consistency")
        for _ in 0..<2000 {
            let day = SiteDay(midnight: Duration(nanoseconds: Int64(random.index(below: Int(24 * hour)))))
            let offset = random.unit()
            let now = Instant(nanoseconds: Int64(random.index(below: Int(72 * hour))))
            let age = Int64(random.index(below: Int(min(now.nanoseconds, hour)) + 1))
            let items = (waiting: 1 + random.index(below: 9), oldest: Instant(nanoseconds: now.nanoseconds - age))
            func advice(at instant: Instant, load: Int) -> UploadAdvice {
                var situation = day.situation(at: instant, offset: offset)
                (situation.waiting, situation.oldest) = items
                situation.uplinkLoad = load
                return policy.advice(situation)
            }
            // The uplink is busy now and free when the telescope looks again.
            var (advised, instant) = (advice(at: now, load: 9), now)
            if advised == .waitForChange {
                #expect(policy.watchesNight && day.isNight(at: now))
                instant = day.nextSunrise(after: now)
                #expect(advice(at: instant + Duration(nanoseconds: -1), load: 0) == .waitForChange)
                advised = advice(at: instant, load: 0)
            }
            if case .waitUntil(let turn) = advised {
                #expect(turn > instant)
                #expect(advice(at: turn + Duration(nanoseconds: -1), load: 9) != .send)
                advised = advice(at: turn, load: 0)
            }
            #expect(advised == .send, "\(now) \(day.midnight) \(offset)")
        }
    }

    @Test("says what its parameters mean and where their defaults come from")
    func declarations() {
        for parameter in UploadCatalog.kinds.kinds.flatMap(\.parameters) {
            #expect(!parameter.summary.isEmpty && !parameter.isRequired, "\(parameter.key)")
            guard let magnitude = parameter.fallback?.magnitude else { continue }
            #expect(!parameter.source.isEmpty && parameter.range.contains(magnitude), "\(parameter.key)")
        }
    }

    private func policy(_ name: String, _ values: [String: ParameterValue] = [:]) throws -> any UploadPolicy {
        try #require(UploadCatalog.kinds[name]).make(ParameterValues(values))
    }

    /// One item just came onto the disk, by day, and the uplink of 20 Mbit/s is idle; then something changes.
    private func situation(at now: Instant = .start, _ change: (inout UploadSituation) -> Void = { _ in })
        -> UploadSituation
    {
        var situation = UploadSituation(
            now: now, localTime: .hours(12), isNight: false, dawn: .start, offset: 0, isSending: false, waiting: 1,
            waitingBytes: ByteCount(1_000_000), oldest: now, uplinkLoad: 0,
            uplinkRate: DataRate(bitsPerSecond: 20_000_000))
        change(&situation)
        return situation
    }
}

/// The nanoseconds of an hour.
private let hour: Int64 = 3_600_000_000_000

/// A site where the night ends at six and begins at eighteen.
private struct SiteDay {
    /// The local time at which the run starts.
    var midnight = Duration.zero

    /// The first sunrise after the first midnight.
    var sunrise: Instant { nextSunrise(after: Instant(nanoseconds: -1)) }

    func localTime(at now: Instant) -> Duration {
        Duration(nanoseconds: (now.nanoseconds + midnight.nanoseconds + 24 * hour) % (24 * hour))
    }

    func isNight(at now: Instant) -> Bool {
        localTime(at: now) < .hours(6) || localTime(at: now) >= .hours(18)
    }

    func nextSunrise(after now: Instant) -> Instant {
        let wait = (localTime(at: now).nanoseconds + 18 * hour) % (24 * hour)
        return Instant(nanoseconds: now.nanoseconds + 24 * hour - wait)
    }

    func situation(at now: Instant, offset: Double = 0) -> UploadSituation {
        let dawn = Instant(nanoseconds: nextSunrise(after: now).nanoseconds - 24 * hour)
        return UploadSituation(
            now: now, localTime: localTime(at: now), isNight: isNight(at: now), dawn: dawn < .start ? nil : dawn,
            offset: offset,
            isSending: false, waiting: 1, waitingBytes: ByteCount(1_000_000), oldest: now, uplinkLoad: 0,
            uplinkRate: DataRate(bitsPerSecond: 20_000_000))
    }
}
