import Foundation
import OrreryKernel
import OrreryTestSupport
import Testing

@testable import OrreryModel

@Suite("A large network")
struct ScaleTests {
    /// As many telescopes, at the equator and at midnight, at sites of so many each.
    private static func plan(
        telescopes: Int, perSite: Int, isAlwaysDay: Bool = false, duration: Duration = .hours(1)
    ) -> NetworkPlan {
        let site = SitePlan(
            name: "site",
            values: ParameterValues([
                "count": .count(telescopes / perSite), "latitude": .number(0), "longitude": .number(0),
                "scatter": .number(10), "dark-below": .number(isAlwaysDay ? -90 : -12),
            ]),
            uplink: UplinkPlan(
                values: ParameterValues(["rate": .rate(DataRate(bitsPerSecond: 10_000_000 * Int64(perSite)))])),
            weather: isAlwaysDay ? WeatherPlan(values: ParameterValues([:])) : nil)
        var plan = Plans.observatory(
            telescopes: telescopes, setUp: .constant(100), site: site, duration: duration)
        plan.store = Plans.store(rate: DataRate(bitsPerSecond: 100_000_000_000))
        return plan
    }

    @Test(
        "of ten thousand telescopes loses none of its images and takes exactly as many as the night has room for",
        arguments: [1, 10])
    func tenThousandTelescopes(perSite: Int) {
        let recording = Network.run(ScaleTests.plan(telescopes: 10_000, perSite: perSite), seed: 1)
        let ledger = recording.ledger
        // After 100 s of set-up, an exposure of 60 s and a read-out of 0.1 s in turn.
        let images = Int64((3600 - 100 + 0.1) / 60.1)
        #expect(ledger.produced.total == 10_000 * images)
        #expect(ledger.lostTotal == 0 && recording.abortedExposures.total == 0)
        #expect(ledger.delivered.total + Int64(ledger.inFlight.level) == ledger.produced.total)
        #expect(recording.eventCount > 5_000_000)
    }

    @Test("weighs at most a kibibyte an idle telescope, with its site, its timer, its random numbers and the books")
    func memoryOfIdleTelescopes() async {
        // In a process of its own, where nothing else comes and goes.
        await #expect(processExitsWith: .success) {
            let telescopes = 20_000
            let plan = ScaleTests.plan(telescopes: telescopes, perSite: 1, isAlwaysDay: true)
            let before = try ScaleTests.residentBytes()
            let simulation = Network.simulation(of: plan, seed: 1)
            let grown = try withExtendedLifetime(simulation) { try ScaleTests.residentBytes() - before }
            #expect(grown > 100 * telescopes, "so little cannot hold \(telescopes) telescopes: \(grown) bytes")
            #expect(grown < 1024 * telescopes, "\(grown / telescopes) bytes a telescope")
        }
    }

    /// The memory of this process that no file backs: the line `RssAnon:  123456 kB` of its status.
    private static func residentBytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") })
        return try #require(Int(line.split(whereSeparator: \.isWhitespace)[1])) * 1024
    }
}
