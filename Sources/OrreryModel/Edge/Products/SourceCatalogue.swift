import OrreryKernel

/// The list of what the image shows: plate solving and source extraction at the telescope, sent as CSV.
///
/// Every image is solved; solvers find more than 99.9 % of them (D. Lang et al., arXiv:0910.2233).
struct SourceCatalogue: EdgeProduct {
    private let solve: Distribution
    /// Megapixels per second.
    private let extraction: Double
    private let sources: Distribution
    private let row: ByteCount

    /// The largest number of sources of an image.
    private static let sourcesMax: Int64 = 1_000_000_000

    func make(of camera: Camera, using random: inout RandomStream) -> EdgeResult {
        let solving = solve.duration(using: &random)
        let found = sources.wholeNumber(upTo: SourceCatalogue.sourcesMax, using: &random)
        // The heading is a row, too.
        return EdgeResult(
            size: ByteCount((found + 1) * row.bytes),
            work: min(solving + camera.work(atMegapixelsPerSecond: extraction), .limit))
    }

    private static let solve = Parameter<Distribution>(
        "solve", default: Distribution(Constant(1), text: "1s"), range: .within(0...86_400),
        summary: "how long one core takes at speed 1 to find where the telescope pointed",
        source: "ASTAP with a hint takes less than 1 s (openastrodocs); solve-field takes 10 s to 60 s")
    private static let extraction = Parameter<Double>(
        "extraction", default: 2, range: .megapixelsPerSecond,
        summary: "how many megapixels one core searches for sources in a second at speed 1",
        source: "ours: 1 to 5 on a Raspberry Pi; SExtractor does 1 to 10 at 2 GHz and up to 50 at 3 GHz (its manual)")
    private static let sources = Parameter<Distribution>(
        "sources", dimension: .distribution(of: .number),
        default: Distribution(
            Uniform(minimum: 500, maximum: 20_000), text: "{ kind: uniform, minimum: 500, maximum: 20000 }"),
        range: .within(0...1e9), summary: "how many sources an image shows",
        source: "ours: 500 to 20,000")
    private static let row = Parameter<ByteCount>(
        "row", default: ByteCount(150), range: .within(1...1e6), summary: "the size of one source in the file",
        source: "ours: a row of CSV has 100 to 200 bytes")

    static let kind = Kind<any EdgeProduct>(
        "catalogue", summary: "a table of the sources in the image: plate solving and source extraction, sent as CSV",
        parameters: [solve.spec, extraction.spec, sources.spec, row.spec]
    ) { SourceCatalogue(solve: $0[solve], extraction: $0[extraction], sources: $0[sources], row: $0[row]) }
}
