import Foundation
import OrreryExperiment
import Testing

@testable import OrreryReport

@Suite("The result file")
struct ResultFileTests {
    @Test("reads back as it was written, byte for byte", arguments: Fixture.all.map(\.name))
    func roundTrip(_ name: String) throws {
        let result = try #require(Fixture.all.first { $0.name == name }).result
        let file = try ResultFile.encode(result)
        #expect(try ResultFile.encode(ResultFile.decode(file)) == file)
    }

    @Test("holds the differences to the first variant, and none for the first")
    func differences() throws {
        let text = String(decoding: try ResultFile.encode(Fixture.threeVariants), as: UTF8.self)
        #expect(text.components(separatedBy: "\"differences\" : [\n\n      ]").count == 2)
        let latency = """
                    {
                      "halfWidth" : 0.2,
                      "key" : "delivery.latency",
                      "mean" : 0.012,
                      "pairs" : 29,
                      "unit" : "s"
                    }
            """
        #expect(text.components(separatedBy: latency).count == 3)
    }

    @Test("is refused with a reason when it is something else")
    func refusals() throws {
        func reading(_ text: String) -> ResultFileError? {
            do {
                _ = try ResultFile.decode(Data(text.utf8))
                return nil
            } catch {
                return error
            }
        }
        guard case .notJSON = reading("version: 1") else {
            Issue.record("YAML was taken for JSON")
            return
        }
        #expect(reading("[1, 2]") == .otherFormat(found: nil))
        #expect(reading(#"{ "format": "k6-summary" }"#) == .otherFormat(found: "k6-summary"))
        #expect(
            reading(#"{ "format": "orrery-result", "formatVersion": 9 }"#)
                == .otherVersion(found: 9, known: ResultFile.formatVersion))
        #expect(
            reading(#"{ "format": "orrery-result", "formatVersion": 3 }"#)
                == .damaged(place: "the top of the file", detail: "the field orreryVersion is missing"))
    }

    @Test("names the place of a damaged field")
    func damagedPlace() throws {
        var text = String(decoding: try ResultFile.encode(Fixture.zeroEvents), as: UTF8.self)
        text = text.replacing("\"events\" : 0", with: "\"events\" : \"many\"")
        #expect {
            try ResultFile.decode(Data(text.utf8))
        } throws: { error in
            "\(error)".contains("variants[0].replications[0].events")
        }
    }

    @Test("refuses a figure that is not a number instead of writing something that no one can read")
    func notANumber() {
        var result = Fixture.zeroEvents
        result.durationSeconds = .nan
        #expect(throws: ResultFileError.self) { try ResultFile.encode(result) }
    }
}
