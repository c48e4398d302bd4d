/// What a parameter measures, and so which units a scenario may write it in.
public enum Dimension: Sendable, Equatable {
    case duration
    case size
    case rate
    case count
    case number
    case share
    case date
    /// One of these words.
    case choice([String])
    /// Any text.
    case text
    /// A list of plain numbers.
    case numbers
    /// A distribution of another dimension: a bare quantity, or a mapping with a `kind`.
    indirect case distribution(of: Dimension)
    /// Inside a distribution: the dimension of whatever is sampled.
    case sampled

    /// The units, each with its size in the base unit; empty where a plain number is written.
    ///
    /// Source: SI prefixes are decimal, IEC prefixes (`KiB`) binary (IEC 80000-13). `m` is the minute; a month has no fixed length.
    public var units: [(name: String, size: Double)] {
        switch self {
        case .duration:
            [
                ("ns", 1e-9), ("us", 1e-6), ("ms", 1e-3), ("s", 1), ("m", 60), ("h", 3600), ("d", 86_400),
                ("w", 604_800),
            ]
        case .size:
            [
                ("B", 1), ("kB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12), ("KiB", 0x1p10), ("MiB", 0x1p20),
                ("GiB", 0x1p30), ("TiB", 0x1p40),
            ]
        case .rate:
            [
                ("bps", 1), ("kbps", 1e3), ("Mbps", 1e6), ("Gbps", 1e9), ("B/s", 8), ("kB/s", 8e3), ("MB/s", 8e6),
                ("GB/s", 8e9),
            ]
        case .share: [("%", 0.01)]
        case .count, .number, .date, .choice, .text, .numbers, .distribution, .sampled: []
        }
    }

    /// A value of this dimension that an error message or the help can show.
    public var example: String {
        switch self {
        case .duration: "90s"
        case .size: "52MB"
        case .rate: "20Mbps"
        case .count: "12"
        case .number: "0.5"
        case .share: "25%"
        case .date: "2026-03-20"
        case .choice(let words): words.first ?? "word"
        case .text: "some text"
        case .numbers: "[1, 2, 3]"
        case .distribution(let dimension): "\(dimension.example) or { kind: exponential, mean: \(dimension.example) }"
        case .sampled: "2s"
        }
    }

    /// The dimension in words, for instance "a duration".
    public var phrase: String {
        switch self {
        case .duration: "a duration"
        case .size: "an amount of data"
        case .rate: "a data rate"
        case .count: "a whole number"
        case .number: "a number"
        case .share: "a share in percent"
        case .date: "a date"
        case .choice(let words): "one of " + words.joined(separator: ", ")
        case .text: "a text"
        case .numbers: "a list of numbers"
        case .distribution(let dimension): "\(dimension.phrase) or a distribution"
        case .sampled: "a quantity in the unit of what is sampled"
        }
    }
}
