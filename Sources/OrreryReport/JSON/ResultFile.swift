public import Foundation
public import OrreryExperiment

/// The result file: an ``ExperimentResult`` or another result as JSON with sorted keys, always the same bytes.
///
/// ```
///  experiment ─► encode ─► result.json ─► decode ─► any report, without running anything again
/// ```
public enum ResultFile {
    /// The format of an experiment, and the only one that is read.
    public static let format = "orrery-result"
    /// The version of the format that is written, and the only one that is read.
    public static let formatVersion = 3

    /// The file for a result; fails with ``ResultFileError/unwritable(detail:)`` if a figure is not a number.
    public static func encode(_ result: some Reportable) throws(ResultFileError) -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        do {
            return try encoder.encode(result) + Data("\n".utf8)
        } catch let EncodingError.invalidValue(value, context) {
            throw .unwritable(detail: "\(value) at \(place(context.codingPath)) cannot be written")
        } catch {
            throw .unwritable(detail: "\(error)")
        }
    }

    /// The result of an experiment in a file; refuses anything that is not one of this version.
    public static func decode(_ data: Data) throws(ResultFileError) -> ExperimentResult {
        let heading = try heading(of: data)
        guard heading.format == format else { throw .otherFormat(found: heading.format) }
        return try decode(ExperimentResult.self, from: data, heading, version: formatVersion)
    }

    /// The result in a file, of an experiment, a sweep or a capacity search; refuses anything else.
    public static func decodeAny(_ data: Data) throws(ResultFileError) -> any Reportable {
        let heading = try heading(of: data)
        switch heading.format {
        case format: return try decode(ExperimentResult.self, from: data, heading, version: formatVersion)
        case "orrery-sweep": return try decode(SweepResult.self, from: data, heading, version: 1)
        case "orrery-capacity": return try decode(CapacityResult.self, from: data, heading, version: 1)
        default: throw .otherFormat(found: heading.format)
        }
    }

    private static func heading(of data: Data) throws(ResultFileError) -> Heading {
        do {
            return try JSONDecoder().decode(Heading.self, from: data)
        } catch DecodingError.dataCorrupted(let context) {
            throw .notJSON(detail: context.debugDescription)
        } catch {
            throw .otherFormat(found: nil)
        }
    }

    private static func decode<Result: Reportable>(
        _ type: Result.Type, from data: Data, _ heading: Heading, version: Int
    ) throws(ResultFileError) -> Result {
        guard heading.formatVersion == version else {
            throw .otherVersion(found: heading.formatVersion, known: version)
        }
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch let error as DecodingError {
            throw damage(error)
        } catch {
            throw .damaged(place: "the file", detail: "\(error)")
        }
    }

    /// What stands in every version of the file.
    private struct Heading: Decodable {
        var format: String?
        var formatVersion: Int?
    }

    private static func damage(_ error: DecodingError) -> ResultFileError {
        let damage = damaged(error)
        return .damaged(place: damage.place, detail: damage.detail)
    }

    /// Where a file of JSON is damaged, and what is wrong there.
    static func damaged(_ error: DecodingError) -> (place: String, detail: String) {
        switch error {
        case .keyNotFound(let key, let context):
            (place(context.codingPath), "the field \(key.stringValue) is missing")
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            (place(context.codingPath), context.debugDescription)
        @unknown default: ("the file", "\(error)")
        }
    }

    private static func place(_ path: [any CodingKey]) -> String {
        guard !path.isEmpty else { return "the top of the file" }
        return path.map { key in key.intValue.map { "[\($0)]" } ?? key.stringValue }.joined(separator: ".")
            .replacing(".[", with: "[")
    }
}

/// Why a result file cannot be written or read.
///
/// None of them leaves anything to go on with.
public enum ResultFileError: Error, Equatable, CustomStringConvertible {
    /// The text is not JSON at all.
    case notJSON(detail: String)
    /// It is JSON, but not a result of Orrery.
    case otherFormat(found: String?)
    /// It is a result in a version that this program does not read.
    case otherVersion(found: Int?, known: Int)
    /// It says that it is a result, but a field is missing or has another type.
    case damaged(place: String, detail: String)
    /// A result holds something that JSON cannot.
    case unwritable(detail: String)

    /// What is wrong and what to do about it.
    public var description: String {
        switch self {
        case .notJSON(let detail):
            "this is not a JSON file: \(detail)"
        case .otherFormat(let found?):
            "this is not a result of Orrery: its format is “\(found)”, not “\(ResultFile.format)”"
        case .otherFormat(nil):
            "this is not a result of Orrery: it does not say \"format\": \"\(ResultFile.format)\""
        case .otherVersion(let found, let known):
            "this result has version \(found.map(String.init) ?? "none") of the format, and only version "
                + "\(known) can be read; run the scenario again with this Orrery"
        case .damaged(let place, let detail):
            "this result is damaged at \(place): \(detail)"
        case .unwritable(let detail):
            "the result cannot be written: \(detail)"
        }
    }
}
