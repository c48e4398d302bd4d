import OrreryDiagnosis
import OrreryKernel
import OrreryModel
import OrreryTestSupport
import Testing

@Suite("A run's class says what became of it")
struct RunClassTests {
    /// A made-up run of a network that delivers at most ten items a bin, in bins of which nobody knows the length.
    private struct Course {
        /// Items that come in each bin.
        var offered: [Double]
        /// The most that can be delivered in each bin.
        var capacity: [Double]
        /// The share of what comes that is lost at once, in each bin.
        var lossShare: [Double]
        var trouble: [Double]

        init(_ offered: Double = 8, capacity: Double = 10, bins: Int = 500) {
            self.offered = Array(repeating: offered, count: bins)
            self.capacity = Array(repeating: capacity, count: bins)
            lossShare = Array(repeating: 0, count: bins)
            trouble = lossShare
        }

        /// The run, after what is changed in some bins.
        func load(scale: Double = 1, _ change: (inout Course) -> Void = { _ in }) -> RunLoad {
            var course = self
            change(&course)
            var (delivered, lost, backlog): ([Double], [Double], [Double]) = ([], [], [])
            var waiting = 0.0
            for bin in course.offered.indices {
                lost.append(course.offered[bin] * course.lossShare[bin])
                waiting += course.offered[bin] - lost[bin]
                delivered.append(min(waiting, course.capacity[bin]))
                waiting -= delivered[bin]
                backlog.append(waiting)
            }
            return RunLoad(
                delivered: delivered.map { $0 * scale }, lost: lost.map { $0 * scale },
                backlog: backlog.map { $0 * scale }, trouble: course.trouble)
        }
    }

    @Test("stable: the load is carried all the time, also if a short burst must wait, or a short failure loses some")
    func stable() {
        #expect(RunClass(Course().load()) == .stable)
        #expect(RunClass(Course().load { $0.offered[100] = 300 }) == .stable)
        #expect(RunClass(Course().load { for bin in 200..<210 { $0.lossShare[bin] = 1 } }) == .stable)
        #expect(RunClass(Course(10, bins: 50).load()) == .stable)
    }

    @Test("stable: a loss that a network is made for is no collapse")
    func smallLoss() {
        #expect(RunClass(Course().load { for bin in 0..<500 { $0.lossShare[bin] = 0.15 } }) == .stable)
    }

    @Test("recovered: a burst that takes long to work off, a failure after which everything is as before")
    func recovered() {
        #expect(RunClass(Course().load { $0.offered[100] = 800 }) == .recovered)
        #expect(
            RunClass(
                Course(3).load {
                    for bin in 100..<200 {
                        $0.capacity[bin] = 0
                        $0.trouble[bin] = 1
                    }
                }) == .recovered)
        #expect(RunClass(Course().load { for bin in 100..<150 { $0.lossShare[bin] = 0.5 } }) == .recovered)
    }

    @Test("metastable: the trigger is gone, the load is as before, and the goodput stays low")
    func metastable() {
        func storm(_ capacity: Double, trouble: Range<Int> = 100..<110) -> RunLoad {
            Course().load {
                for bin in 100..<500 { $0.capacity[bin] = bin < 110 ? 0 : capacity }
                for bin in trouble { $0.trouble[bin] = 1 }
            }
        }
        #expect(RunClass(storm(4)) == .metastable)
        #expect(RunClass(storm(4, trouble: 100..<500)) == .collapsed, "what is broken is still broken")
        #expect(RunClass(storm(0)) == .metastable)
        #expect(RunClass(storm(10)) == .stable, "the backlog of ten bins is soon gone")
        let losing = Course().load { for bin in 100..<500 { $0.lossShare[bin] = 0.6 } }
        #expect(RunClass(losing) == .metastable, "nothing waits, but most is lost that was not lost before")
    }

    @Test("collapsed: a load that was never carried, from the start on or since it rose")
    func collapsed() {
        #expect(RunClass(Course(12.5).load()) == .collapsed)
        #expect(RunClass(Course().load { for bin in 250..<500 { $0.offered[bin] = 16 } }) == .collapsed)
        #expect(RunClass(Course().load { for bin in 0..<500 { $0.lossShare[bin] = 0.25 } }) == .collapsed)
        #expect(RunClass(Course(8, capacity: 0).load()) == .collapsed)
    }

    @Test("hours without load say nothing: the last night counts, not the day after it")
    func nights() {
        func nights(_ change: (inout Course) -> Void = { _ in }) -> RunLoad {
            Course().load { course in
                for bin in 0..<500 where bin % 100 >= 50 { course.offered[bin] = 0 }
                change(&course)
            }
        }
        #expect(RunClass(nights()) == .stable)
        #expect(RunClass(nights { for bin in 0..<500 { $0.lossShare[bin] = 0.4 } }) == .collapsed)
        #expect(RunClass(nights { for bin in 400..<500 { $0.lossShare[bin] = 0.9 } }) == .metastable)
        #expect(RunClass(nights { for bin in 100..<150 { $0.lossShare[bin] = 0.9 } }) == .recovered)
        // Work goes on by day, and every night is carried.
        #expect(RunClass(nights { for bin in 0..<500 { $0.offered[bin] *= 1.5 } }) == .stable)
    }

    @Test("a herd that is lost in one moment is lost, however quiet the rest of the run is")
    func herd() {
        let herd = Course(0, capacity: 100).load {
            $0.offered[300] = 1000
            $0.lossShare[300] = 0.9
        }
        #expect(RunClass(herd) == .collapsed)
    }

    @Test("nothing can be said of a run without load, or of one that ends before anything could")
    func unclassed() {
        #expect(RunClass(Course(0).load()) == nil)
        #expect(RunClass(RunLoad(delivered: [], lost: [], backlog: [], trouble: [])) == nil)
        let late = Course(0, capacity: 0).load { for bin in 400..<500 { $0.offered[bin] = 1 } }
        #expect(RunClass(late) == nil)
        let early = Course(0, capacity: 0).load { for bin in 100..<500 { $0.offered[bin] = 1 } }
        #expect(RunClass(early) == .collapsed)
    }

    @Test("one bin is enough to say that something was carried or lost")
    func oneBin() {
        #expect(RunClass(Course(8, bins: 1).load()) == .stable)
        #expect(RunClass(Course(8, bins: 1).load { $0.lossShare[0] = 1 }) == .collapsed)
    }

    @Test(
        "a load ten times as large in a network ten times as fast has the same class",
        arguments: 0..<60 as Range<UInt64>)
    func scale(seed: UInt64) {
        var random = RandomStream(seed: seed, entity: "classes", purpose: "loads")
        let course = Course(20 * random.unit(), capacity: 12, bins: 20 + random.index(below: 500))
        let (first, length) = (random.index(below: 400), random.index(below: 200))
        let (capacity, loss, offered) = (12 * random.unit(), random.unit(), 40 * random.unit())
        func load(_ scale: Double) -> RunLoad {
            course.load(scale: scale) { course in
                for bin in first..<first + length where bin < course.offered.count {
                    course.capacity[bin] = capacity
                    course.lossShare[bin] = loss
                    course.offered[bin] = offered
                }
            }
        }
        let one = RunClass(load(1))
        for scale in [1.0 / 1024, 2, 4096] { #expect(RunClass(load(scale)) == one, "seed \(seed), times \(scale)") }
    }

    @Test(
        "an M/M/1 station is stable up to a utilisation of 0.95 and collapsed at 1.2", arguments: 1..<9 as Range<UInt64>
    )
    func station(seed: UInt64) {
        func runClass(_ utilisation: Double) -> RunClass? {
            let plan = Plans.station(
                interarrival: Distribution(Exponential(mean: 1), text: "1s"),
                service: Distribution(Exponential(mean: utilisation), text: ""), duration: .seconds(10_000))
            return RunRecord(Network.run(plan, seed: seed)).runClass
        }
        for utilisation in [0.3, 0.75, 0.95] { #expect(runClass(utilisation) == .stable) }
        #expect(runClass(1.2) == .collapsed)
    }
}
