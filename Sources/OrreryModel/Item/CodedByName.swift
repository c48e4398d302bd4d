/// Cases that are written by their names, so that what was kept says what it means and survives a new order of cases.
public protocol CodedByName: CaseIterable, Codable {
    /// The name, which no other case has.
    var name: String { get }
}

extension CodedByName {
    /// Writes the name.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }

    /// Reads a name.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let name = try container.decode(String.self)
        guard let found = Self.allCases.first(where: { $0.name == name }) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no \(Self.self) is called \(name)")
        }
        self = found
    }
}
