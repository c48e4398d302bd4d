import Foundation

/// A small picture of few colours as a PNG: one dot a cell, stretched by the page.
///
/// A heat map of 96 × 17 cells takes 1.2 kB so, and 60 kB as rectangles. Two cells share a byte, and the bytes are
/// stored as they are: what is that small needs no compression.
///
/// Source: PNG Specification (3rd edition, W3C, 2025); RFC 1950 and RFC 1951 for the stream inside.
struct PaletteImage {
    /// The places in ``palette``, row by row, 0…15; all rows are equally long.
    var rows: [[UInt8]]

    /// What stands for nothing: the paper shines through.
    static let nothing: UInt8 = 0
    /// How many steps there are from little to much.
    static let steps = 12
    /// What stands for not measured.
    static let missing: UInt8 = 13

    /// Red, green and blue of each place.
    ///
    /// The steps are the colours from yellow to dark red of ColorBrewer's YlOrRd. Their lightness falls with every
    /// step, so that the colour-blind and black ink tell them apart. Dark pages turn the lightness round.
    static let palette: [(UInt8, UInt8, UInt8)] = [
        (255, 255, 255), (255, 247, 188), (255, 237, 160), (254, 226, 135), (254, 210, 106), (254, 188, 84),
        (253, 160, 70), (253, 131, 60), (250, 97, 49), (235, 62, 38), (210, 28, 33), (172, 6, 37), (118, 0, 38),
        (226, 229, 231),
    ]

    /// The bytes of the file.
    var bytes: [UInt8] {
        let width = rows.map(\.count).max() ?? 0
        var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        file += PaletteImage.chunk(
            "IHDR", PaletteImage.word(UInt32(width)) + PaletteImage.word(UInt32(rows.count)) + [4, 3, 0, 0, 0])
        file += PaletteImage.chunk("PLTE", PaletteImage.palette.flatMap { [$0.0, $0.1, $0.2] })
        file += PaletteImage.chunk("tRNS", [0])
        file += PaletteImage.chunk("IDAT", PaletteImage.stored(rows.flatMap { PaletteImage.packed($0, width) }))
        return file + PaletteImage.chunk("IEND", [])
    }

    /// The picture as an address that holds it.
    var address: String { "data:image/png;base64," + Data(bytes).base64EncodedString() }

    /// A row: no filter, then two cells a byte.
    private static func packed(_ row: [UInt8], _ width: Int) -> [UInt8] {
        [0]
            + stride(from: 0, to: width, by: 2).map { column in
                let left = column < row.count ? row[column] : nothing
                let right = column + 1 < row.count ? row[column + 1] : nothing
                return left << 4 | right
            }
    }

    /// A zlib stream of stored blocks, of at most 65,535 bytes each.
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var stream: [UInt8] = [0x78, 0x01]
        var start = 0
        repeat {
            let end = min(bytes.count, start + 65_535)
            let (length, isLast) = (UInt16(end - start), end == bytes.count)
            stream += [isLast ? 1 : 0, UInt8(length & 0xFF), UInt8(length >> 8)]
            stream += [UInt8(~length & 0xFF), UInt8(~length >> 8)] + bytes[start..<end]
            start = end
        } while start < bytes.count
        return stream + word(adler(bytes))
    }

    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + content
        return word(UInt32(content.count)) + body + word(cyclicSum(body))
    }

    private static func word(_ value: UInt32) -> [UInt8] {
        [UInt8(value >> 24), UInt8(value >> 16 & 0xFF), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF)]
    }

    /// CRC-32 of a chunk.
    static func cyclicSum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(0xFFFF_FFFF) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { rest, _ in rest & 1 == 1 ? rest >> 1 ^ 0xEDB8_8320 : rest >> 1 }
        }
    }

    /// Adler-32 of what a stream holds.
    static func adler(_ bytes: [UInt8]) -> UInt32 {
        let (low, high) = bytes.reduce((UInt32(1), UInt32(0))) { sums, byte in
            let low = (sums.0 + UInt32(byte)) % 65_521
            return (low, (sums.1 + low) % 65_521)
        }
        return high << 16 | low
    }
}
