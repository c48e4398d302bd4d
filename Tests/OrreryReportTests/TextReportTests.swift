import Foundation
import Testing

@testable import OrreryExperiment
@testable import OrreryReport

@Suite("The summary in the terminal")
struct TextReportTests {
    @Test("is never wider than 100 columns and never moves the cursor", arguments: Fixture.all.map(\.name))
    func fits(_ name: String) throws {
        let result = try #require(Fixture.all.first { $0.name == name }).result
        let text = TextReport().render(result)
        for line in text.split(separator: "\n") {
            #expect(line.count <= 100, "\(line)")
        }
        #expect(!text.contains("\u{1B}") && !text.contains("\u{0}") && !text.contains("\u{202E}"))
        if let folder = ProcessInfo.processInfo.environment["ORRERY_REPORT_FOLDER"] {
            try text.write(toFile: "\(folder)/\(name).txt", atomically: true, encoding: .utf8)
        }
    }

    @Test("opens with the verdict and closes with the fingerprint and the command")
    func hasItsOrder() {
        let lines = TextReport().render(Fixture.failing).split(separator: "\n").map(String.init)
        #expect(lines[0].hasPrefix("✗ failed: "))
        #expect(lines.suffix(2)[lines.count - 2].hasPrefix("fingerprint  \(Fixture.failing.fingerprint)"))
        #expect(lines.last?.contains("orrery run") == true)
    }

    @Test("keeps its two columns where items were lost over several seeds")
    func columns() {
        let text = TextReport().render(Fixture.threeVariants)
        #expect(text.contains(/lost +[\d,]+ .*latency p95/))
    }

    @Test("closes with the differences to the first variant, in signs and words")
    func differences() throws {
        var result = Fixture.threeVariants
        result.variants[2].replications.removeFirst(29)
        result.variants[2].differences = [
            DifferenceResult(key: "items.lost", unit: "items", pairs: 1, mean: -3, halfWidth: nil)
        ]
        let text = TextReport().render(result)
        let table = """

            differences to eight-workers, paired by seed (95 % interval)
              twelve-workers · 30 pairs
                lost items                           −1,205 ± 87 items  ↓ lower
                loss share            −1.012 ± 0.071 percentage points  ↓ lower
                delivered                            +1,190 ± 90 items  ↑ higher
                mean latency                              +12 ± 200 ms  = no difference shown (29 pairs)
                broker depth highest                    −640 ± 0 items  ↓ lower
                latency                                        0 ± 0 s  = no difference shown
              twenty-workers · 1 pair of 30 seeds
                lost items  −3 items  ? one pair has no interval

            fingerprint
            """
        #expect(text.contains(table), "\(text)")
        #expect(!TextReport().render(Fixture.healthyWeek).contains("differences"))
    }

    @Test("warns of a difference between times that differ")
    func differentTimes() {
        var result = Fixture.threeVariants
        #expect(!TextReport().render(result).contains("different times"))
        result.variants[1].durationSeconds *= 2
        #expect(TextReport().render(result).contains("    The two observe different times"))
    }

    @Test("says with colour nothing that it does not say without")
    func colourIsNeverTheOnlySign() {
        let coloured = TextReport(isColoured: true).render(Fixture.failing)
        let bare = coloured.replacing(/\u{1B}\[\d+m/, with: "")
        #expect(coloured != bare)
        #expect(bare == TextReport().render(Fixture.failing))
    }

    @Test("names the time of a variant that has another one than the verdict states")
    func variantOfTime() {
        var result = Fixture.failing
        #expect(!TextReport().render(result).contains("\(result.variants[0].name) · "))
        result.variants[0].durationSeconds *= 2
        result.variants[0].warmUpSeconds = 3600
        let text = TextReport().render(result)
        #expect(
            text.contains(
                "\(result.variants[0].name) · \(Quantity.seconds(result.durationSeconds * 2)) from 2026-03-20"))
        #expect(text.contains(", warm-up 60 min\n"))
    }

    @Test("calls nothing zero that was not measured")
    func absenceIsNotZero() {
        let text = TextReport().render(Fixture.zeroEvents)
        #expect(text.contains("not measured"))
        #expect(!text.contains("0 s "))
    }
}
