import OrreryKernel
import OrreryScenario
import Testing

@Suite("Mutations: a damaged file gives a scenario or faults with places, never a crash")
struct MutationTests {
    /// Fewer where everything runs ten times slower.
    private static var rounds: Int {
        #if DEBUG
            2000
        #else
            20_000
        #endif
    }

    @Test("random damage to a sound file is survived", arguments: [SampleText.text, SampleText.smallest])
    func damage(_ text: String) {
        var mutator = Mutator(seed: 20_261_120)
        for round in 0..<MutationTests.rounds / 2 {
            let damaged = mutator.damaged(text)
            do throws(ScenarioFaults) {
                let scenario = try Scenario.decode(damaged, file: "file.yaml")
                #expect(!scenario.variants.isEmpty, "round \(round)")
            } catch {
                #expect(!error.faults.isEmpty, "round \(round): \(damaged)")
                for fault in error.faults {
                    #expect((fault.line ?? 0) >= 1 && (fault.column ?? 0) >= 1, "round \(round): \(fault.message)")
                    #expect(!fault.line(in: "file.yaml").contains("\n"), "round \(round)")
                }
            }
        }
    }

    @Test("what survives damage has a canonical text that decodes to itself")
    func survivors() throws {
        var mutator = Mutator(seed: 7)
        for _ in 0..<MutationTests.rounds / 4 {
            guard let scenario = try? Scenario.decode(mutator.damaged(SampleText.text), file: "file.yaml") else {
                continue
            }
            for variant in scenario.variants {
                let again = try Scenario.decode(variant.text, file: "canonical.yaml")
                #expect(again.variants[0].text == variant.text)
            }
        }
    }

    @Test("random damage to overrides is survived")
    func damagedOverrides() {
        var mutator = Mutator(seed: 99)
        let texts = [
            "system.workers.count=8", "system.workers.service={ kind: exponential, mean: 2s }",
            "thresholds.items.lost=[ count < 3 ]",
            "sites.lsc.uplink.rate=1Gbps", "time.duration=1h",
        ]
        for round in 0..<MutationTests.rounds / 4 {
            guard let override = Override(mutator.damaged(texts[round % texts.count])) else { continue }
            do throws(ScenarioFaults) {
                _ = try Scenario.decode(SampleText.text, file: "file.yaml", overrides: [override])
            } catch {
                #expect(!error.faults.isEmpty, "\(override.text)")
            }
        }
    }
}

/// Damages texts: the same damage from the same seed.
struct Mutator {
    private var stream: RandomStream
    /// What a YAML decoder may stumble over.
    private static let tokens = [
        "&a ", "*a", "<<: *a", "? ", "- ", ": ", "{", "}", "[", "]", "\"", "'", "|\n", ">-\n", "#", "%YAML 1.1\n",
        "---\n", "...\n", "!!int ",
        "!x ", "\t", "\r", "\u{FEFF}", "\u{85}", "\u{2028}", "\0", "1e999", "-0", "NaN", ".inf", "0x1F", "010", "~",
        "null", "count", "kind",
        "mean", "9999999999999999999", "1e-400", "é", "🔭", "\u{E000}", "\u{F8FF}", ", ", "\n", "\n  ",
    ]

    init(seed: UInt64) {
        stream = RandomStream(seed: seed, entity: "mutation", purpose: "test")
    }

    /// A text with one to four pieces of damage.
    ///
    /// Bytes that are no UTF-8 become replacement characters, as they would for a caller.
    mutating func damaged(_ text: String) -> String {
        var bytes = Array(text.utf8)
        for _ in 0...stream.index(below: 4) where !bytes.isEmpty { damage(&bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func damage(_ bytes: inout [UInt8]) {
        let place = stream.index(below: bytes.count)
        switch stream.index(below: 6) {
        case 0: bytes[place] = UInt8(stream.index(below: 256))
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + 1 + stream.index(below: 12)))
        case 2:
            bytes.insert(contentsOf: Array(Mutator.tokens[stream.index(below: Mutator.tokens.count)].utf8), at: place)
        case 3: duplicateLine(&bytes)
        case 4: bytes.swapAt(place, stream.index(below: bytes.count))
        default: swapTokens(&bytes)
        }
    }

    private mutating func duplicateLine(_ bytes: inout [UInt8]) {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let line = lines[stream.index(below: lines.count)]
        lines.insert(line, at: stream.index(below: lines.count))
        bytes = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
    }

    private mutating func swapTokens(_ bytes: inout [UInt8]) {
        var tokens = bytes.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        tokens.swapAt(stream.index(below: tokens.count), stream.index(below: tokens.count))
        bytes = Array(tokens.joined(separator: [UInt8(ascii: " ")]))
    }
}
