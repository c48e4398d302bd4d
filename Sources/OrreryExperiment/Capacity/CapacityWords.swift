import OrreryDiagnosis
import OrreryKernel

/// What a capacity search found, in plain sentences.
struct CapacityWords {
    let result: CapacityResult

    private var path: String { result.parameter.path }
    private var end: String { result.find.rawValue }
    private var count: Int { result.parameter.values.count }

    /// The answer in one sentence, and whether it is one.
    var verdict: ExperimentResult.Verdict {
        if result.interrupted {
            return .init(outcome: .invalid, sentence: "Interrupted after \(result.runs) runs; \(interval).")
        }
        if !result.contradictions.isEmpty {
            return .init(
                outcome: .invalid, sentence: "There is no single \(end) value: passing is not monotone in \(path).")
        }
        guard let answer = result.answer else {
            let isSure = result.possible == nil
            return .init(
                outcome: isSure ? .failed : .invalid,
                sentence: isSure
                    ? "No value of \(path) from \(ends) meets all thresholds."
                    : "Probably no value of \(path) from \(ends) meets all thresholds, but it is not shown: \(interval)."
            )
        }
        guard result.proven == answer, result.possible == answer else {
            return .init(
                outcome: .invalid,
                sentence: "The \(end) \(path) that meets all thresholds is probably \(answer), but it is not shown: "
                    + "\(interval).")
        }
        let bound = result.find == .largest ? "or more" : "or less"
        return .init(
            outcome: .passed,
            sentence: result.isAtEnd
                ? "The \(end) \(path) that meets all thresholds is \(answer) \(bound): every value up to the end passes."
                : "The \(end) \(path) that meets all thresholds is \(answer).")
    }

    /// The sentences below it, the most important first.
    var statements: [String] {
        [sureness, monotonicity, cost].compactMap(\.self)
    }

    private var ends: String { "\(result.parameter.values.first ?? "") to \(result.parameter.values.last ?? "")" }

    /// Between which values the true one lies.
    private var interval: String {
        let first =
            result.find == .largest
            ? "below \(result.parameter.values.first ?? "")" : "above \(result.parameter.values.last ?? "")"
        return "with \(Words.percent(result.confidence)) confidence it lies between \(result.proven ?? first) and "
            + "\(result.possible ?? first)"
    }

    private var sureness: String? {
        guard result.proven == result.possible, result.proven != nil else {
            return "More seeds at a value (--seeds-max, now \(result.seedsMax)) would narrow the interval."
        }
        let probability = Words.percent(result.confidence)
        return
            "Each point was tested so that the whole search errs in at most \(Words.percent(1 - result.confidence)) of "
            + "cases: with \(probability) confidence the true value is this one, if passing is monotone."
    }

    private var monotonicity: String {
        guard !result.contradictions.isEmpty else {
            return
                "Nothing contradicts that passing is monotone: among the \(result.points.count) of \(count) values that were "
                + "tested, none passes \(result.find == .largest ? "above" : "below") one that fails."
        }
        return result.contradictions.map { "\($0.passing) passes though \($0.failing) fails." }.joined(separator: " ")
    }

    private var cost: String {
        "It took \(Words.grouped(Int64(result.runs))) runs at \(result.points.count) values; a grid over all \(count) values "
            + "of the same confidence takes \(Words.grouped(Int64(result.gridRunsMin))) at least, and "
            + "\(Words.grouped(Int64(result.gridRunsMax))) with the same number of seeds everywhere."
    }
}
