public import OrreryKernel

/// The Flexible Image Transport System, as far as sizes go.
public enum FITS {
    /// Everything in a FITS file comes in blocks of this size.
    public static let blockSize: Int64 = 2880
    /// Header blocks of a raw image: up to 108 cards of 80 bytes.
    public static let headerBlocks: Int64 = 3

    /// The size of a file with one image: header blocks, and the pixels filled up to whole blocks.
    ///
    /// Source: FITS Standard 4.0, sections 3.1 and 3.3.2. The number of header blocks is ours.
    public static func imageSize(width: Int, height: Int, bitsPerPixel: Int) -> ByteCount {
        fileSize(dataBytes: (Int64(width) * Int64(height) * Int64(abs(bitsPerPixel)) + 7) / 8)
    }

    /// The size of a file with the header blocks of one image and this many bytes of data, filled up to whole blocks.
    static func fileSize(dataBytes: Int64) -> ByteCount {
        ByteCount((headerBlocks + (dataBytes + blockSize - 1) / blockSize) * blockSize)
    }
}
