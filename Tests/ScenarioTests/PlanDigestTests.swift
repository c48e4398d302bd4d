import Foundation
import OrreryModel
import OrreryScenario
import Testing

@Suite("The digest of a plan")
struct PlanDigestTests {
    @Test("is that of the canonical text too", arguments: ShippedScenarios.paths)
    func canonical(path: String) throws {
        for variant in try ShippedScenarios.load(path).variants {
            let again = try Scenario.decode(variant.text, file: path)
            #expect(again.variants.map(\.planDigest) == [variant.planDigest])
            #expect(variant.planDigest.count == 64)
        }
    }

    @Test("does not see name, summary, seeds and thresholds", arguments: ShippedScenarios.paths)
    func blind(path: String) throws {
        let settings = [
            "name=another", "summary=of something else", "seeds.count=17", "seeds.base=4711",
            "thresholds.items.lost=[\"count < 12345\"]",
        ]
        let scenario = try ShippedScenarios.load(path)
        let other = try ShippedScenarios.load(path, settings)
        #expect(other.name == "another" && other.seedCount == 17)
        for (variant, changed) in zip(scenario.variants, other.variants) {
            #expect(changed.thresholds != variant.thresholds)
            #expect(changed.planDigest == variant.planDigest)
        }
    }

    @Test("sees every other value of the file, one by one", arguments: ShippedScenarios.paths)
    func seeing(path: String) throws {
        let judging = ["version:", "name:", "summary:", "seeds:", "thresholds:"]
        var changes = 0
        for variant in try ShippedScenarios.load(path).variants {
            let lines = variant.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            var isJudging = false
            for (index, line) in lines.enumerated() {
                if !line.hasPrefix(" ") { isJudging = judging.contains { line.hasPrefix($0) } }
                for changed in PlanDigestTests.changes(of: line) where !isJudging {
                    var text = lines
                    text[index] = changed
                    // Not every change makes a sound scenario.
                    let file = text.joined(separator: "\n")
                    guard let other = try? Scenario.decode(file, file: path).variants.first else { continue }
                    #expect(other.planDigest != variant.planDigest, "\(line) ➝ \(changed)")
                    changes += 1
                }
            }
        }
        #expect(changes > 5)
    }

    @Test("tells the variants of a shipped story apart", arguments: ShippedScenarios.paths)
    func variants(path: String) throws {
        let variants = try ShippedScenarios.load(path).variants
        #expect(Set(variants.map(\.planDigest)).count == variants.count)
    }

    /// The line with one of its numbers larger by one, for each of them.
    private static func changes(of line: String) -> [String] {
        guard let colon = line.firstIndex(of: ":") else { return [] }
        let (key, value) = (line[...colon], line[line.index(after: colon)...])
        return value.ranges(of: /[0-9]+/).map { range in
            key + value[..<range.lowerBound] + "\((Int(value[range]) ?? 0) + 1)" + value[range.upperBound...]
        }
    }
}
