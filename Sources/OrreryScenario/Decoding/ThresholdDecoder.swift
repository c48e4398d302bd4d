import OrreryKernel
import OrreryModel

/// Decodes the conditions on a metric: `p(99) < 2s`, or a mapping with such a condition and a ``ThresholdScope``.
enum ThresholdDecoder {
    /// The conditions under a metric's key: a list, or a single one.
    static func decode(_ entry: TreeEntry, path: String, _ faults: inout FaultList) -> [Threshold] {
        guard let metric = MetricCatalog[entry.key] else {
            let keys = MetricCatalog.metrics.map(\.key)
            let nearest = NearestName.find(entry.key, among: keys)
            faults.note(
                entry.spot, path, .unknownName, "unknown metric",
                allowed: nearest == nil ? "known are \(keys.joined(separator: ", "))" : nil, nearest: nearest)
            return []
        }
        let nodes: [TreeNode]
        switch entry.value.content {
        case .sequence(let list): nodes = list
        case .scalar, .mapping: nodes = [entry.value]
        case .null:
            faults.noteForm(
                entry.value, path, expected: "a list of conditions, for instance [ \"\(example(metric))\" ]")
            return []
        }
        return nodes.enumerated().compactMap { index, node -> Threshold? in
            let path = nodes.count > 1 ? "\(path)[\(index + 1)]" : path
            if case .mapping(let entries) = node.content {
                return ThresholdScope.decode(node, entries, metric, path: path, &faults)
            }
            guard let text = node.text else {
                faults.noteForm(node, path, expected: "a condition, for instance \"\(example(metric))\"")
                return nil
            }
            do throws(ValueFlaw) {
                return try threshold(text, metric)
            } catch {
                faults.note(node.spot, path, error, value: text)
                return nil
            }
        }
    }

    /// A condition that fits the metric.
    static func example(_ metric: Metric) -> String {
        let aggregation = Threshold.Aggregation.names(for: metric.form).first ?? "mean"
        if metric.form == .outcome { return "\(aggregation) < 5%" }
        return "\(aggregation) < \(limitExample(metric.unit))"
    }

    /// The condition that a text states.
    static func threshold(
        _ text: String, _ metric: Metric, _ scope: Threshold.Scope = Threshold.Scope()
    ) throws(ValueFlaw) -> Threshold {
        let scalars = Array(text.unicodeScalars)
        let signs: [Unicode.Scalar] = ["<", ">", "=", "!"]
        guard let start = scalars.firstIndex(where: signs.contains) else {
            throw ValueFlaw(
                category: .malformed, problem: "is not a condition", allowed: "write for instance \(example(metric))")
        }
        let end = scalars[start...].firstIndex { !signs.contains($0) } ?? scalars.count
        let sign = string(scalars[start..<end])
        guard let comparison = Threshold.Comparison(rawValue: sign) else {
            let all = Threshold.Comparison.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValueFlaw(category: .malformed, problem: "has the comparison '\(sign)', which is none", allowed: all)
        }
        let aggregation = try aggregation(trimmed(scalars[..<start]), metric)
        let limit = try limit(trimmed(scalars[end...]), metric, aggregation, scope)
        if aggregation == .probability, case .value(let probability) = limit {
            try checkProbability(comparison, probability)
        }
        return Threshold(
            metric: metric.key, aggregation: aggregation, comparison: comparison, limit: limit, text: text,
            scope: scope)
    }

    /// Stops on a probability that there is none of, and on conditions that no number of runs can tell.
    private static func checkProbability(
        _ comparison: Threshold.Comparison, _ limit: Double
    ) throws(ValueFlaw) {
        guard (0...1).contains(limit) else {
            throw ValueFlaw(
                category: .outOfRange, problem: "is out of range", allowed: "a probability from 0% to 100%")
        }
        guard comparison.isUpper || comparison.isLower else {
            throw ValueFlaw(
                category: .malformed, problem: "asks for an exact probability, which no number of runs can show",
                allowed: "<, <=, >, >=")
        }
        let end = comparison.isUpper ? 1.0 : 0
        switch comparison {
        case .lessOrEqual where limit == end, .greaterOrEqual where limit == end:
            throw ValueFlaw(
                category: .inconsistent, problem: "holds for every probability, so that it demands nothing",
                allowed: "\(comparison.isUpper ? "less than 100%" : "more than 0%")")
        case .less where limit == 0, .greater where limit == 1:
            throw ValueFlaw(category: .inconsistent, problem: "holds for no probability", allowed: "0% to 100%")
        case .lessOrEqual where limit == 0, .greaterOrEqual where limit == 1:
            let near = comparison.isUpper ? "< 1%" : "> 99%"
            throw ValueFlaw(
                category: .inconsistent, problem: "can never be shown: the next run could always break it",
                allowed: "leave room, for instance \(near)")
        default: break
        }
    }

    private static func aggregation(_ text: String, _ metric: Metric) throws(ValueFlaw) -> Threshold.Aggregation {
        let names = Threshold.Aggregation.names(for: metric.form)
        let isPercentile = text.hasPrefix("p(") && text.hasSuffix(")")
        guard isPercentile ? metric.form == .distribution : names.contains(text) else {
            throw ValueFlaw(
                category: .unknownName,
                problem: "asks for '\(WrittenValue.shown(text))', which \(metric.key) does not have",
                allowed: names.joined(separator: ", "), nearest: NearestName.find(text, among: names))
        }
        switch text {
        case "mean": return .mean
        case "max": return .maximum
        case "min": return .minimum
        case "count": return .count
        case "probability": return .probability
        default: break
        }
        let percent = String(text.dropFirst(2).dropLast())
        guard let number = try? DecimalNumber(percent), let share = number.shifted(by: -2), share >= 0, share <= 1
        else {
            throw ValueFlaw(
                category: .outOfRange,
                problem: "asks for the percentile '\(WrittenValue.shown(percent))', which is out of range",
                allowed: "at least 0 and at most 100")
        }
        return .percentile(share)
    }

    private static func limit(
        _ text: String, _ metric: Metric, _ aggregation: Threshold.Aggregation, _ scope: Threshold.Scope
    ) throws(ValueFlaw) -> Threshold.Limit {
        guard text.hasPrefix("@") else { return .value(try amount(text, metric, aggregation)) }
        let factor = try baselineFactor(text)
        if scope.needsCourse || aggregation == .probability {
            throw ValueFlaw(
                category: .inconsistent, problem: "is compared with a baseline, which knows figures of whole runs only",
                allowed: "leave out during and window, or state a number")
        }
        return .baseline(factor: factor)
    }

    /// The factor of a limit such as `@baseline + 5%`.
    private static func baselineFactor(_ text: String) throws(ValueFlaw) -> Double {
        let name = "@baseline"
        let flaw = ValueFlaw(
            category: .malformed, problem: "has a limit, '\(WrittenValue.shown(text))', that is no baseline",
            allowed: "@baseline, @baseline + 5%, @baseline - 5%")
        guard text.hasPrefix(name) else { throw flaw }
        let rest = trimmed(Array(text.unicodeScalars.dropFirst(name.count))[...])
        if rest.isEmpty { return 1 }
        guard let sign = rest.first, sign == "+" || sign == "-" else { throw flaw }
        let share = try ScalarDecoder.amount(trimmed(Array(rest.unicodeScalars.dropFirst())[...]), .share)
        guard share >= 0, sign == "+" || share < 1 else { throw flaw }
        return sign == "+" ? 1 + share : 1 - share
    }

    private static func amount(
        _ text: String, _ metric: Metric, _ aggregation: Threshold.Aggregation
    ) throws(ValueFlaw) -> Double {
        let unit = aggregation == .count ? MetricUnit.items : metric.unit
        let dimension: Dimension
        var number = text
        switch unit {
        case .seconds: dimension = .duration
        case .share: dimension = .share
        case .bytes: dimension = .size
        case .itemsPerSecond:
            dimension = .number
            if number.hasSuffix("/s") { number = trimmed(Array(number.unicodeScalars.dropLast(2))[...]) }
        case .perHour:
            dimension = .number
            if number.hasSuffix("/h") { number = trimmed(Array(number.unicodeScalars.dropLast(2))[...]) }
        case .items, .copies, .exposures, .crashes, .nodes, .messages, .events, .replicas, .replicaSeconds, .cost,
            .requests, .sessions, .locks, .workers, .reads, .writes, .updates, .attempts, .tickets, .observations,
            .telescopes:
            dimension = .number
        }
        do throws(ValueFlaw) {
            return try ScalarDecoder.amount(number, dimension)
        } catch {
            throw ValueFlaw(
                category: error.category, problem: "has a limit, '\(WrittenValue.shown(text))', that \(error.problem)",
                allowed: error.allowed, nearest: error.nearest)
        }
    }

    private static func limitExample(_ unit: MetricUnit) -> String {
        switch unit {
        case .seconds: "2s"
        case .share: "80%"
        case .bytes: "10TB"
        case .itemsPerSecond: "10/s"
        case .perHour: "10/h"
        case .items, .copies, .exposures, .crashes, .nodes, .messages, .events, .replicas, .replicaSeconds, .cost,
            .requests, .sessions, .locks, .workers, .reads, .writes, .updates, .attempts, .tickets, .observations,
            .telescopes:
            "100"
        }
    }

    private static func trimmed(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        let start = scalars.drop { $0 == " " }
        return string(start.prefix(start.count - start.reversed().prefix { $0 == " " }.count))
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }
}
