/// Whole numbers as a short text of ASCII characters, exact and the same everywhere.
///
/// A number is written in digits of five bits, the lowest first, with a sixth bit that says whether more follow; each
/// digit is one of 64 letters. Signs alternate (0, −1, 1, −2, …), so that numbers near zero are short. A star and a
/// number say how often the number before is repeated. It survives JSON and property lists as it is.
///
/// Source: the digits are the variable-length quantities of source maps (Source Map Revision 3); the star is ours.
public enum PackedIntegers {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    private static let digits: [UInt8] = {
        var digits = [UInt8](repeating: 255, count: 256)
        for (digit, letter) in letters.enumerated() { digits[Int(letter)] = UInt8(digit) }
        return digits
    }()
    private static let star = UInt8(ascii: "*")

    /// The text of these numbers; of none, it is empty.
    ///
    /// - Complexity: O(numbers)
    public static func text(_ numbers: [Int128]) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(numbers.count * 4)
        var index = 0
        while index < numbers.count {
            let number = numbers[index]
            append(zigzag(number), to: &bytes)
            index += 1
            let start = index
            while index < numbers.count, numbers[index] == number { index += 1 }
            // Once or twice more is as short written out, if the number is.
            if index - start > 2 {
                bytes.append(star)
                append(UInt128(index - start), to: &bytes)
            } else {
                for _ in start..<index { append(zigzag(number), to: &bytes) }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The numbers that a text stands for; nil if it is none of ours, or stands for more numbers than the limit.
    ///
    /// - Complexity: O(numbers)
    public static func numbers(_ text: String, atMost limit: Int = 1 << 20) -> [Int128]? {
        var numbers: [Int128] = []
        var bytes = text.utf8.makeIterator()
        var repeats = false
        while let first = bytes.next() {
            if first == star, !numbers.isEmpty, !repeats {
                repeats = true
                continue
            }
            guard let number = number(from: first, &bytes) else { return nil }
            if repeats, let last = numbers.last {
                guard number <= UInt128(limit - numbers.count) else { return nil }
                numbers.append(contentsOf: repeatElement(last, count: Int(number)))
                repeats = false
            } else {
                guard numbers.count < limit else { return nil }
                numbers.append(Int128(truncatingIfNeeded: number >> 1) ^ -Int128(truncatingIfNeeded: number & 1))
            }
        }
        return repeats ? nil : numbers
    }

    private static func zigzag(_ number: Int128) -> UInt128 {
        UInt128(truncatingIfNeeded: (number << 1) ^ (number >> 127))
    }

    private static func append(_ number: UInt128, to bytes: inout [UInt8]) {
        var rest = number
        while rest >= 32 {
            bytes.append(letters[Int(rest & 31) | 32])
            rest >>= 5
        }
        bytes.append(letters[Int(rest)])
    }

    private static func number(from first: UInt8, _ bytes: inout String.UTF8View.Iterator) -> UInt128? {
        var number: UInt128 = 0
        var shift: UInt128 = 0
        var byte: UInt8? = first
        while let letter = byte {
            let digit = digits[Int(letter)]
            guard digit < 64, shift < 128 else { return nil }
            let bits = UInt128(digit & 31)
            guard (bits << shift) >> shift == bits else { return nil }
            number |= bits << shift
            if digit < 32 { return number }
            shift += 5
            byte = bytes.next()
        }
        return nil
    }
}

extension PackedIntegers {
    /// Reads the numbers of a text off a decoder.
    static func decode(from decoder: any Decoder) throws -> [Int128] {
        let container = try decoder.singleValueContainer()
        guard let numbers = numbers(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no packed whole numbers")
        }
        return numbers
    }

    /// Writes numbers as a text.
    static func encode(_ numbers: [Int128], to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text(numbers))
    }
}
