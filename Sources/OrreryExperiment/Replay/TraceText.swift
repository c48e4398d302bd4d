import OrreryKernel
import OrreryModel

/// A trace in the Trace Event Format, which ui.perfetto.dev and other viewers read.
///
/// Items are asynchronous slices with their stages nested in them, workers, nodes and uplinks are threads, depths are
/// counters. Times are microseconds of simulated time since the start of the run, with three decimals, which is exact.
///
/// Source: "Trace Event Format", the document of the Chromium project.
struct TraceText {
    /// What was collected.
    let recorder: TraceRecorder
    /// The names of the network's parts.
    let names: EventNames
    /// What the trace is of, by name.
    let facts: [(name: String, value: String)]

    /// The processes under which a viewer groups rows, in their order.
    private enum Process: Int, CaseIterable {
        case items = 1
        case workers
        case nodes
        case uplinks
        case depths
        case marks

        var name: String {
            switch self {
            case .items: "items"
            case .workers: "workers"
            case .nodes: "nodes"
            case .uplinks: "uplinks"
            case .depths: "depths"
            case .marks: "what happened"
            }
        }
    }

    /// The whole file.
    var text: String {
        let events = recorder.events
        // Equal instants keep the order in which things became known, so that what is nested stays so.
        let order = events.indices.sorted { (events[$0].time, $0) < (events[$1].time, $1) }
        let lines = headings + order.map { line(events[$0]) }
        let other = facts.map { "\(JSONText.quoted($0.name)):\(JSONText.quoted($0.value))" }.joined(separator: ",")
        return "{\"displayTimeUnit\":\"ms\",\"otherData\":{\(other)},\"traceEvents\":[\n"
            + lines.joined(separator: ",\n") + "\n]}\n"
    }

    /// The names of the rows that are used.
    private var headings: [String] {
        var (known, tracks, marks) = (Set<TraceTrack>(), [TraceTrack](), Set<TraceMark>())
        for event in recorder.events {
            switch event.kind {
            case .workBegins(let track, _, _): if known.insert(track).inserted { tracks.append(track) }
            case .mark(let mark, _, _): marks.insert(mark)
            default: break
            }
        }
        func heading(_ kind: String, _ process: Process, _ thread: Int, _ name: String) -> String {
            "{\"ph\":\"M\",\"name\":\"\(kind)\",\"pid\":\(process.rawValue),\"tid\":\(thread),\"args\":"
                + "{\"name\":\(JSONText.quoted(name))}}"
        }
        let processes = Process.allCases.map { heading("process_name", $0, 0, $0.name) }
        let rows = tracks.map { (track: $0, place: TraceText.place($0)) }.sorted {
            ($0.place.process.rawValue, $0.place.thread) < ($1.place.process.rawValue, $1.place.thread)
        }
        return processes + rows.map { heading("thread_name", $0.place.process, $0.place.thread, name($0.track)) }
            + TraceMark.allCases.filter(marks.contains).map {
                heading("thread_name", .marks, $0.rawValue + 1, $0.name)
            }
    }

    private static func place(_ track: TraceTrack) -> (process: Process, thread: Int) {
        switch track {
        case .worker(let number): (.workers, number + 1)
        case .node(let number): (.nodes, number + 1)
        case .uplink(let number): (.uplinks, number + 1)
        }
    }

    private func name(_ track: TraceTrack) -> String {
        switch track {
        case .worker(let number): "worker \(number)"
        case .node(let number): "node \(number)"
        case .uplink(let number): names.uplink(UInt32(number))
        }
    }

    private func name(_ depth: TraceDepth) -> (name: String, unit: String) {
        switch depth {
        case .stage(let stage): (stage.name, "items")
        case .broker: ("broker", "copies")
        case .inbox(let node): ("inbox of node \(node)", "messages")
        }
    }

    private func line(_ event: TraceEvent) -> String {
        let time = TraceText.microseconds(event.time)
        func thread(_ phase: String, _ process: Process, _ thread: Int, _ rest: String) -> String {
            "{\"ph\":\"\(phase)\",\"pid\":\(process.rawValue),\"tid\":\(thread),\"ts\":\(time)\(rest)}"
        }
        func item(_ phase: String, _ traced: TracedItem, _ name: String, _ arguments: String = "") -> String {
            thread(
                phase, .items, 1,
                ",\"cat\":\"item\",\"id\":\"\(traced.number)\",\"name\":\(JSONText.quoted(name))\(arguments)")
        }
        func about(_ item: UInt64?) -> String { item.map { ",\"args\":{\"item\":\($0)}" } ?? "" }
        switch event.kind {
        case .itemBegins(let traced, let created, let source):
            let from = source.map { ",\"from\":\(JSONText.quoted(names.source($0, group: traced.group)))" } ?? ""
            let seconds = JSONText.decimal(created.nanoseconds, shift: 9)
            return item(
                "b", traced, names.group(traced.group),
                ",\"args\":{\"item\":\(traced.number),\"place\":\(traced.place),\"created\":\(seconds)\(from)}")
        case .itemEnds(let traced, let how):
            return item("e", traced, names.group(traced.group), ",\"args\":{\"end\":\(JSONText.quoted(how))}")
        case .stageBegins(let traced, let stage): return item("b", traced, stage.name)
        case .stageEnds(let traced, let stage): return item("e", traced, stage.name)
        case .workBegins(let track, let words, let item):
            let place = TraceText.place(track)
            return thread("B", place.process, place.thread, ",\"name\":\(JSONText.quoted(words))\(about(item))")
        case .workEnds(let track):
            let place = TraceText.place(track)
            return thread("E", place.process, place.thread, "")
        case .depth(let depth, let value):
            let (name, unit) = name(depth)
            return thread(
                "C", .depths, 0, ",\"name\":\(JSONText.quoted(name)),\"args\":{\"\(unit)\":\(value)}")
        case .mark(let mark, let words, let item):
            return thread(
                "i", .marks, mark.rawValue + 1, ",\"s\":\"t\",\"name\":\(JSONText.quoted(words))\(about(item))")
        }
    }

    /// Microseconds since the start of the run.
    private static func microseconds(_ time: Instant) -> String { JSONText.decimal(time.nanoseconds, shift: 3) }
}
