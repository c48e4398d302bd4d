import OrreryKernel
import OrreryModel
import OrreryScenario
import OrreryStatistics
import OrreryTestSupport
import Testing

/// The scenarios that tell a story show what their READMEs say, with five seeds.
@Suite("Stories", .enabled(if: isRelease, "release builds only"))
struct StoryTests {
    @Suite("A server's backlog overflows at night")
    struct QueueOverflow {
        private let story = "queue-overflow/scenario"
        private let control = "queue-overflow/slow-links"

        @Test(
            "and a third of the images or more are lost, also in small batches or by day",
            arguments: ["before", "small-batches", "off-hours"])
        func overflows(variant: String) throws {
            for run in try runs(story, variant) {
                #expect(run.depthHighest == 200)
                #expect(Double(run.ledger.lostTotal) > 0.25 * Double(run.ledger.produced.total))
                #expect(run.ledger.lost[LossReason.brokerFull.rawValue].total == run.ledger.lostTotal)
            }
        }

        @Test(
            "but not behind a broker, or if telescopes wait for the answer, or process at the edge",
            arguments: ["broker", "pull", "edge", "together"])
        func cured(variant: String) throws {
            let remedied = try runs(story, variant)
            for run in remedied {
                #expect(run.ledger.lostTotal == 0 && run.depthHighest < 200)
            }
            let saved = try excess(runs(story, "before"), over: remedied) { Double($0.ledger.lostTotal) }
            #expect(try #require(saved.interval).lowerBound > 10_000)
        }

        @Test("a broker saves images but not time; the edge saves both")
        func lateness() throws {
            #expect(try #require(runs(story, "broker").latencies.quantile(0.5)) > 3600)
            #expect(try #require(runs(story, "edge").latencies.quantile(0.99)) < 20)
        }

        @Test("a raw image costs seven seconds of a worker, its catalogue and thumbnail 1.2")
        func work() throws {
            for (variant, seconds) in [("broker", 7.02), ("edge", 1.21)] {
                let images = try runs(story, variant).mean { run in
                    let items = Double(run.ledger.delivered.total)
                    return run.utilisation * 5 * run.observed.seconds / (variant == "edge" ? items / 2 : items)
                }
                #expect(abs(images / seconds - 1) < 0.01, "\(variant): \(images) s")
            }
        }

        @Test(
            "where the lines are the bottleneck, remedies for the centre make no difference",
            arguments: ["slow-links-broker", "slow-links-pull"])
        func negativeControl(variant: String) throws {
            let before = try runs(control, "slow-links-before")
            let remedied = try runs(control, variant)
            let lost = try #require(excess(remedied, over: before) { Double($0.ledger.lostTotal) }.interval)
            #expect(lost.contains(0))
            let depth = excess(remedied, over: before) {
                $0.ledger.occupancy[Stage.brokerWait.rawValue].mean(at: $0.end) ?? .nan
            }
            #expect(try #require(depth.interval).contains(0))
            #expect(before.contains { $0.depthHighest > 0 }, "the depth must be able to differ")
        }
    }

    @Suite("A herd at dawn")
    struct DawnHerd {
        private let story = "dawn-herd/scenario"
        /// What the centre takes of a herd that comes at one moment: 16 in service, 128 in the backlog.
        private let gulp = 144.0

        @Test("in lockstep leaves one gulp at the centre and is lost; spread over the morning it is not noticed")
        func lockstep() throws {
            for run in try runs(story, "lockstep") {
                #expect(Double(run.ledger.delivered.total) == gulp)
                #expect(run.ledger.lostTotal == 2700 - 144)
            }
            for run in try runs(story, "spread") { #expect(run.ledger.lostTotal == 0 && run.depthHighest < 16) }
        }

        @Test("comes back as a herd, ten times for ten gulps, if its retries know no chance")
        func withoutJitter() throws {
            for run in try runs(story, "exponential") {
                #expect((9 * gulp...13 * gulp).contains(Double(run.ledger.delivered.total)))
            }
        }

        @Test("dissolves if they do, with as many tries")
        func withJitter() throws {
            let jittered = try runs(story, "full-jitter")
            for run in jittered { #expect(run.ledger.lostTotal == 0) }
            let spared = try excess(runs(story, "exponential"), over: jittered) {
                Double($0.ledger.traffic.refused.total)
            }
            #expect(try #require(spared.interval).lowerBound > 1000)
        }
    }

    @Suite("A storm of retries")
    struct RetryStorm {
        private let story = "retry-storm/scenario"

        @Test("outlives the failure that started it, with or without jitter", arguments: ["before", "full-jitter"])
        func metastable(variant: String) throws {
            for run in try runs(story, variant) {
                // Five copies of everything are served: capacity / attempts.
                #expect(abs(run.deliveryRate / 20 - 1) < 0.02)
                #expect(abs(run.wastedShare - 0.8) < 0.02)
            }
        }

        @Test("does not wear off in an hour")
        func lasting() throws {
            let late = ["time.duration=60m", "time.warm-up=50m"]
            #expect(try abs(runs(story, "before", late).mean(\.deliveryRate) / 20 - 1) < 0.02)
        }

        @Test("is not the load's doing: after a shorter failure the same load is served")
        func vulnerable() throws {
            for run in try runs(story, "short-outage") { #expect(run.isRecovered) }
        }

        @Test("cannot last below capacity / attempts = 20 a second, however strong its cause, and lasts above")
        func threshold() throws {
            // Tries a minute apart bring back in one minute what was produced in the four before.
            let strong = [
                "arrivals.requests.retry.policy={ kind: fixed, delay: 60s }", "faults.outage.for=300s",
                "time.duration=60m", "time.warm-up=45m",
            ]
            let below = try runs(story, "before", strong + ["arrivals.requests.interarrival.mean=52ms"])
            for run in below { #expect(run.isRecovered) }
            let above = try runs(story, "before", strong + ["arrivals.requests.interarrival.mean=42ms"])
            for run in above { #expect(abs(run.deliveryRate / 20 - 1) < 0.02) }
            for run in try runs(story, "low-load") { #expect(run.isRecovered) }
        }

        @Test(
            "is cured by fewer retries, and by work only for those who still wait",
            arguments: ["retry-budget", "fewer-attempts", "discard-stale", "newest-first", "short-queue"])
        func cured(variant: String) throws {
            for run in try runs(story, variant) { #expect(run.isRecovered) }
        }
    }

    @Suite("A subscriber that stops reading")
    struct StuckSubscriber {
        private let story = "stuck-subscriber/scenario"

        @Test("stops everybody for the write deadline, less the time to fill half a buffer")
        func freeze() throws {
            for run in try runs(story, "before") {
                // 49.5 catalogues of 525 kB a second fill half of 64 MiB in 1.3 s.
                #expect(abs(run.freeze - 8.7) < 0.5)
                #expect(run.ledger.occupancy[Stage.doorWait.rawValue].highest > 380)
                #expect(run.ledger.lostTotal == 0)
            }
        }

        @Test("stops them for five seconds less if the deadline is five seconds shorter, and no longer with company")
        func deadline() throws {
            let before = try runs(story, "before")
            for (variant, shorter) in [("deadline-5s", 5.0), ("four-stuck", 0)] {
                for (one, other) in try zip(before, runs(story, variant)) {
                    #expect(abs(one.freeze - other.freeze - shorter) < 0.01)
                }
            }
        }

        @Test("stops them most of the time if it connects again")
        func reconnecting() throws {
            let once = try runs(story, "before").times(.doorWait).mean ?? 0
            #expect(try #require(runs(story, "reconnecting").times(.doorWait).mean) > 20 * once)
        }

        @Test(
            "stops nobody on a quiet night, or where the server does not wait for it",
            arguments: ["quiet-night", "no-stall", "jetstream"])
        func harmless(variant: String) throws {
            for run in try runs(story, variant) {
                #expect(run.freeze == 0)
                #expect(try #require(run.ledger.latency.largest) < .seconds(4))
            }
        }
    }
}

/// The recordings of a variant of a story, seed by seed.
private func runs(_ story: String, _ variant: String, _ settings: [String] = []) throws -> [Recording] {
    try ShippedScenarios.run("\(story).yaml", variant: variant, settings, seeds: 1..<6)
}

/// By how much a figure of one variant exceeds that of another, seed by seed.
private func excess(_ one: [Recording], over other: [Recording], in figure: (Recording) -> Double) -> Estimate {
    Estimate(zip(one, other).map { figure($0) - figure($1) })
}

extension Recording {
    /// The most items that waited in the broker at once.
    fileprivate var depthHighest: Int { ledger.occupancy[Stage.brokerWait.rawValue].highest }

    /// Items delivered per second, after the warm-up.
    fileprivate var deliveryRate: Double { Double(ledger.delivered.observed) / observed.seconds }

    /// The share of work, after the warm-up, that was spent on what had been delivered meanwhile.
    fileprivate var wastedShare: Double {
        wastedWork.seconds / ((busyWorkers.gauge.mean(at: end) ?? 0) * observed.seconds)
    }

    /// Whether, after the warm-up, everything is delivered as fast as it comes, and hardly any work is in vain.
    fileprivate var isRecovered: Bool {
        wastedShare < 0.01 && abs(ledger.delivered.observed - ledger.produced.observed) < 50
    }

    /// The longest wait at the broker's door, in seconds.
    fileprivate var freeze: Double { ledger.stageTimes[Stage.doorWait.rawValue].largest?.seconds ?? 0 }
}
