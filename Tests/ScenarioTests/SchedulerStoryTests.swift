import OrreryKernel
import OrreryModel
import OrreryTestSupport
import Testing

/// What the README of the story says, over three seeds.
@Suite("Push or pull", .enabled(if: isRelease, "release builds only"))
struct PushOrPullTests {
    private func mean(_ key: String, _ variant: String, _ settings: [String] = []) throws -> Double {
        try ShippedScenarios.run("push-or-pull/scenario.yaml", variant: variant, settings, seeds: 1..<4)
            .mean { $0.figure(key) }
    }

    private func size(_ count: Int) -> [String] { ["fleet.scopes.count=\(count)"] }

    @Test("a centre that plans for everyone leaves a grown fleet idle, by about what the pencil says")
    func before() throws {
        // Three quarters of the sites are clear, so a round takes 120 s + 12.5 s × 0.75 n, and a slice 600 s.
        for (count, expected) in [(100, 0.44), (200, 0.70)] {
            #expect(abs(try mean("telescopes.idle", "before", size(count)) - expected) < 0.06, "\(count)")
        }
        #expect(try mean("telescopes.idle", "before", size(25)) < 0.02)
    }

    @Test(
        "a faster computer and longer slices only move the limit",
        arguments: [("fast-computer", 0.05), ("long-slice", 0.12)])
    func tweaks(variant: String, idle: Double) throws {
        #expect(try mean("telescopes.idle", variant, size(100)) < idle)
        #expect((0.15...0.4).contains(try mean("telescopes.idle", variant)))
    }

    @Test("telescopes that ask are idle for seconds, and make almost four times as many observations")
    func pull() throws {
        #expect(try mean("telescopes.idle", "pull") < 0.01)
        let gain =
            try mean("observations.completed", "pull") / mean("observations.completed", "before")
        #expect((3.2...4.2).contains(gain), "\(gain)")
        #expect(try mean("telescopes.idle", "pull", size(350)) < 0.05)
    }

    @Test("for ten telescopes it makes no difference")
    func negativeControl() throws {
        let (pushed, pulled) =
            (try mean("observations.completed", "ten-push"), try mean("observations.completed", "ten-pull"))
        #expect(abs(pushed / pulled - 1) < 0.02)
    }

    @Test("an urgent request waits for a plan, or for the next question")
    func urgent() throws {
        func wait(_ variant: String) throws -> Double {
            try ShippedScenarios.run("push-or-pull/urgent.yaml", variant: variant, seeds: 1..<4)
                .mean { $0.figure("observations.wait") }
        }
        let waits = try ["pull", "lazy", "eager", "rapid-push", "push"].map(wait)
        #expect(waits[2] < waits[0] && waits[0] < 100, "mostly the slew of 80 s")
        #expect(waits[1] > waits[0] + 60 && waits[3] > waits[0] + 180 && waits[4] > waits[3])
    }
}

/// What the README of the story says, over three seeds.
@Suite("Silent telescopes", .enabled(if: isRelease, "release builds only"))
struct SilentTelescopesTests {
    private func runs(_ variant: String) throws -> [Recording] {
        try ShippedScenarios.run("silent-telescopes/scenario.yaml", variant: variant, seeds: 1..<4)
    }

    @Test("swallow requests until somebody notices, and the later that is, the more expire")
    func before() throws {
        let expired = try ["ten-minutes", "fifteen-minutes", "one-hour", "before"].map {
            try runs($0).mean { $0.figure("observations.expired") }
        }
        #expect(expired[0] < 30 && expired[1] < 90 && expired[1] > expired[0])
        #expect(expired[2] > 200 && expired[3] > expired[2] + 200)
        // A seventh of the telescopes are down; what was given to them expires.
        let share = try runs("before").mean { $0.figure("observations.expired") / $0.figure("observations.requested") }
        #expect((0.09...0.18).contains(share), "\(share)")
    }

    @Test("are noticed after the time-out less half an interval")
    func detection() throws {
        for run in try runs("ten-minutes") {
            #expect(abs(run.figure("scheduler.detection-delay") - 570) < 15)
        }
    }

    @Test("are taken for dead by a time-out that is too short for their line, and then are observed twice")
    func hasty() throws {
        for run in try runs("hasty") {
            #expect(run.figure("scheduler.false-offline") > 500 && run.figure("observations.duplicate") > 100)
        }
        for run in try runs("ten-minutes") {
            #expect(run.figure("scheduler.false-offline") <= 2 && run.figure("observations.duplicate") == 0)
        }
    }

    @Test("take nothing more where telescopes ask, and where nobody dies heartbeats change nothing")
    func controls() throws {
        for run in try runs("pull") { #expect(run.figure("observations.expired") < 40) }
        for run in try runs("pull-ten-minutes") { #expect(run.figure("observations.expired") <= 2) }
        let (silent, heard) = (try runs("immortal"), try runs("immortal-ten-minutes"))
        for run in silent + heard {
            #expect(run.figure("observations.expired") == 0 && run.figure("observations.requeued") == 0)
        }
        for (one, other) in zip(silent, heard) {
            #expect(abs(one.figure("observations.completed") - other.figure("observations.completed")) < 30)
        }
    }

    @Test("that come back at once keep a server busy with questions for hours; a random delay prevents it")
    func rejoin() throws {
        func idle(_ variant: String, _ count: Int = 200) throws -> Double {
            try ShippedScenarios.run(
                "silent-telescopes/rejoin.yaml", variant: variant, ["fleet.scopes.count=\(count)"], seeds: 1..<3
            ).mean { run in
                guard let course = MetricCatalog["telescopes.idle"]?.course(of: run.series) else { return .nan }
                return course.value(in: course.binCount / 2..<course.binCount).figure ?? .nan
            }
        }
        #expect(try idle("lockstep") > 0.25)
        for variant in ["faster", "patient", "backing-off"] {
            #expect(try idle(variant) < 0.02 && idle(variant, 260) > 0.25, "\(variant) only moves the limit")
        }
        for variant in ["jitter", "very-patient"] { #expect(try idle(variant, 260) < 0.02, "\(variant)") }
    }
}
