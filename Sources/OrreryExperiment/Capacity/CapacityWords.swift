import OrreryDiagnosis
import OrreryKernel

/// What a capacity search found, in plain sentences.
struct CapacityWords {
    let result: CapacityResult

    private var path: String { result.parameter.path }
    private var end: String { result.find.rawValue }
    private var values: [String] { result.parameter.values }
    private var isLargest: Bool { result.find == .largest }
    private var confidence: String { "with \(Words.percent(result.confidence)) confidence" }

    /// The answer in one sentence, and whether it is one.
    var verdict: ExperimentResult.Verdict {
        if result.interrupted {
            return .init(outcome: .invalid, sentence: "Interrupted after \(result.runs) runs: \(interval).")
        }
        if !result.contradictions.isEmpty {
            return .init(
                outcome: .invalid, sentence: "There is no single \(end) value: passing is not monotone in \(path).")
        }
        guard let answer = result.answer else {
            let isSure = result.possible == nil
            if !result.points.isEmpty, result.points.allSatisfy({ $0.outcome == .noData }) {
                return .init(
                    outcome: .invalid, sentence: "No value of \(path) could be judged: a threshold has no data.")
            }
            return .init(
                outcome: isSure ? .failed : .invalid,
                sentence: isSure
                    ? "No value of \(path) \(range) meets all thresholds."
                    : "Probably no value of \(path) \(range) meets all thresholds, but it is not shown: \(interval)."
            )
        }
        guard result.proven == answer, result.possible == answer else {
            return .init(
                outcome: .invalid,
                sentence: "The \(end) \(path) that meets all thresholds is probably \(answer), but it is not shown: "
                    + "\(interval).")
        }
        return .init(
            outcome: .passed,
            sentence: result.isAtEnd
                ? "The \(end) \(path) that meets all thresholds is \(answer) \(orBeyond): every value \(range) passes."
                : "The \(end) \(path) that meets all thresholds is \(answer).")
    }

    /// The sentences below it, the most important first.
    var statements: [String] {
        [sureness, absence, monotonicity, cost].compactMap(\.self)
    }

    /// The values that were searched: `from 1 to 8`.
    private var range: String {
        guard let first = values.first, let last = values.last else { return "" }
        return values.count == 1 ? "(only \(first) was searched)" : "from \(first) to \(last)"
    }

    /// What may lie beyond the values in the direction of the search.
    private var orBeyond: String { isLargest ? "or more" : "or less" }

    /// Where the true value lies, as far as it is shown.
    private var interval: String {
        // Nothing behind this value is known, because it is the last one in the direction of the search.
        let isOpen = result.possible == (isLargest ? values.last : values.first)
        guard let possible = result.possible else { return "\(confidence) no value meets them" }
        guard let proven = result.proven else {
            return isOpen
                ? "no value is shown to meet them, and none to break them"
                : "\(confidence) it is \(possible) \(isLargest ? "or less" : "or more"), if any value meets them"
        }
        if isOpen { return "\(confidence) it is \(proven) \(orBeyond)" }
        if proven == possible { return "\(confidence) it is \(proven)" }
        let (low, high) = isLargest ? (proven, possible) : (possible, proven)
        return "\(confidence) it lies between \(low) and \(high)"
    }

    /// How sure the answer is, and what would make it surer; nil where the verdict says why there is none.
    private var sureness: String? {
        if result.interrupted || !result.contradictions.isEmpty { return nil }
        guard result.proven == result.possible else {
            let isStopped = result.points.contains { $0.outcome == .leansToPassing || $0.outcome == .leansToFailing }
            return isStopped
                ? "More seeds at a value (--seeds-max, now \(result.seedsMax)) would narrow the interval." : nil
        }
        let claim =
            result.proven == nil
            ? "no value meets them" : result.isAtEnd ? "it is this value \(orBeyond)" : "the true value is this one"
        return
            "Each point was tested so that the whole search errs in at most \(Words.percent(1 - result.confidence)) of "
            + "cases: \(confidence) \(claim), if passing is monotone."
    }

    /// At which values nothing could be judged; nil if there are none.
    private var absence: String? {
        let empty = result.points.filter { $0.outcome == .noData }.map(\.value)
        guard !empty.isEmpty else { return nil }
        return
            "A threshold has no data in a seed at \(empty.joined(separator: ", ")), which shows neither that the value "
            + "meets it nor that it breaks it."
    }

    private var monotonicity: String? {
        guard result.contradictions.isEmpty else {
            return result.contradictions.map { "\($0.passing) passes though \($0.failing) fails." }.joined(
                separator: " ")
        }
        guard result.points.count > 1 else { return nil }
        return
            "Nothing contradicts that passing is monotone: among the \(result.points.count) of \(values.count) values that "
            + "were tested, none passes \(isLargest ? "above" : "below") one that fails."
    }

    private var cost: String {
        func count(_ number: Int, _ noun: String) -> String {
            "\(Words.grouped(Int64(number))) \(noun)\(number == 1 ? "" : "s")"
        }
        return "It took \(count(result.runs, "run")) at \(count(result.points.count, "value")); a grid over "
            + "\(values.count == 1 ? "it" : "all \(values.count) values") of the same confidence takes "
            + "\(Words.grouped(Int64(result.gridRunsMin))) at least, and "
            + "\(Words.grouped(Int64(result.gridRunsMax))) with the same number of seeds everywhere."
    }
}
