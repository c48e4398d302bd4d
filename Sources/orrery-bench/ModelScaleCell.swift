import Foundation
import OrreryKernel
import OrreryModel

/// One row of the scale table: a network of one size, built and run.
struct ModelScaleCell: Codable {
    let telescopes: Int
    let telescopesPerSite: Int
    /// Events counted in each round.
    let events: UInt64
    /// How much simulated time they took, in hours.
    let hours: Double
    /// Processor time an event, of each round.
    let nanoseconds: [Double]
    /// What the process grew by while a network without night was built and started.
    let idleBytes: Int
    /// What it grew by until the end of the rounds, at most.
    let peakBytes: Int
    /// Events on the agenda at the end.
    let pending: Int

    /// Counts from an hour after the start, when every telescope that can observe does, at least so many events and
    /// half an hour.
    init(_ plan: ModelScalePlan, events: UInt64, rounds: Int) {
        telescopes = plan.telescopes
        telescopesPerSite = plan.telescopesPerSite
        let before = ModelScaleCell.residentBytes
        idleBytes = ModelScaleCell.idleBytes(plan.network(isAlwaysDay: true))
        let network = plan.network()
        var peak = before
        var (counted, hours, pending) = (UInt64(0), 0.0, 0)
        nanoseconds = (0..<rounds).map { _ in
            var simulation = Network.simulation(of: network, seed: 1)
            simulation.run(until: .start + .hours(1))
            let (first, start) = (simulation.agenda.eventCount, clock())
            let halfAnHour = Instant.start + .minutes(90)
            while simulation.agenda.eventCount - first < events || simulation.agenda.now < halfAnHour {
                if simulation.run(until: .start + network.duration, atMost: 100_000) { break }
                peak = max(peak, ModelScaleCell.residentBytes)
            }
            counted = simulation.agenda.eventCount - first
            hours = simulation.agenda.now.seconds / 3600 - 1
            pending = simulation.agenda.pendingCount
            return Double(clock() - start) / Double(CLOCKS_PER_SEC) / Double(counted) * 1e9
        }
        (self.events, self.hours, self.pending, peakBytes) = (counted, hours, pending, peak - before)
    }

    /// The median of the rounds.
    var median: Double { nanoseconds.sorted()[nanoseconds.count / 2] }

    private static func idleBytes(_ network: NetworkPlan) -> Int {
        let before = residentBytes
        let simulation = Network.simulation(of: network, seed: 1)
        return withExtendedLifetime(simulation) { residentBytes - before }
    }

    /// The memory of this process that no file backs: the line `RssAnon:  123456 kB` of its status.
    private static var residentBytes: Int {
        let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("RssAnon:") }
        return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
    }
}
