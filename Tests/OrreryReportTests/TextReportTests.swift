import Foundation
import OrreryExperiment
import Testing

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
