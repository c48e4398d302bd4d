import OrreryKernel
import OrreryModel
import Testing

@testable import OrreryDiagnosis

@Suite("A rule of the diagnosis")
struct RuleTests {
    /// A sound network of ten workers: 100 items a bin of ten seconds come and are delivered, and it is busy for half
    /// of its time.
    private func sound(_ change: (inout RunCourse) -> Void = { _ in }) -> RunCourse {
        var course = RunCourse(count: 500, binWidth: .seconds(10))
        let hundred = [Double](repeating: 100, count: 500)
        let nothing = [Double](repeating: 0, count: 500)
        course.produced = hundred
        course.delivered = hundred
        course.sent = hundred
        course.pool = RunCourse.Pool(
            present: nothing.map { _ in 10 }, busy: nothing.map { _ in 5 }, capacity: 1000, depthHighest: nothing)
        course.runClass = .stable
        change(&course)
        return course
    }

    /// The names of what is found in a course.
    private func names(_ course: RunCourse) -> [String] { Diagnosis(course).findings.map(\.symptom.kind.name) }

    /// A series that has a value in some bins.
    private func series(_ value: Double, in bins: Range<Int> = 0..<500, else other: Double = 0) -> [Double] {
        (0..<500).map { bins.contains($0) ? value : other }
    }

    @Test("finds nothing in a sound network, nor in one that does nothing")
    func nothing() {
        #expect(names(sound()).isEmpty)
        #expect(names(RunCourse(count: 500, binWidth: .seconds(10))).isEmpty)
        #expect(names(RunCourse(count: 1, binWidth: .seconds(10))).isEmpty)
    }

    @Test("names a fault of the scenario, and retries after a short one are no storm")
    func faults() {
        let spell = RunCourse.FaultSpell(name: "outage (centre-outage)", start: .seconds(1000), end: .seconds(1050))
        let short = sound { course in
            course.faults = [spell]
            course.retried = series(80, in: 100..<110)
            course.sent = series(180, in: 100..<110, else: 100)
            course.delivered = series(50, in: 100..<110, else: 100)
        }
        #expect(names(short) == ["Fault"])
        let storm = sound { course in
            course.faults = [spell]
            course.retried = series(400, in: 100..<500)
            course.sent = series(500, in: 100..<500, else: 100)
            course.delivered = series(50, in: 100..<500, else: 100)
            course.runClass = .metastable
            course.distress = (0..<500).map { $0 > 110 }
        }
        let diagnosis = Diagnosis(storm)
        #expect(names(storm) == ["Fault", "RetryStorm", "MetastableFailure"])
        #expect(diagnosis.findings.map(\.role) == [.trigger, .cause, .outcome])
        #expect(diagnosis.findings.map(\.follows) == [nil, 0, 1])
    }

    @Test("tells a retry storm from retries that deliver everything")
    func retries() {
        let lively = sound { course in
            course.retried = series(400)
            course.sent = series(500)
        }
        #expect(!names(lively).contains("RetryStorm"))
    }

    @Test("tells thrash from a swing of the load, and from a controller that settles")
    func thrash() {
        func scaled(_ load: [Double], reversals: [Double]) -> RunCourse {
            sound { course in
                course.produced = load
                course.replicas = RunCourse.Scaling(
                    wanted: (0..<500).map { $0 % 10 < 5 ? 12 : 16 }, reversals: reversals)
            }
        }
        let restless = (0..<500).map { $0 % 5 == 0 ? 1.0 : 0 }
        var random = RandomStream(seed: 1, entity: "load", purpose: "test")
        let steady = (0..<500).map { _ in 100 + 10 * random.standardNormal() }
        #expect(names(scaled(steady, reversals: restless)) == ["AutoscalerThrash"])
        let swinging = (0..<500).map { $0 % 10 < 5 ? 150.0 : 50 }
        #expect(names(scaled(swinging, reversals: restless)).isEmpty)
        let settling = (0..<500).map { $0 < 60 && $0 % 5 == 0 ? 1.0 : 0 }
        #expect(names(scaled(steady, reversals: settling)).isEmpty)
        let evidence = Diagnosis(scaled(steady, reversals: restless)).findings.first?.symptom.evidence ?? ""
        #expect(evidence.contains("swings with a period of 100 s"), "\(evidence)")
    }

    @Test("tells a convoy at locks from workers that wait now and then")
    func locks() {
        func locked(_ waiting: Double) -> [String] {
            names(
                sound { course in
                    course.pool?.busy = series(9)
                    course.locks = RunCourse.Locks(
                        waiting: series(waiting), acquired: series(100), abandoned: series(0), expired: series(0),
                        serverUtilisation: 0.98)
                })
        }
        #expect(locked(7) == ["LockConvoy"])
        #expect(locked(3).isEmpty)
    }

    @Test("tells a queue that overflows from one that is only long, and from a loss that nobody notices")
    func overflow() {
        func queued(lost: Double) -> RunCourse {
            sound { course in
                course.pool?.depthHighest = series(600, in: 200..<250).enumerated().map { place, depth in
                    (250..<400).contains(place) ? 1000 : depth
                }
                course.overflowed = series(lost, in: 250..<400)
                course.lost = [.brokerFull: series(lost, in: 250..<400)]
            }
        }
        #expect(names(queued(lost: 0)).isEmpty)
        #expect(names(queued(lost: 1)).isEmpty)
        let full = Diagnosis(queued(lost: 40))
        #expect(full.findings.map(\.symptom.kind.name) == ["EventQueueOverflow"])
        #expect(full.findings.first?.symptom.start == .seconds(2000), "it begins when the queue is half full")
    }

    @Test("puts nodes that are declared dead after the wait in their inboxes, whatever is lost first")
    func cluster() {
        let course = sound { course in
            course.pool = nil
            var inbox = [Double](repeating: 0, count: 96)
            for look in 40..<96 { inbox[look] = 450 }
            course.cluster = RunCourse.Nodes(
                count: 17, inbox: 450, members: series(17), busy: series(16.9, in: 150..<500, else: 11),
                waiting: series(7000, in: 200..<500), overflows: series(50, in: 260..<500),
                declaredDead: series(1, in: 250..<500), falseAlarms: 250, redistributed: series(20, in: 251..<500),
                messages: series(1000), inboxes: RunCourse.Places(names: ["node 1"], rows: [inbox]))
            course.runClass = .collapsed
            course.distress = (0..<500).map { $0 > 270 }
        }
        #expect(names(course) == ["EventQueueOverflow", "NodeNotResponsive", "EventRedistribution", "Collapse"])
        #expect(Diagnosis(course).findings.map(\.follows) == [nil, 0, 1, 2])
    }

    @Test("leaves alone a node that a fault takes away")
    func crashedNode() {
        let course = sound { course in
            course.pool = nil
            course.faults = [
                RunCourse.FaultSpell(
                    name: "crash (node-crash)", start: .seconds(1000), end: .seconds(1100), nodesHit: 1)
            ]
            course.cluster = RunCourse.Nodes(
                count: 5, inbox: 450, members: series(5), busy: series(2), waiting: series(1), overflows: series(0),
                declaredDead: series(1, in: 101..<102), falseAlarms: 0, redistributed: series(0),
                messages: series(1000),
                inboxes: RunCourse.Places(names: [], rows: []))
        }
        #expect(names(course) == ["Fault"])
    }

    @Test("tells a line that is too slow from one that is busy and keeps up, and from one that works off a night")
    func links() {
        func lines(busy: Double, waiting: (Int) -> Double) -> [String] {
            names(
                sound { course in
                    course.uplinks = RunCourse.Places(
                        names: ["ridge", "valley"],
                        rows: [Array(repeating: busy, count: 96), Array(repeating: 0.2, count: 96)])
                    course.stages = [.disk: (0..<500).map { waiting($0) }]
                })
        }
        #expect(lines(busy: 1) { Double($0) } == ["LinkSaturation"])
        #expect(lines(busy: 0.9) { Double($0) }.isEmpty)
        #expect(lines(busy: 1) { _ in 40 }.isEmpty)
        #expect(lines(busy: 1) { 500 - Double($0) }.isEmpty)
    }

    @Test("tells a hot partition from one that has most of a short queue")
    func partitions() {
        func hot(_ depth: Double) -> [String] {
            names(
                sound { course in
                    course.partitions = RunCourse.Places(
                        names: ["partition 1", "partition 2", "partition 3"],
                        rows: [Array(repeating: depth, count: 96)] + (0..<2).map { _ in Array(repeating: 0, count: 96) }
                    )
                })
        }
        #expect(hot(5000) == ["HotPartition"])
        #expect(hot(20).isEmpty)
    }

    @Test("tells conflicts that overwhelm the operators from conflicts that do not")
    func conflicts() {
        func conflicting(operators: Double, waiting: Double) -> [String] {
            names(
                sound { course in
                    course.state = RunCourse.Writes(all: series(100), conflicts: series(5))
                    course.operators = RunCourse.People(
                        count: 1, busy: series(operators), waiting: (0..<500).map { waiting * Double($0) / 500 },
                        tickets: series(0.1))
                })
        }
        #expect(conflicting(operators: 0.2, waiting: 0).isEmpty)
        #expect(conflicting(operators: 1, waiting: 40) == ["StateVersionMismatch", "OperatorsOverwhelmed"])
    }

    @Test("tells a pool that is too small from one that is busy and keeps up")
    func saturation() {
        func busy(_ share: Double, waiting: (Int) -> Double) -> [String] {
            names(
                sound { course in
                    course.pool?.busy = series(10 * share)
                    course.produced = series(115)
                    course.stages = [.brokerWait: (0..<500).map { waiting($0) }]
                })
        }
        #expect(busy(1) { 15 * Double($0) } == ["Saturation"])
        #expect(busy(0.9) { 15 * Double($0) }.isEmpty)
        #expect(busy(1) { _ in 50 }.isEmpty)
    }

    @Test("knows every kind that it says may be a cause")
    func table() {
        let names = Set(SymptomCatalog.kinds.map(\.name))
        #expect(names.count == SymptomCatalog.kinds.count, "two kinds have one name")
        for kind in SymptomCatalog.kinds {
            #expect(names.isSuperset(of: kind.causes), "\(kind.name)")
            #expect(names.isSuperset(of: kind.saidBy), "\(kind.name)")
            #expect(!kind.summary.isEmpty && !kind.rule.isEmpty)
        }
    }
}
