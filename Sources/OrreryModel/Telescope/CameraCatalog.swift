public import OrreryKernel

/// A camera: how many pixels it has and how long it is busy after an exposure.
public struct Camera: Sendable {
    /// The name in the scenario.
    public let name: String
    /// What it is.
    public let summary: String
    /// Pixels along a row.
    public let width: Int
    /// Rows.
    public let height: Int
    /// Bits per pixel as written to the file; negative where they are a floating-point number, as in FITS.
    public let bitsPerPixel: Int
    /// How long it reads out and is not ready for the next exposure.
    public let readOut: Duration
    /// Where the figures come from.
    public let source: String

    /// Pixels of one image.
    public var pixelCount: Int64 { Int64(width) * Int64(height) }

    /// The size of a raw image as a FITS file.
    public var imageSize: ByteCount { FITS.imageSize(width: width, height: height, bitsPerPixel: bitsPerPixel) }
}

/// The cameras that a scenario can name.
///
/// A new camera is one entry here.
public enum CameraCatalog {
    /// All cameras.
    public static let cameras = [
        Camera(
            name: "sinistro", summary: "LCO Sinistro on a 1 m telescope", width: 4096, height: 4096, bitsPerPixel: 16,
            readOut: .seconds(28),
            source: "lco.global/observatory/instruments/sinistro: full frame, 28.0 s overhead"),
        Camera(
            name: "asi6200", summary: "ZWO ASI6200 or QHY600, full frame", width: 9576, height: 6388, bitsPerPixel: 16,
            readOut: .milliseconds(1500),
            source: "size: bbs.zwoastro.com/d/15858/4; read-out of 1 to 2 s is unsourced"),
        Camera(
            name: "asi2600", summary: "ZWO ASI2600, APS-C", width: 6248, height: 4176, bitsPerPixel: 16,
            readOut: .seconds(1),
            source: "52.2 MB as computed from its pixels, whose number is unsourced; read-out of about 1 s is unsourced"
        ),
        Camera(
            name: "asi1600", summary: "ZWO ASI1600, 12 bits stored in 16", width: 4656, height: 3520, bitsPerPixel: 16,
            readOut: .seconds(1),
            source: "iceinspace.com.au post 1349020: 32.8 MB; read-out of about 1 s is unsourced"),
        Camera(
            name: "asi183", summary: "ZWO ASI183, used for narrowband", width: 5496, height: 3672, bitsPerPixel: 16,
            readOut: .seconds(1),
            source: "github.com/mlnoga/dataset-NGC7635-nb: 40 MB; read-out of about 1 s is unsourced"),
        Camera(
            name: "evscope", summary: "Unistellar eVscope (IMX224)", width: 1304, height: 976, bitsPerPixel: 16,
            readOut: .milliseconds(100),
            source: "pixels and frame overhead are unsourced; help.unistellar.com 360013803619 for its storage"),
        Camera(
            name: "atlas", summary: "ATLAS, 110 megapixels", width: 10_560, height: 10_560, bitsPerPixel: 16,
            readOut: .seconds(5),
            source: "fallingstar.com/how_atlas_works.php: 110 megapixels, 5 s read-out"),
        Camera(
            name: "ztf", summary: "Zwicky Transient Facility, 16 detectors of 6144 by 6160 pixels, four by four",
            width: 4 * 6144, height: 4 * 6160, bitsPerPixel: 16,
            readOut: .milliseconds(8660),
            source: "Dekany et al. 2020 (arXiv:2008.04923): 600 megapixels, 8.66 s overhead; 16 bits are ours"),
        Camera(
            name: "rubin", summary: "Rubin Observatory LSST, 189 detectors with overscan, one above the other",
            width: 8 * 576, height: 189 * 2 * 2048, bitsPerPixel: 18,
            readOut: .milliseconds(3070),
            source:
                "8 GB per image (pstn-017); amplifiers of 576 by 2048 with overscan (obs_lsst, cameraHeader.yaml); 18-bit converters (agenda.infn.it 8397/72941); 3.07 s read-out (rubin_scheduler, kinem_model.py)"
        ),
    ]

    /// The camera of this name.
    public static subscript(name: String) -> Camera? {
        cameras.first { $0.name == name }
    }
}
