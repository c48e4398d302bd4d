import OrreryKernel
import OrreryModel

/// Decodes a threshold that is a mapping: a condition, and on what of the run it is judged.
///
/// ```
/// { condition: "p(99) < 2s", during: 8m..15m, window: 60s, seeds: ">= 95%" }
/// ```
struct ThresholdScope {
    /// The keys of the mapping, each with what it means.
    static let keys: [(key: String, summary: String, example: String)] = [
        ("condition", "what must hold", "p(99) < 2s"),
        ("during", "from when to when, counted from the start of the run", "8m..15m"),
        ("window", "the length of a window that slides over that time, of which the worst counts", "60s"),
        ("seeds", "in how many of the seeds it must hold by itself", ">= 95%"),
    ]

    /// The parts of a condition that follow it in a mapping.
    static func text(_ scope: Threshold.Scope, condition: String) -> String {
        var parts = ["condition: \(CanonicalText.quoted(condition))"]
        if let during = scope.during { parts.append("during: \(CanonicalText.quoted(during.text))") }
        if let window = scope.window { parts.append("window: \(window)") }
        if let seeds = scope.seeds { parts.append("seeds: \">= \(DecimalNumber.text(of: seeds, shiftedBy: 2))%\"") }
        return "{ " + parts.joined(separator: ", ") + " }"
    }

    /// A threshold from a mapping; nil, and faults, if it is none.
    static func decode(
        _ node: TreeNode, _ entries: [TreeEntry], _ metric: Metric, path: String, _ faults: inout FaultList
    ) -> Threshold? {
        let names = keys.map(\.key)
        let before = faults.faults.count
        for entry in entries where !names.contains(entry.key) {
            faults.note(
                entry.spot, "\(path).\(WrittenValue.shown(entry.key))", .unknownKey, "unknown key",
                allowed: "known here are \(names.joined(separator: ", "))",
                nearest: NearestName.find(entry.key, among: names))
        }
        var texts: [String: String] = [:]
        for name in names {
            guard let entry = node[name] else { continue }
            if let text = entry.value.text {
                texts[name] = text
            } else {
                let example = keys.first { $0.key == name }?.example ?? ""
                faults.noteForm(entry.value, "\(path).\(name)", expected: "a text, for instance \"\(example)\"")
            }
        }
        guard texts["condition"] != nil else {
            if node["condition"] == nil {
                faults.note(
                    node.spot, "\(path).condition", .missing, "is missing",
                    allowed: "expected a condition, for instance \"\(ThresholdDecoder.example(metric))\"")
            }
            return nil
        }
        func read<Value>(_ key: String, _ value: (String) throws(ValueFlaw) -> Value) -> Value? {
            guard let text = texts[key], let entry = node[key] else { return nil }
            do throws(ValueFlaw) {
                return try value(text)
            } catch {
                faults.note(entry.value.spot, "\(path).\(key)", error, value: text)
                return nil
            }
        }
        let scope = Threshold.Scope(
            during: read("during", span), window: read("window", window), seeds: read("seeds", share))
        let threshold = read("condition") { text throws(ValueFlaw) in
            try ThresholdDecoder.threshold(text, metric, scope)
        }
        check(scope, metric, node, path: path, &faults)
        return faults.faults.count == before ? threshold : nil
    }

    /// Checks that a metric is kept over time if the condition asks for a part of it.
    private static func check(
        _ scope: Threshold.Scope, _ metric: Metric, _ node: TreeNode, path: String, _ faults: inout FaultList
    ) {
        let spot = (node["during"] ?? node["window"])?.value.spot ?? node.spot
        if scope.needsCourse, metric.overTime == nil {
            let keys = MetricCatalog.metrics.filter { $0.overTime != nil }.map(\.key)
            faults.note(
                spot, path, .inconsistent, "asks for a part of the run, but \(metric.key) is not kept over time",
                allowed: "those that are: \(keys.joined(separator: ", "))")
        }
        if scope.seeds != nil, metric.form == .outcome {
            faults.note(
                node["seeds"]?.value.spot ?? node.spot, "\(path).seeds", .inconsistent,
                "cannot be asked of a probability, which is over all seeds")
        }
        if let during = scope.during, let window = scope.window, window > during.end - during.start {
            faults.note(
                node["window"]?.value.spot ?? node.spot, "\(path).window", .inconsistent,
                "is longer than the time over which it slides", value: "\(window)",
                allowed: "at most \(during.end - during.start)")
        }
    }

    private static func span(_ text: String) throws(ValueFlaw) -> Threshold.Span {
        let ends = text.split(separator: "..", omittingEmptySubsequences: false)
        guard ends.count == 2 else {
            throw ValueFlaw(
                category: .malformed, problem: "is not a span of time", allowed: "write for instance 8m..15m")
        }
        let (start, end) = (try duration(ends[0]), try duration(ends[1]))
        guard start >= .zero, start < end else {
            throw ValueFlaw(
                category: .outOfRange, problem: "does not go forward", allowed: "the end must be later than the start")
        }
        return Threshold.Span(start: start, end: end)
    }

    private static func duration(_ text: Substring) throws(ValueFlaw) -> Duration {
        let trimmed = String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        guard case .duration(let duration) = try ScalarDecoder.value(trimmed, .duration) else {
            throw ValueFlaw(category: .malformed, problem: "is not a duration")
        }
        return duration
    }

    private static func window(_ text: String) throws(ValueFlaw) -> Duration {
        let window = try duration(text[...])
        guard window > .zero else {
            throw ValueFlaw(category: .outOfRange, problem: "is out of range", allowed: "more than 0s")
        }
        return window
    }

    private static func share(_ text: String) throws(ValueFlaw) -> Double {
        guard text.hasPrefix(">=") else {
            throw ValueFlaw(
                category: .malformed, problem: "does not say in how many seeds at least",
                allowed: "write for instance \">= 95%\"")
        }
        let share = try ScalarDecoder.amount(String(text.dropFirst(2).drop { $0 == " " }), .share)
        guard share > 0, share <= 1 else {
            throw ValueFlaw(
                category: .outOfRange, problem: "is out of range", allowed: "more than 0% and at most 100%")
        }
        return share
    }
}
