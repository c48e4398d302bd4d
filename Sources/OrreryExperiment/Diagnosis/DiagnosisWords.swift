import OrreryDiagnosis
import OrreryKernel
import OrreryModel

/// A diagnosis in plain words.
enum DiagnosisWords {
    /// The sentences of a diagnosis, the most important first; `onset` is the usual time at which the first cause
    /// began.
    static func sentences(_ result: DiagnosisResult, onset: Double?) -> [String] {
        guard result.runs > 0, let example = result.example else { return [] }
        guard let first = result.causes.first else { return [nothing(result, example)] + relief(result) }
        let scope =
            result.runs == 1 ? "" : " in \(first.runs) of \(result.runs) runs"
        let place = example.symptoms.first { $0.symptom == first.symptom }
        var sentence = "First cause\(scope): \(first.symptom)"
        if let place { sentence += " at \(place.place)" }
        if let onset { sentence += ", \(time(onset)) after the start\(result.runs > 1 ? " (median)" : "")" }
        sentence += ": \(first.summary)."
        return [sentence] + story(example, first) + others(result) + relief(result)
    }

    /// What happened in the run that stands for the others.
    private static func story(_ example: ExampleResult, _ first: CauseResult) -> [String] {
        guard let cause = example.symptoms.firstIndex(where: { $0.symptom == first.symptom }) else { return [] }
        var sentences: [String] = []
        var start = cause
        while let before = example.symptoms[start].follows { start = before }
        if start != cause {
            sentences.append(
                "Before it, \(example.symptoms[start].evidence), \(time(example.symptoms[start].fromSeconds)) after the start."
            )
        }
        sentences.append("With seed \(example.seed), \(example.symptoms[cause].evidence).")
        let from = example.symptoms[cause].fromSeconds
        for (index, symptom) in example.symptoms.enumerated()
        where symptom.role != "trigger" && index != cause && leads(from: cause, to: index, example.symptoms) {
            let delay = symptom.fromSeconds - from
            let when = delay >= 0.05 ? "\(time(delay)) after it," : "At the same time,"
            sentences.append("\(when) \(symptom.symptom) at \(symptom.place): \(symptom.evidence).")
        }
        let apart = example.symptoms.indices.filter {
            !["trigger", "outcome"].contains(example.symptoms[$0].role)
                && !leads(from: cause, to: $0, example.symptoms)
        }
        if !apart.isEmpty {
            let names = apart.map { "\(example.symptoms[$0].symptom) at \(example.symptoms[$0].place)" }
            sentences.append("Besides, and not shown to follow from it: \(names.joined(separator: ", ")).")
        }
        return sentences
    }

    private static func leads(from cause: Int, to place: Int, _ symptoms: [SymptomResult]) -> Bool {
        var current: Int? = place
        while let index = current {
            if index == cause { return true }
            current = symptoms[index].follows
        }
        return false
    }

    private static func others(_ result: DiagnosisResult) -> [String] {
        let others = result.causes.dropFirst().map { "\($0.symptom) in \($0.runs)" }
        let silent = result.runs - result.causes.reduce(0) { $0 + $1.runs }
        let parts = others + (silent > 0 ? ["no symptom in \(silent)"] : [])
        return parts.isEmpty ? [] : ["In the other runs: \(parts.joined(separator: ", "))."]
    }

    private static func nothing(_ result: DiagnosisResult, _ example: ExampleResult) -> String {
        let faults = example.symptoms.filter { $0.role == "trigger" }
        let beyond = faults.isEmpty ? "" : " beyond the \(faults.count == 1 ? "fault" : "faults") of the scenario"
        let scope = result.runs == 1 ? "" : " in any of \(result.runs) runs"
        return "No symptom was found\(beyond)\(scope)."
    }

    /// What would help most, of the other variants and of small changes.
    private static func relief(_ result: DiagnosisResult) -> [String] {
        [true, false].compactMap { isVariant in
            let shown = result.reliefs.filter { $0.isShown && $0.isVariant == isVariant }
            let all = result.reliefs.filter { $0.isVariant == isVariant }
            let scope = isVariant ? "Of the other variants" : "Of each capacity made a quarter better"
            guard let best = shown.first else {
                return all.isEmpty ? nil : "\(scope), none is shown to relieve it in so many runs."
            }
            let next = shown.dropFirst().prefix(2).map(\.change)
            let more = next.isEmpty ? "" : "; next: \(next.joined(separator: ", "))"
            return "\(scope), \(best.change) relieves it most: \(best.metric) \(text(best.before, best)) → "
                + "\(text(best.after, best)), paired by seed\(more)."
        }
    }

    private static func text(_ value: Double, _ relief: ReliefResult) -> String {
        MetricUnit(rawValue: relief.unit).map { Quantity.text(value, unit: $0) } ?? Words.grouped(Int64(value))
    }

    private static func time(_ seconds: Double) -> String { Words.time(Duration(seconds: max(0, seconds))) }
}
