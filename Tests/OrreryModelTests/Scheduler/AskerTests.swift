import OrreryKernel
import Testing

@testable import OrreryModel

@Suite("A telescope that asks")
struct AskerTests {
    private let asking = Asking(timeout: .seconds(30), interval: .minutes(1))

    private func policy(_ name: String) throws -> any RetryPolicy {
        try #require(RetryCatalog.kinds[name]).make(ParameterValues([:]))
    }

    @Test("waits for its answer, backs off by its policy, and asks again")
    func backOff() throws {
        let fixed = try policy("fixed")
        var asker = Asker(random: RandomStream(seed: 1, entity: "telescope", purpose: "asking"))
        #expect(!asker.isWanting)
        let patience = asker.ask(asking, at: .start)
        #expect(patience == .seconds(30) && asker.isWanting)
        let delay = asker.wake(asking, fixed)
        #expect(delay != nil)
        let again = asker.wake(asking, fixed)
        #expect(again == nil, "it has backed off, and asks")
    }

    @Test("waits for the interval where there is nothing to do, and where its policy gives up")
    func interval() throws {
        let none = try policy("none")
        var asker = Asker(random: RandomStream(seed: 1, entity: "telescope", purpose: "asking"))
        _ = asker.ask(asking, at: .start)
        let givenUp = asker.wake(asking, none)
        #expect(givenUp == .minutes(1))
        _ = asker.ask(asking, at: .start)
        let pause = asker.sleep(asking)
        #expect(pause == .minutes(1) && asker.isWanting)
        asker.rest()
        #expect(!asker.isWanting)
    }
}
