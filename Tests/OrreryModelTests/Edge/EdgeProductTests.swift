import OrreryKernel
import Testing

@testable import OrreryModel

@Suite("Edge products")
struct EdgeProductTests {
    @Test("the raw image is the camera's file and costs no work", arguments: CameraCatalog.cameras.map(\.name))
    func raw(camera: String) throws {
        let result = try EdgeFixture.make("raw", of: camera)
        #expect(result == EdgeResult(size: try EdgeFixture.camera(camera).imageSize, work: .zero))
    }

    @Test(
        "26,091,648 pixels shrink to log2(noise × √12) + 1.2 bits each, in whole blocks after three of header",
        arguments: [
            // noise, blocks of data: 1.2, 3.377, 4.577, 6.314 and 9.636 bits
            (0, 1359), (0.25, 1359), (1.3, 3818), (3, 5184), (10, 7151), (100, 10_913),
        ] as [(Double, Int64)])
    func riceSizes(noise: Double, blocks: Int64) throws {
        #expect(try EdgeFixture.make("rice", ["noise": .number(noise)]).size == ByteCount((3 + blocks) * 2880))
    }

    @Test("the default noise compresses 16 bits 2.53 times")
    func riceDefault() throws {
        let size = try EdgeFixture.make("rice").size
        let ratio = Double(try EdgeFixture.make("raw").size.bytes) / Double(size.bytes)
        // log2(10 √12) = 5.114 bits
        #expect(abs(ratio - 16 / (5.114 + 1.2)) < 0.001)
    }

    @Test("an image never grows by compression, and never shrinks below 1.2 bits per pixel")
    func riceBounds() throws {
        for camera in CameraCatalog.cameras {
            let least = Double(camera.pixelCount) * 1.2 / 8
            var last = ByteCount(0)
            for noise in [0, 0.1, 1, 10, 100, 1000, 10_000, 100_000, 1e6] {
                let size = try EdgeFixture.make("rice", ["noise": .number(noise)], of: camera.name).size
                #expect(size >= last && size <= camera.imageSize && Double(size.bytes) > least)
                last = size
            }
            #expect(last == camera.imageSize)
        }
    }

    @Test("a catalogue has a heading and a row for every source", arguments: [0, 500, 20_000] as [Int64])
    func catalogueSizes(sources: Int64) throws {
        let values = ["sources": EdgeFixture.always(Double(sources)), "row": .size(ByteCount(200))]
        #expect(try EdgeFixture.make("catalogue", values).size == ByteCount((sources + 1) * 200))
    }

    @Test("catalogues of 500 to 20,000 sources in rows of 200 bytes have 0.1 to 4 MB")
    func catalogueRange() throws {
        let product = try EdgeFixture.plan("catalogue", ["row": .size(ByteCount(200))]).make()
        let camera = try EdgeFixture.camera("sinistro")
        var random = EdgeFixture.stream("range")
        let sizes = (0..<20_000).map { _ in Double(product.make(of: camera, using: &random).size.bytes) / 1e6 }
        #expect(sizes.allSatisfy { $0 >= 0.1 && $0 <= 4.001 })
        #expect(sizes.contains { $0 < 0.11 } && sizes.contains { $0 > 3.99 })
        #expect(abs(sizes.reduce(0, +) / 20_000 - 2.05) < 0.05)
    }

    @Test("thumbnails have 50 to 300 kB")
    func thumbnailSizes() throws {
        let product = try EdgeFixture.plan("thumbnail").make()
        let camera = try EdgeFixture.camera("atlas")
        var random = EdgeFixture.stream("range")
        let sizes = (0..<20_000).map { _ in Double(product.make(of: camera, using: &random).size.bytes) / 1e3 }
        #expect(sizes.allSatisfy { $0 >= 50 && $0 <= 300 })
        #expect(abs(sizes.reduce(0, +) / 20_000 - 175) < 2)
    }

    @Test(
        "work is the pixels through the speed, and for catalogues the solving besides",
        arguments: [
            // 26.091648 and 16.777216 megapixels
            ("rice", "asi2600", 1_304_582_400), ("rice", "sinistro", 838_860_800),
            ("thumbnail", "asi2600", 1_304_582_400), ("catalogue", "asi2600", 14_045_824_000),
            ("catalogue", "sinistro", 9_388_608_000),
        ] as [(String, String, Int64)])
    func work(kind: String, camera: String, nanoseconds: Int64) throws {
        #expect(try EdgeFixture.make(kind, of: camera).work == Duration(nanoseconds: nanoseconds))
    }

    @Test("work follows its parameters")
    func workParameters() throws {
        #expect(try EdgeFixture.make("rice", ["speed": .number(5)]).work == Duration(nanoseconds: 5_218_329_600))
        let blind = ["solve": EdgeFixture.always(60), "extraction": .number(1)]
        #expect(try EdgeFixture.make("catalogue", blind).work == Duration(nanoseconds: 86_091_648_000))
    }

    @Test(
        "a catalogue and a thumbnail are 20 to 500 times smaller than the image of a big camera",
        arguments: [("asi2600", 30.5), ("asi6200", 71.4), ("atlas", 130.2)] as [(String, Double)])
    func reduction(camera name: String, factor: Double) throws {
        // On average 10,251 rows of 150 bytes and 175 kB: 1.713 MB.
        let products = [try EdgeFixture.plan("catalogue").make(), try EdgeFixture.plan("thumbnail").make()]
        let camera = try EdgeFixture.camera(name)
        var random = EdgeFixture.stream("reduction")
        var bytes: Int64 = 0
        for _ in 0..<20_000 {
            for product in products { bytes += product.make(of: camera, using: &random).size.bytes }
        }
        let reduction = Double(camera.imageSize.bytes) * 20_000 / Double(bytes)
        #expect((20...500).contains(reduction))
        #expect(abs(reduction / factor - 1) < 0.02, "\(reduction)")
    }

    @Test("absurd samples neither overflow nor turn negative")
    func absurdSamples() throws {
        for extreme in [EdgeFixture.between(-1e100, 0), EdgeFixture.between(0, 1e100), EdgeFixture.always(1e100)] {
            let values = ["solve": extreme, "sources": extreme, "row": .size(ByteCount(1_000_000)), "size": extreme]
            for kind in EdgeProductCatalog.kinds.kinds.map(\.name) {
                let result = try EdgeFixture.make(kind, values, of: "rubin")
                #expect(result.size.bytes >= 0 && result.size.bytes <= 1_000_000_001_000_000)
                #expect(result.work >= .zero && result.work <= .limit)
            }
        }
    }
}
