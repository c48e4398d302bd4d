import OrreryKernel
import OrreryModel
import OrreryScenario
import Testing

/// A sound scenario file that uses every section, and the vocabulary to change it and to decode it.
enum SampleText {
    static let text = """
        version: 1
        name: worldwide fleet
        summary: two sites and a stream
        time: { start: 2026-03-20, duration: 7d, warm-up: 1h }
        seeds: { count: 3, base: 7 }
        sites:
          lsc: { latitude: -30.1673, longitude: -70.8047, uplink: { rate: 500Mbps }, weather: { clear: 30h } }
          homes-uk: { count: 20, latitude: 52.5, longitude: -1.5, scatter: 2 }
        fleet:
          lsc-1m: { site: lsc, count: 3, camera: sinistro, exposure: 60s }
        arrivals:
          jobs: { interarrival: { kind: exponential, mean: 1s }, size: 1kB }
        system:
          broker: { kind: bounded-queue, capacity: 1000 }
          workers: { count: 4, service: { kind: exponential, mean: 3s }, assignment: longest-idle }
          store: { write-rate: 400MB/s, overhead: 5ms }
        variants:
          as-written: {}
          more-workers: { system: { workers: { count: 8 } } }
        thresholds:
          delivery.latency: [ "p(99) < 2s", "mean < 500ms" ]
          items.lost: [ "count == 0" ]
        sweep:
          system.broker.capacity: [ 2, 4..8 step 2 ]
          arrivals.jobs.size: 2kB..4kB step 1kB
          constraints: [ "system.broker.capacity < 8" ]

        """

    /// The smallest sound file.
    static let smallest = """
        version: 1
        name: station
        time: { duration: 1h }
        arrivals: { jobs: { interarrival: 1s } }
        system: { workers: { service: 500ms } }

        """

    /// The file with one part replaced, which it must hold exactly once.
    static func replacing(_ part: String, _ replacement: String, in text: String = text) -> String {
        let pieces = text.components(around: part)
        precondition(pieces.count == 2, "the text holds '\(part)' \(pieces.count - 1) times")
        return pieces[0] + replacement + pieces[1]
    }

    /// The scenario of a text.
    static func scenario(_ text: String, _ overrides: [String] = []) throws -> Scenario {
        try Scenario.decode(text, file: "file.yaml", overrides: overrides.compactMap { Override($0) })
    }

    /// The sweep of a text, or of options in its place.
    static func sweep(_ text: String, _ options: [String] = [], variants: [String] = []) throws -> Sweep {
        try Sweep.decode(
            text, file: "file.yaml", options: options.compactMap { Override($0) }, variants: variants)
    }

    /// The faults of a sweep, as they are printed.
    static func sweepFaults(_ text: String, _ options: [String] = [], set overrides: [String] = []) -> [String] {
        do throws(ScenarioFaults) {
            _ = try Sweep.decode(
                text, file: "file.yaml", overrides: overrides.compactMap { Override($0) },
                options: options.compactMap { Override($0) })
            return []
        } catch {
            return error.faults.map { $0.line(in: error.file) }
        }
    }

    /// The faults of a text, as they are printed.
    static func faults(_ text: String, _ overrides: [String] = []) -> [String] {
        do throws(ScenarioFaults) {
            _ = try Scenario.decode(text, file: "file.yaml", overrides: overrides.compactMap { Override($0) })
            return []
        } catch {
            return error.faults.map { $0.line(in: error.file) }
        }
    }
}

extension String {
    /// What stands before, between and behind the occurrences of a part.
    func components(around part: String) -> [String] {
        var pieces = [""]
        var rest = self[...]
        while let character = rest.first {
            if rest.hasPrefix(part) {
                pieces.append("")
                rest = rest.dropFirst(part.count)
            } else {
                pieces[pieces.count - 1].append(character)
                rest = rest.dropFirst()
            }
        }
        return pieces
    }
}
