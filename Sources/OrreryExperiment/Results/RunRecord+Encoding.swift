public import Foundation
public import OrreryDiagnosis

extension RunRecord {
    /// The record as a binary property list, 10 to 95 kB.
    ///
    /// The same record gives the same bytes in one version of Foundation; other versions may order them anew.
    public func encoded() throws -> Data {
        let encoder = PropertyListEncoder()
        encoder.outputFormat = .binary
        return try encoder.encode(self)
    }

    /// The record that `encoded` wrote; throws a `DecodingError` for any other bytes.
    public init(encoded data: Data) throws {
        self = try PropertyListDecoder().decode(RunRecord.self, from: data)
    }
}
