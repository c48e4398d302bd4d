import OrreryKernel

/// The image without loss, compressed by the Rice algorithm, as fpack does.
///
/// A pixel of b bits shrinks to N + K bits: N = log₂(σ √12) bits of noise, which nothing can compress, and K = 1.2 bits
/// that the algorithm itself costs. So the ratio is b ÷ (N + K); it lies between 1, because a block that would grow is
/// stored as it is, and b ÷ K, where there is no noise. Files that fpack (CFITSIO 4.2) made of Gaussian noise of 1 to
/// 500 counts were between 0.4 % larger and 4.3 % smaller than this says.
///
/// Source: W. D. Pence, R. Seaman, R. L. White, "Lossless astronomical image compression and the effects of noise",
/// PASP 121 (2009).
struct RiceImage: EdgeProduct {
    /// Bits that a pixel takes on average.
    private let pixelBits: Double
    /// Megapixels per second.
    private let speed: Double

    /// Compression of images with this standard deviation of the background, in counts.
    init(noise: Double, speed: Double) {
        let noiseBits = PortableMath.log(max(1, noise * (12.0).squareRoot())) / PortableMath.log(2)
        pixelBits = noiseBits + 1.2
        self.speed = speed
    }

    func make(of camera: Camera, using random: inout RandomStream) -> EdgeResult {
        let bits = min(pixelBits, Double(abs(camera.bitsPerPixel)))
        let dataBytes = Int64((Double(camera.pixelCount) * bits / 8).rounded(.up))
        return EdgeResult(
            size: FITS.fileSize(dataBytes: dataBytes), work: camera.work(atMegapixelsPerSecond: speed))
    }

    private static let noise = Parameter<Double>(
        "noise", default: 10, range: .within(0...1e6),
        summary: "the standard deviation of the background in counts, which limits the compression",
        source: "ours: 16 bits shrink 2.5 times; the paper's 75 to 90 % of the ideal belong to 3.5 to 500 counts")
    private static let speed = Parameter<Double>(
        "speed", default: 20, range: .megapixelsPerSecond,
        summary: "how many megapixels one core compresses in a second at speed 1",
        source: "ours, for a Raspberry Pi: a quarter of the 77 to 109 that fpack (CFITSIO 4.2) does on a server's core")

    static let kind = Kind<any EdgeProduct>(
        "rice", summary: "the FITS file, compressed without loss by the Rice algorithm (fpack)",
        source: "Pence, Seaman and White, PASP 121 (2009): ratio = bits / (log2(noise * sqrt 12) + 1.2)",
        parameters: [noise.spec, speed.spec]
    ) { RiceImage(noise: $0[noise], speed: $0[speed]) }
}
