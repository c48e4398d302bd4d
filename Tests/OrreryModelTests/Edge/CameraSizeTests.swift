import OrreryKernel
import Testing

@testable import OrreryModel

@Suite("Cameras")
struct CameraSizeTests {
    @Test(
        "of surveys have the sizes that their sources state",
        arguments: [("atlas", 220), ("ztf", 1200), ("rubin", 8000)] as [(String, Double)])
    func surveySizes(name: String, megabytes: Double) throws {
        let size = try EdgeFixture.camera(name).imageSize
        #expect(abs(Double(size.bytes) / 1e6 / megabytes - 1) < 0.03)
    }

    @Test(
        "of surveys have the pixels that their sources state, those of Rubin with overscan",
        arguments: [("atlas", 110), ("ztf", 600), ("rubin", 189 * 16 * 576 * 2048 / 1e6)] as [(String, Double)])
    func surveyPixels(name: String, megapixels: Double) throws {
        let count = try EdgeFixture.camera(name).pixelCount
        #expect(abs(Double(count) / 1e6 / megapixels - 1) < 0.03)
    }

    @Test("have images of whole blocks, which hold all pixels and less than a block besides the header")
    func blocks() {
        for camera in CameraCatalog.cameras {
            let padding = camera.imageSize.bytes - 3 * 2880 - camera.pixelCount * Int64(camera.bitsPerPixel) / 8
            #expect(camera.imageSize.bytes % 2880 == 0)
            #expect((0..<2880).contains(padding), "\(camera.name)")
        }
    }

    @Test("of 26 megapixels that expose for 60 s take 472 images in 8 hours: 24.6 GB, 3 hours at 18.4 Mbit/s")
    func night() throws {
        let camera = try EdgeFixture.camera("asi2600")
        let cadence = Duration.seconds(60) + camera.readOut
        let count = Duration.hours(8).nanoseconds / cadence.nanoseconds
        #expect(count == 472)
        // 6248 × 4176 pixels of 2 bytes fill 18,120 blocks.
        #expect(camera.imageSize == ByteCount((3 + 18_120) * 2880))
        let night = ByteCount(count * camera.imageSize.bytes)
        #expect(night == ByteCount(24_635_681_280))
        let upload = DataRate(bitsPerSecond: 18_400_000).time(for: night)
        #expect(abs(upload.seconds / 3600 - 3.0) < 0.05)
    }
}
