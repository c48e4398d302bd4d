import OrreryKernel
import OrreryModel

/// Decodes a whole file: reads it, lays each variant and the overrides over it, decodes each, and collects all faults.
struct ScenarioDecoder {
    var faults = FaultList()
    /// How many variants a file may have.
    private static let variantLimit = 100

    /// A variant's tree before the overrides.
    private struct Layer {
        var name: String
        var tree: TreeNode
    }

    /// A file that was read, before it is decoded for any point of its sweep.
    private struct ReadFile {
        var layers: [Layer]
        var overrides: [ReadOverride]
        var sweep: SweepPlan?
    }

    /// The scenario; nil if there are faults.
    mutating func decode(_ text: String, _ overrides: [Override]) -> Scenario? {
        read(text, overrides, sweep: nil).flatMap { scenario(of: $0) }
    }

    /// The scenario and its points, in the sweep's order; nil if there are faults.
    ///
    /// The option's mapping takes the place of the file's section `sweep`. The points are looked at once the file
    /// itself is sound, for these of its variants; for all of them if it has none of these.
    mutating func decodeSweep(
        _ text: String, _ overrides: [Override], option: TreeNode?, variants: [String]
    ) -> (scenario: Scenario, points: [SweepPoint])? {
        guard let file = read(text, overrides, sweep: option), let scenario = scenario(of: file) else { return nil }
        guard let sweep = file.sweep else {
            faults.note(
                Spot(place: .start), "sweep", .missing, "the scenario has no section sweep",
                allowed: "write one, or name the parameters with --sweep")
            return nil
        }
        let chosen = file.layers.filter { variants.contains($0.name) }
        let layers = chosen.isEmpty ? file.layers : chosen
        let points = sweep.grid.compactMap { values -> SweepPoint? in
            var point = SweepPoint(parameters: sweep.parameters, values: values.values)
            let overrides = zip(sweep.parameters, zip(values.values, values.places)).map {
                ReadOverride(path: $0.path, value: $1.0, at: $1.1)
            }
            var decoder = ScenarioDecoder()
            point.variants = decoder.decoded(layers, file.overrides, swept: overrides).map(\.variant)
            faults.append(decoder.faults, at: point.text)
            return decoder.faults.faults.isEmpty ? point : nil
        }
        return (scenario, points)
    }

    /// Reads the file and its overrides; nil if there is no scenario in it.
    private mutating func read(_ text: String, _ overrides: [Override], sweep option: TreeNode?) -> ReadFile? {
        let (tree, readFaults) = YAMLReader.read(text) { .file(line: $0, column: $1) }
        for fault in readFaults { faults.append(FaultList([fault])) }
        let read = overrides.enumerated().compactMap { ReadOverride($0.element, number: $0.offset, &faults) }
        guard let tree = usable(tree, hasReadFaults: !readFaults.isEmpty) else { return nil }
        let layers = layers(of: tree)
        if tree["variants"] != nil || !read.isEmpty { checkWritten(tree) }
        var decoder = SweepDecoder()
        let sweep = (option ?? tree["sweep"]?.value).flatMap { decoder.decode($0) }
        faults.append(decoder.faults)
        return ReadFile(layers: layers, overrides: read, sweep: sweep)
    }

    /// The scenario without its points; nil if there are faults.
    private mutating func scenario(of file: ReadFile) -> Scenario? {
        let decoded = decoded(file.layers, file.overrides)
        guard faults.faults.isEmpty, let first = decoded.first?.section else { return nil }
        return PlanBuilder.scenario(of: first, decoded.map(\.variant), sweep: file.sweep)
    }

    /// The variants with the overrides laid over each, then those of a point; none if there are faults.
    private mutating func decoded(
        _ layers: [Layer], _ overrides: [ReadOverride], swept: [ReadOverride] = []
    ) -> [(section: DecodedSection, variant: ScenarioVariant)] {
        let sections = layers.map { layer in
            var tree = layer.tree
            for override in overrides { override.apply(to: &tree, &faults) }
            for override in swept {
                let stated = StatedValue.all(in: tree)
                override.apply(to: &tree, &faults)
                StatedValue.noteLost(stated, in: tree, to: override, &faults)
            }
            var decoder = SectionDecoder(root: tree)
            let section = decoder.decode()
            faults.append(decoder.values.faults)
            checkWhole(section, tree)
            return section
        }
        guard faults.faults.isEmpty else { return [] }
        return zip(layers, sections).map { layer, section in
            let plan = PlanBuilder.plan(of: section)
            checkCluster(plan, layer.tree)
            checkCoordination(plan, layer.tree)
            checkState(plan, layer.tree)
            faults.append(SchedulerCheck.faults(of: plan, layer.tree))
            let text = CanonicalText.text(of: section, ScenarioStructure.root)
            let thresholds = section.sections["thresholds"]?.thresholds ?? []
            let variant = ScenarioVariant(
                name: layer.name, plan: plan, thresholds: thresholds, text: text,
                planDigest: PlanBuilder.digest(of: section),
                capacities: ScenarioCapacity.all(in: section, ScenarioStructure.root))
            return (section, variant)
        }
    }

    /// The tree if it can be a scenario of this version; otherwise nil, and a fault.
    private mutating func usable(_ tree: TreeNode?, hasReadFaults: Bool) -> TreeNode? {
        let version = ScenarioStructure.version
        guard let tree else {
            if !hasReadFaults {
                faults.note(
                    Spot(place: .start), "", .missing, "the file is empty",
                    allowed: "it begins with version: \(version)")
            }
            return nil
        }
        switch tree.content {
        case .mapping: break
        case .null:
            faults.note(
                Spot(place: .start), "", .missing, "the file is empty", allowed: "it begins with version: \(version)")
            return nil
        case .scalar, .sequence:
            faults.note(
                tree.spot, "", .wrongType, "the file is \(tree.form)",
                allowed: "a scenario is a mapping that begins with version: \(version)")
            return nil
        }
        if let number = tree["version"]?.value.text.flatMap({ Int($0) }), number != version, let entry = tree["version"]
        {
            faults.note(
                entry.value.spot, "version", .outOfRange, "is a version that this Orrery cannot read",
                value: entry.value.text,
                allowed: "it reads version \(version)")
            return nil
        }
        return tree
    }

    /// The file as each variant sees it.
    private mutating func layers(of tree: TreeNode) -> [Layer] {
        guard case .mapping(let entries) = tree.content, let variants = tree["variants"] else {
            return [Layer(name: Scenario.onlyVariant, tree: tree)]
        }
        var base = tree
        base.content = .mapping(entries.filter { $0.key != "variants" })
        guard let named = variants.value.entries else {
            faults.noteForm(variants.value, "variants", expected: "a mapping of variants by name")
            return [Layer(name: Scenario.onlyVariant, tree: base)]
        }
        if named.isEmpty { return [Layer(name: Scenario.onlyVariant, tree: base)] }
        if named.count > ScenarioDecoder.variantLimit {
            faults.note(
                variants.spot, "variants", .outOfRange, "\(named.count) variants are too many",
                allowed: "at most \(ScenarioDecoder.variantLimit)")
        }
        return named.prefix(ScenarioDecoder.variantLimit).compactMap { layer($0, over: base) }
    }

    /// The file as one variant sees it; nil, and a fault, if it is none.
    private mutating func layer(_ variant: TreeEntry, over base: TreeNode) -> Layer? {
        let path = "variants.\(WrittenValue.shown(variant.key))"
        guard EntryName.isValid(variant.key) else {
            faults.note(
                variant.spot, path, .malformed, "is not a name for a variant", value: variant.key,
                allowed: EntryName.rule)
            return nil
        }
        guard variant.value.entries != nil else {
            faults.noteForm(variant.value, path, expected: "a mapping that is laid over the file, {} for no change")
            return nil
        }
        var overlay = variant.value.prefixed(path + ".")
        if case .mapping(let entries) = overlay.content {
            let root = ScenarioStructure.root
            let shared = root.parameters.map(\.key) + root.sections.filter(\.isShared).map(\.key)
            for entry in entries where shared.contains(entry.key) {
                faults.note(
                    entry.spot, entry.key, .inconsistent, "is the same for all variants; move it to the top of the file"
                )
            }
            overlay.content = .mapping(entries.filter { !shared.contains($0.key) })
        }
        return Layer(name: variant.key, tree: Overlay.merged(base, overlay))
    }

    /// Checks what is written at the top of the file even where every variant or an override replaces it.
    ///
    /// What is missing there, or does not fit together, may be put right by the variants.
    private mutating func checkWritten(_ tree: TreeNode) {
        var decoder = SectionDecoder(root: tree)
        _ = decoder.decode()
        let mayBePutRight: [ScenarioFault.Category] = [.missing, .inconsistent, .unknownReference]
        faults.append(
            FaultList(
                decoder.faults.filter {
                    !mayBePutRight.contains($0.category) || $0.value == nil && $0.problem == "has no value"
                }))
    }

    /// Checks what no single section can: whether anything is produced, and whether anything is observed.
    private mutating func checkWhole(_ section: DecodedSection, _ tree: TreeNode) {
        let isEmpty = ["fleet", "arrivals"].allSatisfy { key in
            guard let entry = tree[key] else { return true }
            return entry.value.entries?.isEmpty ?? false
        }
        if isEmpty {
            let entry = tree["fleet"] ?? tree["arrivals"]
            faults.note(
                entry?.spot ?? tree.spot, entry?.key ?? "", .missing, "nothing produces items",
                allowed: "name telescopes in the section fleet, or streams in the section arrivals")
        }
        checkThresholds(section, tree)
        let times = section.sections["time"]?.parameters ?? []
        guard let duration = times.first(where: { $0.spec.key == "duration" })?.value?.magnitude,
            let warmUp = times.first(where: { $0.spec.key == "warm-up" }), let length = warmUp.value?.magnitude,
            length >= duration
        else { return }
        let spot = warmUp.spot ?? times.first { $0.spec.key == "duration" }?.spot ?? tree.spot
        faults.note(
            spot, "time.warm-up", .inconsistent, "is not shorter than the run, so that nothing is observed",
            value: warmUp.value?.description, allowed: "less than \(Duration(seconds: duration))")
    }

    /// Checks that what asks for a cluster has one, with as many nodes as it asks for.
    private mutating func checkCluster(_ plan: NetworkPlan, _ tree: TreeNode) {
        if plan.hasBroker, let stream = plan.arrivals.first(where: \.isPerNode) {
            let entry = tree["arrivals"]?.value[stream.name]?.value["per"]
            faults.note(
                entry?.spot ?? tree.spot, "arrivals.\(stream.name).per", .inconsistent,
                "asks for a stream at each node of a cluster, and there is none", allowed: "add system.cluster")
        }
        if let stream = plan.arrivals.first(where: { $0.isPerNode && $0.keys != nil }) {
            let entry = tree["arrivals"]?.value[stream.name]?.value["keys"]
            faults.note(
                entry?.spot ?? tree.spot, "arrivals.\(stream.name).keys", .inconsistent,
                "does not go with per: node, for the items of a node have that node as their key")
        }
        let nodes = plan.cluster?.nodes ?? 0
        for fault in plan.faults where fault.effect.make().nodesHit > nodes {
            let entry = tree["faults"]?.value[fault.name]?.value["effect"]
            faults.note(
                entry?.spot ?? tree.spot, "faults.\(fault.name).effect", .inconsistent,
                "hits \(fault.effect.make().nodesHit) nodes of a cluster",
                allowed: nodes == 0 ? "add system.cluster" : "the cluster has \(nodes)")
        }
    }

    /// Checks that what asks for a coordination service has one, with as many servers as it asks for.
    private mutating func checkCoordination(_ plan: NetworkPlan, _ tree: TreeNode) {
        let servers = plan.coordination?.servers ?? 0
        if plan.workers.lock != nil && servers == 0 {
            let entry = tree["system"]?.value["workers"]?.value["lock"]
            faults.note(
                entry?.spot ?? tree.spot, "system.workers.lock", .inconsistent, "is kept by nobody",
                allowed: "add system.coordination")
        }
        for fault in plan.faults where fault.effect.make().serversHit > 0 {
            let needed = fault.effect.make().serversHit
            if needed <= servers && plan.workers.lock != nil { continue }
            let entry = tree["faults"]?.value[fault.name]?.value["effect"]
            faults.note(
                entry?.spot ?? tree.spot, "faults.\(fault.name).effect", .inconsistent,
                needed > servers
                    ? "needs \(needed) of the servers of a coordination service"
                    : "hits a coordination service of which nobody asks a lock",
                allowed: servers == 0
                    ? "add system.coordination"
                    : needed > servers ? "the service has \(servers)" : "add system.workers.lock")
        }
    }

    /// Checks that keys are drawn only where there are any, that operators have something to look after, and that the
    /// state fits into memory.
    private mutating func checkState(_ plan: NetworkPlan, _ tree: TreeNode) {
        for stream in plan.arrivals where stream.skew != nil && stream.keys == nil {
            let entry = tree["arrivals"]?.value[stream.name]?.value["skew"]
            faults.note(
                entry?.spot ?? tree.spot, "arrivals.\(stream.name).skew", .inconsistent,
                "says how keys are drawn, and the items have none", allowed: "state keys, too")
        }
        let system = tree["system"]?.value
        if plan.operators != nil && plan.state == nil {
            faults.note(
                system?["operators"]?.spot ?? tree.spot, "system.operators", .inconsistent,
                "reconcile what workers could not write, and workers write nothing", allowed: "add system.state")
        }
        for fault in plan.faults
        where fault.effect.make().skewsClocks && plan.state?.model.make().comparesClocks != true {
            let entry = tree["faults"]?.value[fault.name]?.value["effect"]
            faults.note(
                entry?.spot ?? tree.spot, "faults.\(fault.name).effect", .inconsistent,
                "puts clocks wrong that nobody compares",
                allowed: "a system.state with the model replicated and its resolution last-write-wins")
        }
        if let count = plan.stateKeyCount, count > StatePlan.keyLimit {
            faults.note(
                system?["state"]?.spot ?? tree.spot, "system.state", .outOfRange,
                "has a key for each of \(count) producers",
                allowed: "at most \(StatePlan.keyLimit); state keys to share them")
        }
    }

    /// Checks that conditions on a part of the run ask for a part that there is.
    private mutating func checkThresholds(_ section: DecodedSection, _ tree: TreeNode) {
        let times = section.sections["time"]?.parameters ?? []
        guard let length = times.first(where: { $0.spec.key == "duration" })?.value?.magnitude else { return }
        let duration = Duration(seconds: length)
        for threshold in section.sections["thresholds"]?.thresholds ?? [] {
            let (during, window) = (threshold.scope.during, threshold.scope.window)
            guard let end = [during?.end, window].compactMap(\.self).max(), end > duration else { continue }
            let spot = tree["thresholds"]?.value[threshold.metric]?.value.spot ?? tree.spot
            faults.note(
                spot, "thresholds.\(threshold.metric)", .inconsistent, "asks for more than the run",
                value: threshold.scope.text, allowed: "the run lasts \(duration)")
        }
    }
}
