import OrreryKernel
import OrreryModel

/// Makes the model's plans of sections that were decoded without a fault.
enum PlanBuilder {
    /// The plan of the network.
    static func plan(of file: DecodedSection) -> NetworkPlan {
        let time = NetworkPlan.time(section("time", in: file).values)
        let sites = section("sites", in: file).entries
        let system = section("system", in: file)
        return NetworkPlan(
            startDate: time.startDate, duration: time.duration, warmUp: time.warmUp,
            sites: sites.map { site($0.name, $0.section) },
            fleet: section("fleet", in: file).entries.map { group($0.name, $0.section, sites.map(\.name)) },
            arrivals: section("arrivals", in: file).entries.map {
                ArrivalPlan(
                    name: $0.name, values: $0.section.values,
                    swing: $0.section.sections["swing"].map { SwingPlan(values: $0.values) },
                    retry: retry(of: $0.section))
            },
            broker: system.sections["broker"].map { chosen($0, from: BrokerCatalog.kinds) }
                ?? KindPlan(firstOf: BrokerCatalog.kinds),
            workers: system.sections["workers"].map(workers) ?? .none,
            cluster: system.sections["cluster"].map(cluster),
            coordination: system.sections["coordination"].map { CoordinationPlan(values: $0.values) },
            state: system.sections["state"].map(state),
            operators: system.sections["operators"].map { OperatorPlan(values: $0.values) },
            store: system.sections["store"].map { StorePlan(values: $0.values) },
            scheduler: system.sections["scheduler"].map(scheduler),
            faults: section("faults", in: file).entries.map {
                FaultPlan(
                    name: $0.name, values: $0.section.values,
                    effect: chosen(section("effect", in: $0.section), from: FaultCatalog.kinds))
            })
    }

    /// The digest of all that a run of the plan depends on.
    ///
    /// What is left out is listed, not what is put in, so that a new section is in until somebody thinks of it.
    static func digest(of file: DecodedSection) -> String {
        let names = [ScenarioStructure.name.spec.key, ScenarioStructure.summary.spec.key]
        var part = file
        part.parameters.removeAll { names.contains($0.spec.key) }
        for key in ["seeds", "thresholds"] { part.sections[key] = nil }
        return SecureHash.hexadecimal(Array(CanonicalText.text(of: part, ScenarioStructure.root).utf8))
    }

    /// The scenario with its variants.
    static func scenario(of file: DecodedSection, _ variants: [ScenarioVariant], sweep: SweepPlan?) -> Scenario {
        let seeds = section("seeds", in: file).values
        return Scenario(
            name: file.values[ScenarioStructure.name], summary: file.values[ScenarioStructure.summary],
            seedCount: seeds[ScenarioStructure.seedCount], seedBase: UInt64(seeds[ScenarioStructure.seedBase]),
            variants: variants, sweep: sweep)
    }

    private static func site(_ name: String, _ site: DecodedSection) -> SitePlan {
        SitePlan(
            name: name, values: site.values, uplink: uplink(section("uplink", in: site)),
            weather: site.sections["weather"].map { WeatherPlan(values: $0.values) })
    }

    private static func uplink(_ uplink: DecodedSection) -> UplinkPlan {
        UplinkPlan(
            values: uplink.values, outages: uplink.sections["outages"].map { OutagePlan(values: $0.values) })
    }

    private static func group(_ name: String, _ group: DecodedSection, _ sites: [String]) -> TelescopePlan {
        guard let reference = group.references["site"], let site = sites.firstIndex(of: reference) else {
            violation("the group \(name) passed the checks without a site")
        }
        return TelescopePlan(
            name: name, site: site, values: group.values,
            upload: chosen(section("upload", in: group), from: UploadCatalog.kinds), retry: retry(of: group),
            disk: DiskPlan(values: section("disk", in: group).values), edge: group.sections["edge"].map(edge),
            observations: group.sections["plan"].map { ObservationPlan(values: $0.values) },
            calibration: group.sections["calibration"].map { CalibrationPlan(values: $0.values) },
            downtime: group.sections["downtime"].map { DowntimePlan(values: $0.values) },
            crashes: group.sections["crashes"].map { CrashPlan(values: $0.values) },
            heartbeat: group.sections["heartbeat"].map { HeartbeatPlan(values: $0.values) })
    }

    private static func edge(_ edge: DecodedSection) -> EdgePlan {
        let products = EdgeProductCatalog.kinds.kinds.compactMap { kind in
            edge.sections[kind.name].map { KindPlan(kind: kind, values: $0.values) }
        }
        return EdgePlan(values: edge.values, products: products)
    }

    private static func retry(of producer: DecodedSection) -> RetryPlan {
        let retry = section("retry", in: producer)
        return RetryPlan(values: retry.values, policy: chosen(section("policy", in: retry), from: RetryCatalog.kinds))
    }

    private static func workers(_ workers: DecodedSection) -> WorkerPoolPlan {
        WorkerPoolPlan(
            values: workers.values,
            assignment: chosen(section("assignment", in: workers), from: AssignmentCatalog.kinds),
            failures: workers.sections["failures"].map { FailurePlan(values: $0.values) },
            autoscaler: AutoscalerPlan(chosen(section("autoscaler", in: workers), from: AutoscalerCatalog.kinds)),
            lock: workers.sections["lock"].map { LockPlan(values: $0.values) })
    }

    private static func cluster(_ cluster: DecodedSection) -> ClusterPlan {
        ClusterPlan(
            values: cluster.values,
            distribution: chosen(section("distribution", in: cluster), from: DistributionCatalog.kinds),
            detector: chosen(section("detector", in: cluster), from: DetectionCatalog.kinds))
    }

    private static func state(_ state: DecodedSection) -> StatePlan {
        StatePlan(
            values: state.values, model: chosen(section("model", in: state), from: StateCatalog.kinds),
            backoff: chosen(section("backoff", in: state), from: StateBackoffCatalog.kinds))
    }

    private static func scheduler(_ scheduler: DecodedSection) -> SchedulerPlan {
        SchedulerPlan(
            values: scheduler.values,
            dispatch: chosen(section("dispatch", in: scheduler), from: DispatchCatalog.kinds),
            retry: chosen(section("retry", in: scheduler), from: RetryCatalog.kinds),
            requests: scheduler.sections["requests"].map { RequestPlan(values: $0.values) })
    }

    private static func chosen<Product>(
        _ section: DecodedSection, from catalog: Catalog<Product>
    ) -> KindPlan<Product> {
        guard let name = section.kind?.name, let kind = catalog[name] else {
            violation("a \(catalog.noun) passed the checks without a kind")
        }
        return KindPlan(kind: kind, values: section.values)
    }

    private static func section(_ key: String, in outer: DecodedSection) -> DecodedSection {
        guard let section = outer.sections[key] else { violation("the section \(key) was not decoded") }
        return section
    }
}
