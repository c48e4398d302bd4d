import Foundation
import Testing

@testable import OrreryExperiment
@testable import OrreryReport

@Suite("A heat map")
struct HeatMapTests {
    @Test("has the sums that the standards state for known bytes")
    func sums() {
        // RFC 1950 and the PNG specification: the sums of "123456789" are known.
        #expect(PaletteImage.cyclicSum(Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(PaletteImage.adler(Array("Wikipedia".utf8)) == 0x11E6_0398)
        // The empty chunk at the end of every PNG.
        #expect(PaletteImage(rows: [[1]]).bytes.suffix(8) == [0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82])
    }

    @Test(
        "is a picture that others read, dot for dot",
        .enabled(if: Tool.hasPython, "no python3"), arguments: [[1, 1], [7, 3], [96, 17], [600, 240]])
    func decodes(_ size: [Int]) throws {
        let rows = (0..<size[1]).map { row in (0..<size[0]).map { UInt8(($0 * 7 + row * 5) % 14) } }
        let folder = try TemporaryFolder()
        let file = folder.url.appendingPathComponent("map.png")
        try Data(PaletteImage(rows: rows).bytes).write(to: file)
        // A reader of its own: chunks with their sums, the stream by zlib, two dots a byte.
        let reader = """
            import sys, struct, zlib
            data = open(sys.argv[1], "rb").read()
            assert data[:8] == b"\\x89PNG\\r\\n\\x1a\\n"
            place, chunks = 8, {}
            while place < len(data):
                size, = struct.unpack(">I", data[place:place + 4])
                kind, body = data[place + 4:place + 8], data[place + 8:place + 8 + size]
                assert struct.unpack(">I", data[place + 8 + size:place + 12 + size])[0] == zlib.crc32(kind + body)
                chunks[kind] = body
                place += 12 + size
            width, height = struct.unpack(">II", chunks[b"IHDR"][:8])
            lines, stride = zlib.decompress(chunks[b"IDAT"]), (width + 1) // 2 + 1
            for row in range(height):
                line = lines[row * stride + 1:(row + 1) * stride]
                dots = [half for byte in line for half in (byte >> 4, byte & 15)][:width]
                print(*dots)
            """
        let run = try Tool.run("python3", ["-c", reader, file.path])
        #expect(run.output == rows.map { $0.map(String.init).joined(separator: " ") + "\n" }.joined())
    }

    @Test("gives every value the first step that holds it, nothing for zero, grey for what was not measured")
    func places() {
        let scale = HeatScale(of: [1, 5, 12], unit: "messages")
        #expect(scale.bounds.count == PaletteImage.steps && scale.bounds.last == 15)
        #expect([0, 1.25, 1.26, 15, 99].map(scale.place) == [0, 1, 2, 12, 12])
        #expect(scale.place(of: nil) == PaletteImage.missing && scale.place(of: .nan) == PaletteImage.missing)
        #expect(HeatScale(of: [0.1], unit: "share").place(of: 1) == 12)
        #expect(HeatScale(of: [], unit: "messages").place(of: 0) == 0)
    }

    @Test("goes in steps of 1, 2, 5 where a few values are far above the others", arguments: [8400.0, 10_000, 10_001])
    func ratios(_ highest: Double) throws {
        let scale = HeatScale(of: [1, 2, 3, 4, highest], unit: "messages")
        #expect(scale.bounds.count == PaletteImage.steps)
        #expect(zip(scale.bounds, scale.bounds.dropFirst()).allSatisfy { (1.9...2.6).contains($1 / $0) })
        let last = try #require(scale.bounds.last)
        #expect(last >= highest && scale.bounds[PaletteImage.steps - 2] < highest, "\(scale.bounds)")
    }

    @Test("leaves out what all names begin with, down to the number, and cuts the middle of long ones")
    func names() {
        #expect(HeatMap.sharedBeginning(of: ["partition 1", "partition 12"]) == 10)
        #expect(HeatMap.sharedBeginning(of: ["north", "nowhere"]) == 0 && HeatMap.sharedBeginning(of: ["a b"]) == 0)
        #expect(HeatMap.short("observatory-17") == "obser…y-17" && HeatMap.short("ridge-1") == "ridge-1")
    }

    @Test("packs what repeats")
    func packing() {
        #expect(HeatMap.packed([0, 0, 0, 3, nil, 4.25, 1234], unit: "items") == "0*3 3  4.25 1234")
        #expect(HeatMap.packed([0.5, 0.5], unit: "share") == "50*2")
    }

    @Test("shows which seed went badly in the direction that is bad")
    func seeds() throws {
        var variant = Fixture.healthyWeek.variants[0]
        let lost = try #require(variant.metrics.firstIndex { $0.key == "items.lost" })
        variant.metrics[lost].bySeed = (0..<30).map { $0 == 7 ? 100 : Double($0 % 3) }
        let map = try #require(SeedMap(variant: variant, id: "s").map)
        #expect(map.names.contains("items.lost") && map.rows.allSatisfy { $0.count == 30 })
        let row = try #require(map.names.firstIndex(of: "items.lost"))
        let worst = map.rows[row].enumerated().max { $0.element ?? 0 < $1.element ?? 0 }
        #expect(worst?.offset == 7 && map.rows[row].allSatisfy { $0 ?? -1 >= 0 })
        #expect(map.twin.source.contains(">8</td>"), "the eighth seed has number 8")
        variant.replications = Array(variant.replications.prefix(2))
        #expect(SeedMap(variant: variant, id: "s").map == nil)
    }
}

@Suite("The spread of the seeds")
struct SeriesBandTests {
    @Test("reaches from the lowest to the highest of a few seeds, and leaves a twentieth out of many")
    func ends() throws {
        var few = BandSum()
        for value in [3.0, 1, 2] { few.add(.delivered, [value, nil, value * 2], binSeconds: 10) }
        let band = try #require(few.result?.first)
        #expect(band.seeds == 3 && band.lower == [1, nil, 2] && band.upper == [3, nil, 6] && band.binSeconds == 10)
        var many = BandSum()
        for value in 1...40 { many.add(.inFlight, [Double(value)], binSeconds: 1) }
        #expect(many.result?.first?.lower == [3] && many.result?.first?.upper == [38])
    }

    @Test("holds so many seeds and bins and no more, and nothing of a single seed")
    func isBounded() throws {
        var sum = BandSum()
        sum.add(.delivered, [1], binSeconds: 1)
        #expect(sum.result == nil)
        var large = BandSum()
        for seed in 0..<250 { large.add(.delivered, (0..<1000).map { _ in Double(seed) }, binSeconds: 2) }
        let band = try #require(large.result?.first)
        #expect(band.seeds == BandSum.seedLimit && band.lower.count <= BandSum.binLimit && band.binSeconds == 10)
        #expect(band.upper.allSatisfy { $0 ?? 999 < 200 }, "the first seeds, not the last")
    }

    @Test("draws one closed surface for each stretch without a gap")
    func surface() {
        let path = PathText.between([1, 1, nil, 2], [2, 3, nil, 4], binWidth: 100) { 10 - $0 }
        #expect(path == "M0 8h100v-1h100v2h-200zM300 6h100v2h-100z")
    }
}
