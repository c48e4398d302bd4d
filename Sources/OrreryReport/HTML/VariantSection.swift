import OrreryExperiment

/// Everything about one variant, from what was noticed down to the scenario as it was run.
struct VariantSection {
    var result: ExperimentResult
    var index: Int

    private var variant: VariantResult { result.variants[index] }
    private var id: String { "v\(index + 1)" }

    var markup: Markup {
        element("section", ["id": id, "class": "variant", "aria-labelledby": "\(id)-title"]) {
            element("h2", ["id": "\(id)-title"]) { title }
            element("p", ["class": "note-line"]) {
                network
                element("code") { variant.fingerprint }
            }
            // The verdict says what was noticed about the only variant.
            if result.variants.count > 1 {
                element("h3") { "What was noticed" }
                findings
            }
            if index > 0 { DifferenceSection(table: DifferenceTable(result: result, index: index)).markup }
            OverTimeSection(result: result, variant: variant, id: id).markup
            element("h3") { "How long items took" }
            PercentileChart(id: "\(id)-percentiles", curves: [.init(label: "all items", distribution: variant.latency)])
                .figure
            StageSection(variant: variant, id: id).markup
            VariantTables(variant: variant).markup
            element("h3") { "The scenario as it was run" }
            element("p", ["class": "note-line"]) { "Every default is filled in, so that the text stands on its own." }
            element("pre", ["class": "scenario", "tabindex": "0"]) { element("code") { variant.scenarioText } }
            element("h3") { "What the figures assume" }
            list(variant.assumptions, otherwise: "No assumptions were stated.")
        }
    }

    private var title: String {
        result.variants.count == 1
            ? "What happened" : "Variant \(index + 1) of \(result.variants.count): \(variant.name)"
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

    private var findings: Markup {
        guard let first = variant.findings.first else {
            return element("p", ["class": "nothing"]) { "Nothing stood out." }
        }
        return MarkupBuilder.buildBlock(
            element("p", ["class": "finding"]) { first },
            variant.findings.count > 1 ? list(Array(variant.findings.dropFirst()), otherwise: "") : .empty)
    }

    private func list(_ items: [String], otherwise: String) -> Markup {
        guard !items.isEmpty else { return element("p", ["class": "nothing"]) { otherwise } }
        return element("ul", ["class": "prose"]) {
            for item in items { element("li") { item } }
        }
    }
}
