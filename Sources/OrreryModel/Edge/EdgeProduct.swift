public import OrreryKernel

/// What the computer at a telescope makes of an image before it goes to the centre.
///
/// A product knows neither network nor time: it says how large it is and how much work it was.
public protocol EdgeProduct: Sendable {
    /// The product of one image of a camera; whatever is left to chance is drawn from `random`.
    func make(of camera: Camera, using random: inout RandomStream) -> EdgeResult
}

/// What became of one image.
public struct EdgeResult: BitwiseCopyable, Hashable, Sendable {
    /// How much there is to send.
    public let size: ByteCount
    /// How long one core of the telescope's computer works on it at speed 1.
    public let work: Duration

    /// A product of this size, made with this much work.
    public init(size: ByteCount, work: Duration) {
        self.size = size
        self.work = work
    }
}

/// The kinds of product.
///
/// A new kind is one file in `Products/` and one line here.
public enum EdgeProductCatalog {
    /// All kinds; the first, which is the image itself, is what is sent without edge processing.
    public static let kinds = Catalog<any EdgeProduct>(
        noun: "edge product",
        kinds: [
            RawImage.kind,
            RiceImage.kind,
            SourceCatalogue.kind,
            Thumbnail.kind,
        ])
}
