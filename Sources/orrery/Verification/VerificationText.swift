import OrreryDiagnosis
import OrreryExperiment
import OrreryKernel
import OrreryModel
import OrreryScenario

/// What a verification found, in words.
struct VerificationText {
    let verification: Verification
    let findings: Findings

    /// One line for each variation, and the verdict.
    var table: String {
        let experiment = verification.experiment
        let reference = findings.logs[0]
        var table = TextTable()
        for (index, variation) in findings.variations.enumerated() {
            let log = findings.logs[index]
            let verdict = index == 0 ? "" : findings.difference(of: index) == nil ? "identical" : "DIFFERENT"
            let remark = variation.changesLibrary ? libraryRemark(log, reference) : ""
            table.add([
                "  " + variation.name, log.fingerprint?.description ?? "", Words.grouped(Int64(log.events)) + " events",
                verdict + remark,
            ])
        }
        let runs = experiment.replications.count
        let heading =
            "\(experiment.scenario.name): \(runs) run\(runs == 1 ? "" : "s") in each of \(findings.logs.count) processes"
        return ([heading] + table.lines + verdict(reference)).joined(separator: "\n")
    }

    private func verdict(_ reference: RunLog) -> [String] {
        let checkpoints = reference.checkpoints.reduce(0) { $0 + $1.count }
        guard findings.firstDiffering == nil else { return [] }
        return [
            "Identical: \(Words.grouped(Int64(checkpoints))) digest\(checkpoints == 1 ? "" : "s") on the way, "
                + "the fingerprint, and the result file of \(Words.grouped(Int64(reference.result.count))) bytes."
        ]
    }

    private func libraryRemark(_ log: RunLog, _ reference: RunLog) -> String {
        log.probe == reference.probe
            ? "; the library's functions gave the same bits" : "; the library's functions gave other bits"
    }

    /// Where a variation differs, as the first look saw it.
    func explain(_ differing: Findings.Differing) -> String {
        switch differing.difference {
        case .events(let run, let common, let reference, let other):
            let replication = verification.experiment.replications[run]
            let variant = verification.experiment.scenario.variants[replication.variant].name
            return
                "Different: \"\(differing.variation.name)\" goes another way in variant \(variant), seed \(replication.seed), "
                + between(common, reference, other) + "."
        case .result(let line, let reference, let other):
            return [
                "Different: all events are the same, but the result file of \"\(differing.variation.name)\" differs from line \(line) on:",
                "  reference   \(reference.prefix(200))", "  the other   \(other.prefix(200))",
            ].joined(separator: "\n")
        }
    }

    /// What the second look saw of a difference in events.
    func explain(_ differing: Findings.Differing, seen: EventLockstep.Difference?) -> String {
        guard case .events(let run, _, _, _) = differing.difference, let seen else {
            return
                "Run \(Verification.looks) times more with their events side by side, both did the same; so the difference comes and goes."
        }
        let replication = verification.experiment.replications[run]
        let names = EventNames(verification.experiment.scenario.variants[replication.variant].plan)
        return table(seen, names: names).joined(separator: "\n")
    }

    /// What to do about a difference.
    static let request = "This is a bug of Orrery; please report it with the scenario and this output."

    private func between(_ common: Checkpoint?, _ reference: Checkpoint?, _ other: Checkpoint?) -> String {
        let start = common.map { "after \(Words.grouped(Int64($0.events))) events (\(EventNames.clock($0.time)))" }
        let ends = [reference, other].compactMap(\.self)
        let end = ends.min { $0.events < $1.events }
        let last = end.map { "before \(Words.grouped(Int64($0.events))) (\(EventNames.clock($0.time)))" }
        return [start ?? "after its start", last].compactMap(\.self).joined(separator: " and ")
    }

    private func table(_ seen: EventLockstep.Difference, names: EventNames) -> [String] {
        var table = TextTable(rightAligned: [1, 3, 4])
        table.add(["", "event", "time", "nanoseconds", "order", "what", "whom", "with"])
        func row(_ side: String, _ number: UInt64, _ event: EventRecord?) -> [String] {
            guard let event else { return [side, Words.grouped(Int64(number)), "nothing more happens"] }
            return [
                side, Words.grouped(Int64(number)), EventNames.clock(event.time), "\(event.time.nanoseconds)",
                "\(event.order)", names.kind(of: event), names.entity(of: event), names.payload(of: event),
            ]
        }
        let first = seen.common + 1
        for (index, event) in seen.before.enumerated() {
            table.add(row("  both", first - UInt64(seen.before.count - index), event))
        }
        table.add(row("  reference", first, seen.reference))
        table.add(row("  the other", first, seen.other))
        return [
            "The first differing event, number \(Words.grouped(Int64(first))), as seen when both ran again with their events side by side:"
        ] + table.lines
    }
}
