import Foundation
import Testing

@Suite("orrery fit: the scalability law of measurements")
struct FitTests {
    private let orrery = OrreryProcess.built

    @Test("a published measurement has its published coefficients, in words and in JSON")
    func published() throws {
        let text = try orrery.run(["fit", "Scenarios/validation/spec-sdm91.csv"])
        #expect(text.status == 0 && text.errors.isEmpty, "\(text.errors)")
        #expect(text.output.hasPrefix("The throughput is largest at a load of 96.52"))
        let rows = text.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
        #expect(rows.contains("σ contention 0.02773 0.002402 … 0.05305"), "\(text.output)")
        #expect(rows.contains("18 995.9 1,078 −81.66"), "\(text.output)")
        let json = try orrery.run(["fit", "Scenarios/validation/spec-sdm91.csv", "--json"])
        let fit = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect(fit["format"] as? String == "orrery-fit" && fit["confidence"] as? Double == 0.95)
        let coherency = try #require(fit["coherency"] as? [String: Any])
        #expect(coherency["value"] as? Double == 0.000104365484)
        #expect((coherency["interval"] as? [Double])?.count == 2)
        #expect((fit["measurements"] as? [[String: Any]])?.count == 7)
        let peak = try #require((fit["peak"] as? [String: Any])?["load"] as? [String: Any])
        #expect(abs((peak["value"] as? Double ?? 0) - 96.52) < 0.005)
        let statement = try #require(fit["statement"] as? String)
        #expect(text.output.split(whereSeparator: \.isWhitespace).joined(separator: " ").hasPrefix(statement))
    }

    @Test("the statement claims no more than the measurements show", arguments: Case.all)
    func statements(example: Case) throws {
        let scratch = try Scratch()
        let outcome = try orrery.run(["fit", try scratch.write(example.csv, to: "measured.csv")])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let words = outcome.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.hasPrefix(example.start) && words.contains(example.part), "\(outcome.output)")
        #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 100 }, "\(outcome.output)")
    }

    @Test("columns are named, in any order, with quotation marks, a byte-order mark and line ends of Windows")
    func columns() throws {
        let scratch = try Scratch()
        let file = try scratch.write(
            "\u{FEFF}\"day\", \"rate\",users\r\n1,10,1\r\n2, 15 ,2\r\n\r\n3,20,4\r\n3,22,8\r\n", to: "log.csv")
        let outcome = try orrery.run(["fit", file, "--load", "users", "--throughput", "rate", "--json"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let fit = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
        let rows = try #require(fit["measurements"] as? [[String: Any]])
        #expect(rows.compactMap { $0["load"] as? Double } == [1, 2, 4, 8])
        #expect(rows.compactMap { $0["throughput"] as? Double } == [10, 15, 20, 22])
    }

    @Test("measurements that are nonsense exit 65, with file, line and reason of every fault", arguments: Case.faulty)
    func nonsense(example: Case) throws {
        let scratch = try Scratch()
        _ = try scratch.write(example.csv, to: "m.csv")
        let outcome = try orrery.run(["fit", "m.csv"], in: scratch.folder)
        #expect(outcome.status == 65 && outcome.output.isEmpty, "\(outcome.output)")
        #expect(outcome.errors.hasPrefix("orrery: error: " + example.start), "\(outcome.errors)")
        #expect(outcome.errors.contains(example.part), "\(outcome.errors)")
    }

    @Test("wrong options exit 64, a missing file or a folder 66")
    func wrongUse() throws {
        let file = "Scenarios/validation/spec-sdm91.csv"
        let mistyped = try orrery.run(["fit", file, "--load", "laod"])
        #expect(mistyped.status == 64 && mistyped.errors.contains("did you mean load?"), "\(mistyped.errors)")
        let twice = try orrery.run(["fit", file, "--load", "throughput"])
        #expect(twice.status == 64 && twice.errors.contains("cannot be both"), "\(twice.errors)")
        for confidence in ["0", "1", "95", "nan"] {
            #expect(try orrery.run(["fit", file, "--confidence", confidence]).status == 64, "\(confidence)")
        }
        let missing = try orrery.run(["fit", "Scenarios/validation/spec-sdm92.csv"])
        #expect(missing.status == 66 && missing.errors.contains("did you mean spec-sdm91.csv?"), "\(missing.errors)")
        #expect(try orrery.run(["fit", "Scenarios/validation"]).status == 66)
    }

    /// A file, how the answer starts and what is in it.
    struct Case: Sendable, CustomTestStringConvertible {
        let csv: String
        let start: String
        let part: String

        var testDescription: String { "\(start) … \(part)" }

        /// A file with loads and throughputs.
        private init(_ pairs: [(Int, Double)], _ start: String, _ part: String) {
            csv = "N,X\n" + pairs.map { "\($0.0),\($0.1)\n" }.joined()
            self.start = start
            self.part = part
        }

        private init(text: String, _ start: String, _ part: String) {
            csv = text
            self.start = start
            self.part = part
        }

        static let all = [
            Case(
                [1, 2, 4, 8, 16].map { ($0, 10 * Double($0) / (1 + 0.05 * Double($0 - 1))) },
                "These measurements show no peak: the throughput grows ever more slowly, by Amdahl's law towards 200,",
                "share of 5 %"),
            Case(
                [1, 2, 4, 8, 16].map { ($0, 10 * Double($0)) },
                "The throughput grows in proportion to the load, as far as was measured (16)", "neither contention"),
            Case(
                [1, 2, 4, 8].map { ($0, 10 * Double($0) / (1 + 0.001 * Double($0 * ($0 - 1)))) },
                "The throughput is largest at a load of 31.62", "beyond the largest load that was measured, 8"),
            Case(
                [(1, 10), (2, 19), (4, 31), (8, 55), (16, 70), (32, 86)],
                "These measurements do not show whether the throughput has a peak", "the best guess is a load of"),
            Case(
                [(1, 100), (2, 70), (3, 52), (4, 42), (6, 30)],
                "The throughput falls from a load of 1 on", "one alone does the most"),
        ]

        static let faulty = [
            Case([(1, 10), (2, 18)], "m.csv: 2 different loads", "needs at least 4"),
            Case([(1, 10), (2, 0), (3, 25), (4, 30)], "m.csv:3: the throughput is 0", "above 0"),
            Case(
                [(1, 10), (2, .nan), (4, 30), (3, 25), (5, 31)], "m.csv:3: the throughput is nan",
                "m.csv:5: the load falls to 3 after 4"),
            Case([(-1, 10), (2, -18), (3, 25), (4, 30)], "m.csv:2: the load is -1", "m.csv:3: the throughput is -18"),
            Case(text: "", "m.csv is empty", "names the columns"),
            Case(text: "1,10\n2,18\n", "m.csv:1: the first line names the columns", "“1,10” does not"),
            Case(text: "N;X\n1;10\n", "m.csv has only the column N;X", "one of throughputs"),
            Case(text: "N,X\n1,10\n2,18,3\n3,x\n", "m.csv:3: 3 fields", "m.csv:4: “x” in column X is no number"),
            Case(text: "N,X\n0x10,10\n2,\n", "m.csv:2: “0x10” in column N", "m.csv:3: “” in column X is no number"),
        ]
    }
}
