import Foundation
import OrreryExperiment

@testable import OrreryReport

/// A page of every kind, and the odd ones, for the tests with a browser.
enum ReportPages {
    /// The pages by name.
    static func all() async throws -> [(name: String, text: String)] {
        let runs = Fixture.all.map { (name: "run \($0.name)", text: HTMLReport.render($0.result)) }
        let sweeps = try await SweepFixture.all().map { (name: "sweep \($0.name)", text: $0.result.page) }
        return runs + sweeps + [("comparison", comparison)] + [("one event", HTMLReport.render(Fixture.oneEvent))]
    }

    /// One page of each kind, the fullest.
    static func kinds() async throws -> [(name: String, text: String)] {
        let wanted = ["run three", "run hostile", "run zero", "sweep curve", "sweep capacity", "comparison"]
        return try await all().filter { wanted.contains($0.name) }
    }

    /// Two variants of the made-up result against the first.
    static var comparison: String {
        let result = Fixture.threeVariants
        return ComparisonReport(
            ResultComparison(
                result.variants.dropFirst().map {
                    ResultComparison.Pair(
                        name: "\($0.name) against \(result.variants[0].name)", base: result.variants[0], head: $0)
                })
        ).page
    }
}
