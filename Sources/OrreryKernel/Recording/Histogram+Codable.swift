extension Histogram: Codable {
    /// Writes it as one short text: precision, sum, smallest and largest value, and for each bucket that holds
    /// something how many empty ones lie before it and what it holds.
    ///
    /// - Complexity: O(buckets)
    public func encode(to encoder: any Encoder) throws {
        var numbers = [Int128(precision)]
        if count > 0 {
            numbers += [total, Int128(minimum.nanoseconds), Int128(maximum.nanoseconds)]
            var next = 0
            for (bucket, number) in counts.enumerated() where number > 0 {
                numbers.append(Int128(bucket - next))
                numbers.append(Int128(number))
                next = bucket + 1
            }
        }
        try PackedIntegers.encode(numbers, to: encoder)
    }

    /// Reads what `encode` wrote; throws a `DecodingError` for anything else.
    ///
    /// - Complexity: O(buckets)
    public init(from decoder: any Decoder) throws {
        let numbers = try PackedIntegers.decode(from: decoder)
        guard let histogram = Histogram(packed: numbers) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "no histogram of durations"))
        }
        self = histogram
    }

    private init?(packed numbers: [Int128]) {
        guard let precision = numbers.first, (1...14).contains(precision) else { return nil }
        self.init(precision: Int(precision))
        if numbers.count == 1 { return }
        let last = index(of: UInt64(Int64.max))
        guard numbers.count >= 6, numbers.count.isMultiple(of: 2), let low = Int64(exactly: numbers[2]),
            let high = Int64(exactly: numbers[3]), 0 <= low, low <= high
        else { return nil }
        for place in stride(from: 4, to: numbers.count, by: 2) {
            guard (0...Int128(last)).contains(numbers[place]), let held = Int64(exactly: numbers[place + 1]), held > 0
            else { return nil }
            let bucket = counts.count + Int(numbers[place])
            let (sum, overflow) = number.addingReportingOverflow(held)
            guard bucket <= last, !overflow else { return nil }
            grow(to: bucket + 1)
            counts[bucket] = held
            number = sum
        }
        total = numbers[1]
        minimum = Duration(nanoseconds: low)
        maximum = Duration(nanoseconds: high)
    }
}
