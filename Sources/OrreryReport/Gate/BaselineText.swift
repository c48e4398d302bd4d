public import Foundation
public import OrreryExperiment

/// The file of a baseline: a ``GateBaseline`` as JSON with sorted keys, one figure a line, always the same bytes.
public enum BaselineText {
    /// Why a text is no baseline that can be used, in words.
    public struct Fault: Error, CustomStringConvertible {
        /// What is wrong.
        public let description: String
    }

    /// The text of a baseline.
    public static func encode(_ baseline: GateBaseline) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return CompactJSON.laidOut(String(decoding: try encoder.encode(baseline), as: UTF8.self))
    }

    /// The baseline in a file; refuses anything that is not one of this version, or that contradicts itself.
    public static func decode(_ data: Data) throws(Fault) -> GateBaseline {
        let heading: Heading
        do {
            heading = try JSONDecoder().decode(Heading.self, from: data)
        } catch DecodingError.dataCorrupted(let context) {
            throw Fault(description: "this is not a JSON file: \(context.debugDescription)")
        } catch {
            throw Fault(description: "this is not a baseline of Orrery: it has no format")
        }
        guard heading.format == GateBaseline.format else {
            let found = heading.format.map { "its format is “\($0)”" } ?? "it has no format"
            throw Fault(
                description: "this is not a baseline of Orrery: \(found), not “\(GateBaseline.format)”"
                    + (heading.format == ResultFile.format ? "; orrery compare compares results" : ""))
        }
        guard heading.formatVersion == GateBaseline.formatVersion else {
            throw Fault(
                description:
                    "this baseline has version \(heading.formatVersion.map(String.init) ?? "none") of the format, "
                    + "and only version \(GateBaseline.formatVersion) can be read; save it again with this Orrery")
        }
        if let key = CompactJSON.firstRepeatedKey(in: String(decoding: data, as: UTF8.self)) {
            throw Fault(description: "this baseline is damaged: the key \(key) stands twice in one place")
        }
        let baseline: GateBaseline
        do {
            baseline = try JSONDecoder().decode(GateBaseline.self, from: data)
        } catch let error as DecodingError {
            let damage = ResultFile.damaged(error)
            throw Fault(description: "this baseline is damaged at \(damage.place): \(damage.detail)")
        } catch {
            throw Fault(description: "this baseline is damaged: \(error)")
        }
        if let contradiction = contradiction(in: baseline) {
            throw Fault(description: "this baseline contradicts itself: \(contradiction)")
        }
        return baseline
    }

    /// What stands in every version of the file.
    private struct Heading: Decodable {
        var format: String?
        var formatVersion: Int?
    }

    /// No figure of a run is so large: not the bytes of a thousand years.
    private static let valueLimit = 1e24

    /// What cannot be true of a baseline that Orrery wrote; nil if all is well.
    private static func contradiction(in baseline: GateBaseline) -> String? {
        guard (1...100_000).contains(baseline.seedCount) else {
            return "seedCount is \(baseline.seedCount), and lies in 1…100000"
        }
        let largest = (UInt64(1) << 53) - UInt64(baseline.seedCount)
        guard baseline.seedBase <= largest else { return "seedBase is \(baseline.seedBase), and is at most \(largest)" }
        if baseline.variants.isEmpty { return "it has no variant" }
        if let name = repeated(baseline.variants.map(\.name)) { return "the variant \(name) stands there twice" }
        if let question = repeated(baseline.capacities.map(\.question)) { return "'\(question)' is asked twice" }
        for capacity in baseline.capacities {
            let place = "the question '\(capacity.question)'"
            guard (0.5...0.999).contains(capacity.confidence) else {
                return "\(place) has the confidence \(capacity.confidence), which lies in 0.5…0.999"
            }
            let allowed = CapacityExperiment.seedsMin...CapacityExperiment.seedsLimit
            guard allowed.contains(capacity.seedsMax) else {
                return "\(place) has seedsMax \(capacity.seedsMax), which lies in "
                    + "\(allowed.lowerBound)…\(allowed.upperBound)"
            }
            guard capacity.seedBase < UInt64(1) << 53 - UInt64(capacity.seedsMax) else {
                return "\(place) has seedBase \(capacity.seedBase), and no seed is larger than 2^53 − 1"
            }
        }
        for variant in baseline.variants {
            let place = "the variant \(variant.name)"
            guard variant.classes.count == baseline.seedCount else {
                return "\(place) has \(variant.classes.count) classes for \(baseline.seedCount) seeds"
            }
            if let name = repeated(variant.figures.map(\.figure)) { return "\(place) has \(name) twice" }
            if let name = repeated(variant.thresholds.map(\.condition)) { return "\(place) has \(name) twice" }
            for figure in variant.figures {
                if figure.values.count != baseline.seedCount {
                    return
                        "\(figure.figure) of \(place) has \(figure.values.count) values for \(baseline.seedCount) seeds"
                }
                guard figure.values.allSatisfy({ $0.magnitude < valueLimit }) else {
                    return "\(figure.figure) of \(place) has a value beyond \(valueLimit)"
                }
                if let tolerance = figure.tolerance, tolerance < 0 {
                    return "\(figure.figure) of \(place) has the tolerance \(tolerance), which is below zero"
                }
                guard ["higher", "lower", "neither"].contains(figure.better) else {
                    return "\(figure.figure) of \(place) is better “\(figure.better)”: higher, lower or neither"
                }
            }
        }
        return nil
    }

    /// The first name that stands there twice.
    private static func repeated(_ names: [String]) -> String? {
        var seen: Set<String> = []
        return names.first { !seen.insert($0).inserted }
    }
}
