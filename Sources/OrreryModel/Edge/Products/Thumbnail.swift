import OrreryKernel

/// A small picture for people to look at.
struct Thumbnail: EdgeProduct {
    private let size: Distribution
    /// Megapixels per second.
    private let speed: Double

    /// The largest size, in bytes.
    private static let sizeMax: Int64 = 1_000_000_000_000

    func make(of camera: Camera, using random: inout RandomStream) -> EdgeResult {
        EdgeResult(
            size: ByteCount(size.wholeNumber(upTo: Thumbnail.sizeMax, using: &random)),
            work: camera.work(atMegapixelsPerSecond: speed))
    }

    private static let size = Parameter<Distribution>(
        "size", dimension: .distribution(of: .size),
        default: Distribution(
            Uniform(minimum: 50_000, maximum: 300_000), text: "{ kind: uniform, minimum: 50kB, maximum: 300kB }"),
        range: .within(0...1e12), summary: "the size of the picture",
        source: "ours: a JPEG thumbnail has 50 kB to 300 kB")
    private static let speed = Parameter<Double>(
        "speed", default: 20, range: .megapixelsPerSecond,
        summary: "how many megapixels one core stretches and shrinks in a second at speed 1", source: "ours")

    static let kind = Kind<any EdgeProduct>(
        "thumbnail", summary: "a JPEG picture of the image, for people to look at", parameters: [size.spec, speed.spec]
    ) { Thumbnail(size: $0[size], speed: $0[speed]) }
}
