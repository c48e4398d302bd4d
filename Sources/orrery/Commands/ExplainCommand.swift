import ArgumentParser
import OrreryDiagnosis
import OrreryKernel
import OrreryModel
import OrreryScenario

/// `orrery explain`: what a section, kind, camera, metric or exit code means.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain a section, a kind, a camera, a metric, a symptom, an exit code, or exit-codes.",
        discussion:
            "For instance: orrery explain system.workers, orrery explain lognormal, orrery explain delivery.latency, orrery explain 97."
    )

    @Argument(help: ArgumentHelp("What to explain.", valueName: "name"))
    var name: String

    func run() throws {
        let pages = ExplainCommand.pages
        guard pages.contains(where: { $0.isCalled(name) }) else {
            let names = pages.map(\.name)
            let parts = names.filter { $0.hasSuffix(".\(name)") }
            let nearest = parts.isEmpty ? NearestName.find(name, among: names).map { [$0] } ?? [] : parts
            let suggestion =
                nearest.isEmpty ? "" : " Did you mean \(nearest.map { "'\($0)'" }.joined(separator: " or "))?"
            throw CommandFailure(
                status: .usage,
                message: "nothing is called '\(name)'.\(suggestion) See orrery list components, metrics, …")
        }
        for page in pages where page.isCalled(name) { try Terminal.print(page.text()) }
    }

    /// A name that can be explained, and its text.
    private struct Page {
        let name: String
        let text: () -> String

        /// Whether it is meant by what somebody wrote, who may leave `<name>` out or put a name in its place.
        func isCalled(_ written: String) -> Bool {
            let own = name.split(separator: ".")
            let parts = written.split(separator: ".", omittingEmptySubsequences: false)
            return own.filter { $0 != "<name>" } == parts
                || own.count == parts.count && zip(own, parts).allSatisfy { $0 == $1 || $0 == "<name>" }
        }
    }

    private static var pages: [Page] {
        let sections = ScenarioStructure.sections.map { section in Page(name: section.path) { explain(section) } }
        let cameras = CameraCatalog.cameras.map { camera in Page(name: camera.name) { explain(camera) } }
        let metrics = MetricCatalog.metrics.map { metric in
            Page(name: metric.key) {
                "\(metric.key) [\(metric.unit.rawValue)]: \(metric.summary)\naggregations: \(aggregations(metric))\n"
                    + "better: \(metric.better.rawValue)\n"
                    + (metric.overTime == nil
                        ? "judged on whole runs only" : "kept over time: during and window may be stated")
            }
        }
        let classes = RunClass.allCases.map { kind in
            Page(name: kind.rawValue) {
                "\(kind.rawValue), a class of runs: those that \(kind.summary)\n"
                    + "threshold: \(kind.metric): [ \"probability < 5%\" ]\nrules: docs/decisions/0013-run-classes.md"
            }
        }
        let symptoms = SymptomCatalog.kinds.map { kind in
            Page(name: kind.name) {
                "\(kind.name), \(kind.isTrigger ? "a trigger" : kind.isOutcome ? "an outcome" : "a symptom"): "
                    + "\(kind.summary)\nrule: \(kind.rule)"
                    + (kind.causes.isEmpty ? "" : "\nmay follow: \(kind.causes.joined(separator: ", "))")
                    + (kind.saidBy.isEmpty ? "" : "\nnot named beside: \(kind.saidBy.joined(separator: ", "))")
            }
        }
        let conditions = Page(name: "thresholds.<name>") { explainThresholds }
        let kinds =
            pages(of: SamplerCatalog.kinds) + pages(of: BrokerCatalog.kinds) + pages(of: AssignmentCatalog.kinds)
        let codes = ExitStatus.allCases.map { status in
            Page(name: "\(status.rawValue)") { "exit code \(status.rawValue): \(status.meaning)" }
        }
        let allCodes = Page(name: "exit-codes") {
            ExitStatus.allCases.map { "\($0.rawValue)\t\($0.meaning)" }.joined(separator: "\n")
        }
        return sections + ScenarioStructure.sections.flatMap(keys) + cameras + metrics + classes + symptoms + kinds
            + codes
            + [conditions, allCodes]
    }

    /// What may stand in a section: its parameters and the names it refers to.
    private static func keys(of section: SectionSpec) -> [Page] {
        var inside = section.path
        if case .entries = section.form { inside += ".<name>" }
        let references = section.references.map { reference in
            Page(name: "\(inside).\(reference.key)") { explain(reference) }
        }
        return references
            + section.parameters.map { parameter in Page(name: "\(inside).\(parameter.key)") { explain([parameter]) } }
    }

    private static func pages<Product>(of catalog: Catalog<Product>) -> [Page] {
        catalog.kinds.map { kind in
            Page(name: kind.name) {
                let source = kind.source.isEmpty ? "" : "\nsource: \(kind.source)"
                return
                    "\(kind.name), \("aeiou".contains(catalog.noun.prefix(1)) ? "an" : "a") \(catalog.noun): \(kind.summary)\(source)\n"
                    + explain(kind.parameters)
            }
        }
    }

    private static func explain(_ section: SectionSpec) -> String {
        let kinds = section.kinds.isEmpty ? "" : "kinds: \(section.kinds.map(\.name).joined(separator: ", "))\n"
        let inner =
            section.sections.isEmpty ? "" : "sections: \(section.sections.map(\.path).joined(separator: ", "))\n"
        let keys = section.references.map(explain) + [explain(section.parameters)]
        return "\(section.path): \(section.summary)\n\(kinds)\(inner)"
            + keys.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private static func explain(_ reference: ReferenceSpec) -> String {
        "  \(reference.key): \(reference.summary)\n    takes a name of the section \(reference.section)\n    required"
    }

    private static func explain(_ parameters: [ParameterSpec]) -> String {
        parameters.map { parameter in
            var lines = ["  \(parameter.key): \(parameter.summary)", "    takes \(parameter.dimension.phrase)"]
            if !parameter.dimension.units.isEmpty {
                lines.append("    units \(parameter.dimension.units.map(\.name).joined(separator: ", "))")
            }
            if let range = parameter.allowedText { lines.append("    \(range)") }
            if let fallback = parameter.fallback {
                lines.append("    default \(fallback)")
            } else {
                lines.append(parameter.isOptional ? "    optional" : "    required")
            }
            if !parameter.source.isEmpty { lines.append("    source: \(parameter.source)") }
            return lines.joined(separator: "\n")
        }.joined(separator: "\n")
    }

    private static func explain(_ camera: Camera) -> String {
        "\(camera.name): \(camera.summary)\n  \(camera.width) × \(camera.height) pixels of \(camera.bitsPerPixel) bits: \(Narration.megabytes(camera.imageSize)) as FITS\n"
            + "  read-out \(camera.readOut)\n  source: \(camera.source)"
    }

    private static let explainThresholds = """
        thresholds.<metric>: a condition, or a list of conditions
          "p(99) < 2s"                    an aggregation, a comparison, and a limit in the metric's unit
          "mean <= @baseline + 5%"        a limit relative to the result that --baseline names
          "probability < 5%"              of a class of runs: its one-sided 95 % bound lies below, or it is inconclusive
          { condition: "p(99) < 2s",      or a mapping:
            during: 8m..15m,              only this time of the run, in whole bins
            window: 60s,                  the worst window of this length, in whole bins
            seeds: ">= 95%" }             it must hold in this share of the seeds, each by itself
        """

    private static func aggregations(_ metric: Metric) -> String {
        Threshold.Aggregation.names(for: metric.form).joined(separator: ", ")
    }
}
