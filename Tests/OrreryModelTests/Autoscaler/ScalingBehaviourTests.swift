import OrreryKernel
import Testing

@testable import OrreryModel

/// The examples are those of the page "Horizontal Pod Autoscaling" of the Kubernetes documentation.
@Suite("The behaviour of a HorizontalPodAutoscaler")
struct ScalingBehaviourTests {
    /// The documented defaults.
    private var defaults: ScalingBehaviour { BehaviourParameters.behaviour(ParameterValues([:])) }

    private func behaviour(
        upWindow: Duration = .zero, up: [ScalingRules.Policy] = [], downWindow: Duration = .zero,
        down: [ScalingRules.Policy] = [], select: ScalingRules.Selection = .largest
    ) -> ScalingBehaviour {
        ScalingBehaviour(
            up: ScalingRules(window: upWindow, policies: up.isEmpty ? [pods(1000, .seconds(1))] : up, select: select),
            down: ScalingRules(
                window: downWindow, policies: down.isEmpty ? [pods(1000, .seconds(1))] : down, select: select))
    }

    private func pods(_ count: Int, _ period: Duration) -> ScalingRules.Policy {
        ScalingRules.Policy(amount: .replicas(count), period: period)
    }

    private func percent(_ share: Double, _ period: Duration) -> ScalingRules.Policy {
        ScalingRules.Policy(amount: .share(share), period: period)
    }

    /// The numbers of replicas after evaluations every 15 s that recommend these, one after the other.
    private func course(_ behaviour: ScalingBehaviour, from start: Int, _ recommendations: [Int]) -> [Int] {
        var (behaviour, replicas, course) = (behaviour, start, [Int]())
        for (number, recommendation) in recommendations.enumerated() {
            let now = Instant.start + .seconds(15 * Int64(number))
            replicas = behaviour.limited(recommendation, current: replicas, at: now)
            course.append(replicas)
        }
        return course
    }

    @Test("goes from 1 to 100 replicas in minutes under the defaults: four at once, then doubling")
    func defaultsUp() {
        #expect(course(defaults, from: 1, Array(repeating: 100, count: 7)) == [5, 10, 20, 40, 80, 100, 100])
    }

    @Test("waits five minutes under the defaults and then goes down at once")
    func defaultsDown() {
        let replicas = course(defaults, from: 50, [50] + Array(repeating: 3, count: 24))
        #expect(replicas.firstIndex(of: 3) == 20, "the 50 of the start is 300 s old then, and no longer younger")
        #expect(Set(replicas) == [50, 3])
    }

    @Test("goes from 80 to 10 replicas by 10 % a minute, and by 4 once that is more")
    func twoPolicies() {
        let rules = behaviour(down: [pods(4, .minutes(1)), percent(0.1, .minutes(1))])
        let replicas = course(rules, from: 80, Array(repeating: 10, count: 80))
        // A change made 60 s ago no longer counts, so there is one a minute.
        let byMinute = stride(from: 0, to: 60, by: 4).map { replicas[$0] }
        #expect(byMinute == [72, 64, 57, 51, 45, 40, 36, 32, 28, 24, 20, 16, 12, 10, 10])
        for minute in 0..<15 { #expect(Set(replicas[(4 * minute)..<(4 * minute + 4)]).count == 1) }
    }

    @Test("takes the policy with the smallest change if told to, and none if disabled")
    func selection() {
        let policies = [pods(4, .minutes(1)), percent(0.1, .minutes(1))]
        let smallest = behaviour(down: policies, select: .smallest)
        #expect(course(smallest, from: 80, [10]) == [76])
        #expect(course(smallest, from: 20, [10]) == [18])
        let disabled = behaviour(up: policies, down: policies, select: .disabled)
        #expect(course(disabled, from: 20, [10, 40]) == [20, 20])
    }

    @Test("counts what the other direction did in the period: five added and one removed are four added")
    func otherDirection() {
        let rules = behaviour(up: [pods(5, .minutes(1))], down: [pods(2, .minutes(1))])
        // From a start of 10: up to 15; down to at most two below the start, which is no change; up again to 15.
        #expect(course(rules, from: 10, [20, 14, 20, 20, 20]) == [15, 14, 15, 15, 20])
    }

    @Test("increases to the least and decreases to the most of what was recommended in the window")
    func stabilisation() {
        let up = behaviour(upWindow: .seconds(45))
        #expect(course(up, from: 2, [8, 6, 9, 7, 9]) == [2, 2, 2, 6, 7])
        let down = behaviour(downWindow: .seconds(45))
        #expect(course(down, from: 9, [4, 6, 3, 5, 2]) == [9, 9, 9, 6, 5])
    }

    @Test("forgets a recommendation that is just as old as the window")
    func strictWindow() {
        let down = behaviour(downWindow: .seconds(30))
        // At 30 s the 9 of the start is exactly 30 s old.
        #expect(course(down, from: 9, [1, 1, 1]) == [9, 9, 1])
    }

    @Test("never goes past the current number in the wrong direction, whatever was done before")
    func wrongDirection() {
        var rules = behaviour(up: [pods(1, .minutes(1))])
        #expect(rules.limited(1, current: 1, at: .start) == 1)
        // Twelve of the thirteen came in this minute, by another hand: the limit of 2 lies below what is there.
        #expect(rules.limited(20, current: 13, at: .start + .seconds(15)) == 13)
    }
}
