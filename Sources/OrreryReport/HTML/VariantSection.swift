import OrreryExperiment

/// Everything about one variant, from what was noticed down to the scenario as it was run.
struct VariantSection {
    var result: ExperimentResult
    var index: Int

    /// So many variants are shown in full; of the others, what is secondary is folded.
    private static let fullCount = 2

    private var variant: VariantResult { result.variants[index] }
    private var id: String { "v\(index + 1)" }
    private var isSeveral: Bool { result.variants.count > 1 }
    private var isFolded: Bool { index >= VariantSection.fullCount }

    /// Where the parts of a variant's section are.
    static func links(_ id: String) -> [HTMLPage.Link] {
        [
            ("#\(id)-happened", "What happened"), ("#\(id)-time", "Over time"), ("#\(id)-places", "Where and when"),
            ("#\(id)-took", "Latency"), ("#\(id)-stages-title", "Where the time went"),
            ("#\(id)-figures", "Figures"), ("#\(id)-scenario", "Scenario"),
        ]
    }

    var markup: Markup {
        element("section", ["id": id, "class": "variant", "aria-labelledby": "\(id)-title"]) {
            element("h2", ["id": "\(id)-title"]) { title }
            element("p", ["class": "note-line"]) {
                network
                element("code") { variant.fingerprint }
            }
            if isSeveral {
                HTMLPage.navigation("Parts of \(variant.name)", VariantSection.links(id), isLocal: true)
                // The verdict says what was noticed about the only variant.
                element("h3") { "What was noticed" }
                findings
            }
            DiagnosisSection(variant: variant, id: id).markup
            if index > 0 { DifferenceSection(table: DifferenceTable(result: result, index: index)).markup }
            OverTimeSection(result: result, variant: variant, id: id).markup
            PlaceSection(result: result, variant: variant, id: id).markup
            element("h3", ["id": "\(id)-took"]) { "How long items took" }
            PercentileChart(id: "\(id)-percentiles", curves: [.init(label: "all items", distribution: variant.latency)])
                .figure
            StageSection(variant: variant, id: id).markup
            VariantTables(variant: variant, id: id, isFolded: isFolded, variantCount: result.variants.count)
                .markup
            element("h3", ["id": "\(id)-scenario"]) { "The scenario as it was run" }
            element("p", ["class": "note-line"]) { "Every default is filled in, so that the text stands on its own." }
            Fold(
                summary: "The scenario, \(variant.scenarioText.split(separator: "\n").count) lines",
                isOpen: !isSeveral,
                content: element("pre", ["class": "scenario", "tabindex": "0"]) {
                    element("code") { variant.scenarioText }
                }
            ).markup
            element("h3") { "What the figures assume" }
            assumptions
        }
    }

    private var title: String {
        isSeveral ? "Variant \(index + 1) of \(result.variants.count): \(variant.name)" : "What happened"
    }

    private var network: String {
        let size = variant.network
        func some(_ count: Int, _ noun: String) -> String {
            Quantity.count(Double(count)) + " " + (count == 1 ? noun : noun + "s")
        }
        var parts: [String] = []
        if size.telescopes > 0 { parts.append(some(size.telescopes, "telescope")) }
        if size.sites > 0 { parts.append(some(size.sites, "site")) }
        if size.streams > 0 {
            parts.append(size.streams == 1 ? "1 stream of arrivals" : "\(size.streams) streams of arrivals")
        }
        if let nodes = size.nodes {
            parts.append("a cluster of \(some(nodes, "node"))")
        } else {
            parts.append(some(size.workers, "worker"))
            parts.append(size.brokerCapacity.map { "a queue of \(some($0, "place"))" } ?? "a queue without limit")
        }
        if let servers = size.coordinationServers { parts.append("locks, kept by \(some(servers, "server"))") }
        if let state = size.state { parts.append("\(state) state") }
        if let operators = size.operators { parts.append(some(operators, "operator")) }
        if let scheduler = size.scheduler { parts.append("a scheduler by \(scheduler)") }
        let last = size.nodes == nil ? "worker" : "node"
        parts.append(size.hasStore ? "an archive" : "no archive: an item is delivered when its \(last) is done")
        return "The network: " + parts.joined(separator: " · ") + ". Fingerprint "
    }

    /// The diagnosis in words, then what was noticed besides.
    private var findings: Markup {
        let sentences = variant.sentences
        guard let first = sentences.first else {
            return element("p", ["class": "nothing"]) { "Nothing stood out." }
        }
        return MarkupBuilder.buildBlock(
            element("p", ["class": "finding"]) { first },
            sentences.count > 1 ? list(Array(sentences.dropFirst())) : .empty)
    }

    @MarkupBuilder private var assumptions: Markup {
        if variant.assumptions.isEmpty {
            element("p", ["class": "nothing"]) { "No assumptions were stated." }
        } else if index > 0, variant.assumptions == result.variants[0].assumptions {
            element("p", ["class": "nothing"]) {
                "The same as of "
                element("a", ["href": "#v1-assumptions"]) { result.variants[0].name }
                "."
            }
        } else {
            element("div", ["id": "\(id)-assumptions"]) { list(variant.assumptions) }
        }
    }

    private func list(_ items: [String]) -> Markup {
        element("ul", ["class": "prose"]) {
            for item in items { element("li") { item } }
        }
    }
}
