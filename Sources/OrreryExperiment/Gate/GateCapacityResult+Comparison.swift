import OrreryScenario

extension GateCapacityResult {
    /// What became of an answer; the values are those of the question, in their order.
    init(_ base: GateCapacity, _ head: GateCapacity, values: [String]) {
        let places = base.find == .largest ? values : values.reversed()
        // From here on, a later place is better.
        func place(_ value: String?) -> Int { value.flatMap { places.firstIndex(of: $0) } ?? -1 }
        let verdict: GateVerdict =
            if base.fingerprint == head.fingerprint, base.answer == head.answer {
                .identical
            } else if place(head.possible) < place(base.proven) {
                .regressed
            } else if place(head.proven) > place(base.possible) {
                .improved
            } else if place(head.proven) >= place(base.proven) {
                .same
            } else {
                .inconclusive
            }
        self.init(
            question: base.question, base: GateCapacityResult.words(base), head: GateCapacityResult.words(head),
            verdict: verdict)
    }

    /// An answer in words: `14`, `between 13 and 15`, `none`.
    private static func words(_ answer: GateCapacity) -> String {
        guard let possible = answer.possible else { return "no value" }
        guard let proven = answer.proven else { return "at most \(possible)" }
        if proven == possible { return proven }
        return answer.find == .largest ? "between \(proven) and \(possible)" : "between \(possible) and \(proven)"
    }
}
