import OrreryKernel
import Testing

@testable import OrreryModel

@Suite("Autoscaler policies")
struct PolicyTests {
    @Test(
        "the script adds above, removes below, and forgets at once",
        arguments: [(0.9, 7), (0.81, 7), (0.8, 4), (0.4, 4), (0.39, 2)])
    func script(share: Double, wanted: Int) {
        var policy = PolicyDriver("script", ["add": .count(3), "remove": .count(2)])
        #expect(policy.evaluate(at: 0, 4, busy: share) == wanted)
        #expect(policy.evaluate(at: 60, 4, busy: share) == wanted)
    }

    @Test("the script does not remove the last replica, and does nothing while it sees nothing")
    func scriptLimits() {
        var policy = PolicyDriver("script")
        #expect(policy.evaluate(at: 0, 1, busy: 0.1) == 1)
        #expect(policy.evaluate(at: 60, 3) == 3)
        #expect(policy.evaluate(at: 120, [.booting, .booting]) == 2)
    }

    @Test("a step is the larger the farther the load is beyond the threshold, and none follows within the cooldown")
    func step() {
        let values: [String: ParameterValue] = ["points": .count(1), "step-replicas": .count(2)]
        for (share, wanted) in [(0.65, 12), (0.75, 14), (0.95, 18), (0.5, 10), (0.35, 8), (0.05, 2)] {
            var policy = PolicyDriver("step", values)
            #expect(policy.evaluate(at: 0, 10, busy: share) == wanted, "\(share)")
        }
        var policy = PolicyDriver("step", values)
        #expect(policy.evaluate(at: 0, 10, busy: 0.65) == 12)
        #expect(policy.evaluate(at: 299, 12, busy: 0.65) == 12)
        #expect(policy.evaluate(at: 300, 12, busy: 0.65) == 14)
    }

    @Test("a step waits for so many points in a row on one side")
    func stepPoints() {
        var policy = PolicyDriver("step", ["points": .count(3)])
        let shares = [0.65, 0.65, 0.5, 0.65, 0.65, 0.35, 0.35, 0.35]
        let wanted = shares.enumerated().map { policy.evaluate(at: 60 * Int64($0), 5, busy: $1) }
        #expect(wanted == [5, 5, 5, 5, 5, 5, 5, 4])
    }

    @Test("target tracking adds after three points above the target, and removes after fifteen clearly below it")
    func targetTracking() {
        var up = PolicyDriver("target-tracking")
        #expect((0..<3).map { up.evaluate(at: 60 * $0, 4, busy: 0.8) } == [4, 4, 7])
        var down = PolicyDriver("target-tracking")
        let wanted = (0..<15).map { down.evaluate(at: 60 * $0, 10, busy: 0.2) }
        #expect(wanted == Array(repeating: 10, count: 14) + [4])
        // 46 % is below the target of 50 %, but not below 45 %.
        var near = PolicyDriver("target-tracking")
        #expect((0..<30).allSatisfy { near.evaluate(at: 60 * $0, 10, busy: 0.46) == 10 })
    }

    @Test("target tracking leaves fresh replicas out of the mean, and removes none while there are any")
    func warmingInstances() {
        let fresh = PolicyDriver.Replica.ready(0, for: 60)
        var up = PolicyDriver("target-tracking")
        let busy = [PolicyDriver.Replica.ready(800), .ready(800), fresh]
        #expect((0..<3).map { up.evaluate(at: 60 * $0, busy) } == [3, 3, 4])
        var down = PolicyDriver("target-tracking")
        let idle = Array(repeating: PolicyDriver.Replica.ready(100), count: 5) + [fresh]
        #expect((0..<30).allSatisfy { down.evaluate(at: 60 * $0, idle) == 6 })
    }

    @Test("so many copies for each replica, but not for a difference within the tolerance")
    func queueLength() {
        for (backlog, wanted) in [(100, 10), (95, 10), (52, 5), (55, 5), (56, 6), (4, 1), (0, 1)] {
            var policy = PolicyDriver("queue-length", ["scale-down-window": .duration(.zero)])
            #expect(policy.evaluate(at: 0, 5, backlog: backlog) == wanted, "\(backlog)")
        }
        var policy = PolicyDriver("queue-length")
        #expect(policy.evaluate(at: 0, 5) == 5, "nothing was scraped yet")
    }

    @Test("the last replica goes after the cooldown, and the first one comes with the first copy, only if min is 0")
    func scaleToZero() {
        var policy = PolicyDriver("queue-length", ["min": .count(0), "cooldown": .duration(.minutes(5))])
        #expect(policy.evaluate(at: 0, 1, backlog: 1) == 1)
        #expect(policy.evaluate(at: 300, 1, backlog: 0) == 1)
        #expect(policy.evaluate(at: 301, 1, backlog: 0) == 0)
        #expect(policy.evaluate(at: 330, [], backlog: 0) == 0)
        #expect(policy.evaluate(at: 360, [], backlog: 500) == 1)
        var other = PolicyDriver("queue-length", ["min": .count(1)])
        #expect(other.evaluate(at: 0, 1, backlog: 1) == 1)
        #expect(other.evaluate(at: 9000, 1, backlog: 0) == 1)
    }

    @Test(
        "a timetable holds from each hour to the next, and through midnight",
        arguments: [(0, 4), (5, 4), (6, 8), (18, 8), (19, 4), (30, 8)])
    func timetable(hour: Int64, wanted: Int) {
        var policy = PolicyDriver("scheduled", ["hours": .list([6, 18.5]), "replicas": .list([8, 4])])
        // The driver counts from the end of the first hour.
        #expect(policy.evaluate(at: (hour - 1) * 3600, 5) == wanted)
    }

    @Test("a timetable must have a number for each hour, and hours that rise")
    func timetableConflicts() throws {
        let kind = try #require(AutoscalerCatalog.kinds["scheduled"])
        func isFine(_ hours: [Double], _ replicas: [Double]) -> Bool {
            let values =
                ["max": .count(10), "hours": .list(hours), "replicas": .list(replicas)] as [String: ParameterValue]
            return kind.conflict(ParameterValues(values)) == nil
        }
        #expect(isFine([6, 18], [8, 4]) && isFine([0], [0]))
        #expect(!isFine([], []) && !isFine([6], [8, 4]) && !isFine([18, 6], [8, 4]) && !isFine([6, 24], [8, 4]))
        #expect(!isFine([6], [1.5]) && !isFine([6], [-1]))
    }

    @Test("every kind says where its defaults come from, and its defaults lie in their ranges")
    func declarations() {
        for kind in AutoscalerCatalog.kinds.kinds {
            #expect(Set(kind.parameters.map(\.key)).count == kind.parameters.count)
            for parameter in kind.parameters {
                #expect(!parameter.summary.isEmpty)
                guard let fallback = parameter.fallback else { continue }
                #expect(!parameter.source.isEmpty, "\(kind.name): \(parameter.key)")
                if let magnitude = fallback.magnitude {
                    #expect(parameter.range.contains(magnitude), "\(parameter.key)")
                }
            }
        }
    }
}
