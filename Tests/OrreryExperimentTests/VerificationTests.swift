import OrreryKernel
import OrreryModel
import OrreryTestSupport
import Testing

@testable import OrreryExperiment

@Suite("What processes say of their runs is compared exactly")
struct VerificationTests {
    private static func checkpoint(_ number: UInt64, _ mark: UInt64 = 0) -> Checkpoint {
        var fingerprint = Fingerprint()
        fingerprint.absorb(number, mark, 0, 0)
        return Checkpoint(
            events: number * 4096, time: Instant(nanoseconds: Int64(number) * 1_000_000_007), fingerprint: fingerprint)
    }

    /// A log of two runs with so many checkpoints each, one of which may be marked.
    private static func text(
        _ count: UInt64 = 5, marked: (run: Int, number: UInt64)? = nil, result: String = "{\n  \"a\": 1\n}"
    ) -> String {
        var text = RunLog.opening(scenario: Fingerprint(of: "s"), probe: Fingerprint(of: "l"))
        for number in 1...count {
            for run in 0..<2 {
                let isMarked = marked.map { $0 == (run, number) } ?? false
                text += RunLog.line(checkpoint(number, isMarked ? 1 : 0), run: run)
            }
        }
        return text + RunLog.closing(events: 40_960, fingerprint: Fingerprint().description, result: result)
    }

    private static func log(_ text: String, chunk: Int = 1 << 16) throws -> RunLog {
        var log = RunLog(runs: 2)
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            try log.read(rest.prefix(chunk))
            rest = rest.dropFirst(chunk)
        }
        return log
    }

    @Test("a log reads back what was written, wherever the pipe cuts it", arguments: [1, 2, 7, 64, 100_000])
    func roundTrip(chunk: Int) throws {
        let log = try Self.log(Self.text(), chunk: chunk)
        let expected = (1...5).map { Self.checkpoint($0) }
        #expect(log.checkpoints == [expected, expected])
        #expect(log.scenario == Fingerprint(of: "s") && log.probe == Fingerprint(of: "l"))
        #expect(log.events == 40_960 && log.fingerprint == Fingerprint())
        #expect(String(decoding: log.result, as: UTF8.self) == "{\n  \"a\": 1\n}")
        #expect(log.isComplete)
        let cut = try Self.log(String(Self.text().dropLast(3)), chunk: chunk)
        #expect(!cut.isComplete)
    }

    @Test(
        "what is no log is refused, with the line",
        arguments: [
            "at 2 1 1 " + Fingerprint().description, "at 0 1 1 77", "at x 1 1 " + Fingerprint().description, "hello",
            "scenario +0f", "result many", "done at last",
        ])
    func unreadable(line: String) {
        #expect(throws: RunLog.Unreadable.self) { try Self.log(line + "\n") }
    }

    @Test("equal logs have no difference; the first checkpoint that differs is found, in the first run that does")
    func differences() throws {
        let reference = try Self.log(Self.text())
        #expect(LogDifference(from: reference, to: try Self.log(Self.text())) == nil)
        for run in 0..<2 {
            for number in 1...5 as ClosedRange<UInt64> {
                let other = try Self.log(Self.text(marked: (run, number)))
                #expect(
                    LogDifference(from: reference, to: other)
                        == .events(
                            run: run, common: number > 1 ? Self.checkpoint(number - 1) : nil,
                            reference: Self.checkpoint(number), other: Self.checkpoint(number, 1)))
            }
        }
        let longer = try Self.log(Self.text(6))
        #expect(
            LogDifference(from: reference, to: longer)
                == .events(run: 0, common: Self.checkpoint(5), reference: nil, other: Self.checkpoint(6)))
    }

    @Test("with equal events, the first line of the result file that differs is found")
    func resultDifference() throws {
        let reference = try Self.log(Self.text())
        let other = try Self.log(Self.text(result: "{\n  \"a\": 2\n}"))
        #expect(
            LogDifference(from: reference, to: other) == .result(line: 2, reference: "  \"a\": 1", other: "  \"a\": 2"))
        let shorter = try Self.log(Self.text(result: "{\n  \"a\": 1"))
        #expect(LogDifference(from: reference, to: shorter) == .result(line: 3, reference: "}", other: ""))
    }

    @Test("a record survives its way through bytes")
    func recordBytes() {
        let record = EventRecord(
            time: Instant(nanoseconds: 0x0123_4567_89AB_CDEF), order: .max - 1, kind: 7, entity: 0xFEDC_BA98,
            payload: 0xF00D_0000_0000_0001)
        var bytes: [UInt8] = []
        record.append(to: &bytes)
        #expect(bytes.count == EventRecord.byteCount)
        #expect(EventRecord(bytes: bytes[...]) == record)
    }

    @Test(
        "the lockstep finds what comparing whole lists finds, wherever the pipes cut the streams", arguments: 0..<200)
    func lockstep(seed: UInt64) {
        var stream = RandomStream(seed: seed, entity: "lockstep", purpose: "test")
        func below(_ limit: Int) -> Int { Int(stream.unit() * Double(limit)) }
        let left = (0..<below(300)).map { Self.record($0) }
        var right = left
        switch below(4) {
        case 0 where !left.isEmpty:
            let place = below(left.count)
            right[place] = Self.record(place, payload: 1)
        case 1: right.append(Self.record(right.count))
        case 2: right = Array(right.prefix(below(max(1, right.count))))
        default: break
        }
        let equal = zip(left, right).prefix { $0 == $1 }.count
        let expected =
            left == right
            ? nil
            : EventLockstep.Difference(
                common: UInt64(equal), before: Array(left[max(0, equal - 8)..<equal]),
                reference: equal < left.count ? left[equal] : nil, other: equal < right.count ? right[equal] : nil)
        var rests = [left, right].map { records in
            var bytes: [UInt8] = []
            for record in records { record.append(to: &bytes) }
            return bytes[...]
        }
        var lockstep = EventLockstep(memory: 8)
        var found: EventLockstep.Difference?
        while found == nil, let side = lockstep.waitsFor {
            let index = side == .reference ? 0 : 1
            let piece = rests[index].prefix(1 + below(200))
            rests[index] = rests[index].dropFirst(piece.count)
            found = lockstep.take(Array(piece), from: side)
        }
        #expect(found == expected, "seed \(seed)")
    }

    private static func record(_ number: Int, payload: UInt64 = 0) -> EventRecord {
        EventRecord(
            time: Instant(nanoseconds: Int64(number) * 10), order: UInt64(number), kind: 11, entity: 0, payload: payload
        )
    }

    @Test("events are told in words, with the names of the plan")
    func names() {
        let plan = Plans.observatory(telescopes: 3, site: Plans.site("ridge", count: 2))
        let names = EventNames(plan)
        func told(_ kind: UInt32, _ entity: UInt32, _ payload: UInt64 = 0) -> String {
            let event = EventRecord(time: .start, order: 0, kind: kind, entity: entity, payload: payload)
            return [names.kind(of: event), names.entity(of: event), names.payload(of: event)].joined(separator: "|")
        }
        #expect(told(6, 2) == "shutter closed|telescope 2 (scopes/2)|")
        #expect(told(7, 1, 33) == "image read out|telescope 1 (scopes/1)|item 33")
        #expect(told(11, 33, 2) == "handed to the uplink|item 33|copy 2")
        #expect(told(20, 1) == "a transfer ends|uplink of site 1 (ridge/1)|")
        #expect(told(27, 5, 4) == "item served|worker 5|work 4")
        #expect(told(25, 0) == "broker wakes up|broker|")
        #expect(told(99, 4, 5) == "kind 99|entity 4|payload 5")
        #expect(EventNames.clock(Instant(nanoseconds: 93_784_000_000_005)) == "1 d 02:03:04.000000005")
    }
}

@Suite("Which metrics depend on the order of ties")
struct TieReportTests {
    private func report(_ plan: NetworkPlan, seeds: ClosedRange<UInt64> = 1...2) -> TieReport {
        var report = TieReport()
        for seed in seeds {
            report.add(RunOutcome(Run(plan, seed: seed).outcome()), isShuffled: false)
            for tieSeed in 1...3 as ClosedRange<UInt64> {
                report.add(RunOutcome(Run(plan, seed: seed, tieSeed: tieSeed).outcome()), isShuffled: true)
            }
        }
        return report
    }

    @Test("none does where independent things never coincide")
    func independent() {
        let plan = Plans.station(
            interarrival: .exponential(mean: 1), service: .exponential(mean: 0.8), workers: 2, capacity: 3)
        let report = report(plan)
        #expect(report.shuffledRuns == 6 && report.failedRuns == 0)
        #expect(report.metrics.allSatisfy { $0.changedRuns == 0 && $0.moveLargest == 0 })
        #expect(report.metrics.contains { ($0.seedSpread ?? 0) > 0 })
    }

    @Test("losses do where every arrival coincides with the end of a service, and no room is left to wait")
    func coinciding() throws {
        let plan = Plans.station(interarrival: .constant(1), service: .constant(1), capacity: 0)
        let report = report(plan)
        let lost = try #require(report.metrics.first { $0.metric.key == "items.lost" })
        #expect(lost.changedRuns == 6 && lost.moveLargest > 0)
        let produced = try #require(report.metrics.first { $0.metric.key == "items.produced" })
        #expect(produced.changedRuns == 0)
    }

    @Test("a run that comes to no end is counted apart")
    func givenUp() {
        var report = TieReport()
        report.add(.abandoned, isShuffled: false)
        report.add(.abandoned, isShuffled: true)
        #expect(report.failedRuns == 2 && report.shuffledRuns == 0)
    }
}
