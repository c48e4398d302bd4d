import OrreryKernel
import OrreryModel

/// The structure of the scenario file, version 1, declared once.
public enum ScenarioStructure {
    /// The version of the format that this decodes.
    public static let version = 1

    /// The whole file.
    public static let root: SectionSpec = {
        var root = SectionSpec(
            "", summary: "a scenario: a telescope network, what it runs through, and what is demanded of it",
            parameters: [versionNumber.spec, name.spec, summary.spec],
            sections: [time, seeds, sites, fleet, arrivals, system, faults, variants, sweep, thresholds])
        root.sections = root.sections.map { $0.placed(under: "") }
        return root
    }()

    /// All sections, outer ones before inner ones, in the order of the file.
    public static let sections: [SectionSpec] = all(in: root)

    /// The section of a path, for instance `system.workers`; names that the user gives are written `<name>`.
    public static func section(at path: String) -> SectionSpec? {
        sections.first { $0.path == path }
    }

    /// The kinds of distribution, which may stand wherever a parameter is one.
    public static let distributions: [KindSpec] = SamplerCatalog.kinds.kinds.map { KindSpec($0) }

    static let versionNumber = Parameter<Int>(
        "version", range: .within(Double(version)...Double(version)), summary: "the version of the file's format")
    static let name = Parameter<String>("name", summary: "the scenario's name")
    static let summary = Parameter<String>("summary", default: "", summary: "what the scenario is about")
    static let seedCount = Parameter<Int>(
        "count", default: 1, range: .within(1...100_000),
        summary: "how many seeds are run, one after the other from the first",
        source: "one run unless stated")
    static let seedBase = Parameter<Int>(
        "base", default: 1, range: .within(0...0x1p53 - 1), summary: "the first seed", source: "any number will do")

    private static let time = SectionSpec(
        "time", summary: "when the run starts, how long it lasts, and how much of it is not observed",
        parameters: NetworkPlan.timeParameters)

    private static let seeds = SectionSpec(
        "seeds", summary: "with which random numbers the scenario is run", isShared: true,
        parameters: [seedCount.spec, seedBase.spec])

    private static let sites = SectionSpec(
        "sites", summary: "the observatories, by name", form: .entries(noun: "site"), parameters: SitePlan.parameters,
        sections: [
            SectionSpec(
                "uplink", summary: "the line that all telescopes of a site share", parameters: UplinkPlan.parameters,
                sections: [
                    SectionSpec(
                        "outages", summary: "when the line is down; without this section it never is",
                        isOptional: true, parameters: OutagePlan.parameters)
                ]),
            SectionSpec(
                "weather", summary: "when a site is closed; without this section it never is", isOptional: true,
                parameters: WeatherPlan.parameters),
        ])

    private static let fleet = SectionSpec(
        "fleet", summary: "the telescopes, in groups of equal ones, by name",
        form: .entries(noun: "group of telescopes"),
        parameters: TelescopePlan.parameters,
        references: [ReferenceSpec(key: "site", section: "sites", summary: "the name of the site at which they stand")],
        sections: [
            SectionSpec(
                "edge",
                summary:
                    "what a telescope's own computer makes of an image; without this section it sends the raw image",
                isOptional: true, parameters: EdgePlan.parameters,
                sections: EdgeProductCatalog.kinds.kinds.map {
                    SectionSpec($0.name, summary: $0.summary, isOptional: true, parameters: $0.parameters)
                }),
            SectionSpec(
                "plan",
                summary: "which exposures a telescope takes in turn; without this section it never moves between them",
                isOptional: true, parameters: ObservationPlan.parameters),
            SectionSpec(
                "calibration", summary: "a telescope's calibration frames; without this section it takes none",
                isOptional: true, parameters: CalibrationPlan.parameters),
            SectionSpec(
                "downtime", summary: "when a telescope's hardware is broken; without this section it never is",
                isOptional: true, parameters: DowntimePlan.parameters),
            SectionSpec(
                "crashes", summary: "when a telescope's controller crashes; without this section it never does",
                isOptional: true, parameters: CrashPlan.parameters),
            SectionSpec(
                "heartbeat",
                summary:
                    "how often a telescope tells the scheduler that it is there; without this section it never does",
                isOptional: true, parameters: HeartbeatPlan.parameters),
            SectionSpec("disk", summary: "where a telescope's images wait to be sent", parameters: DiskPlan.parameters),
            SectionSpec("upload", summary: "when a telescope sends what is on its disk", catalog: UploadCatalog.kinds),
            retry,
        ])

    private static let arrivals = SectionSpec(
        "arrivals", summary: "plain streams of items, without telescopes, by name", form: .entries(noun: "stream"),
        parameters: ArrivalPlan.parameters,
        sections: [
            SectionSpec(
                "swing", summary: "how the load swings; without this section it does not", isOptional: true,
                parameters: SwingPlan.parameters),
            retry,
        ])

    private static let retry = SectionSpec(
        "retry", summary: "what a producer does about a refusal or no answer", parameters: RetryPlan.parameters,
        sections: [
            SectionSpec(
                "policy", summary: "how long it waits before it sends again", catalog: RetryCatalog.kinds)
        ])

    private static let system = SectionSpec(
        "system", summary: "the centre: what becomes of the items",
        sections: [
            SectionSpec(
                "broker", summary: "what stands between producers and workers", rival: "cluster",
                catalog: BrokerCatalog.kinds),
            SectionSpec(
                "workers", summary: "equal workers that process items one at a time", rival: "cluster",
                parameters: WorkerPoolPlan.parameters,
                sections: [
                    SectionSpec(
                        "assignment", summary: "which idle worker takes the next item",
                        catalog: AssignmentCatalog.kinds),
                    SectionSpec(
                        "failures", summary: "when workers crash; without this section they never do",
                        isOptional: true, parameters: FailurePlan.parameters),
                    SectionSpec(
                        "autoscaler", summary: "what changes the number of workers",
                        catalog: AutoscalerCatalog.kinds),
                    SectionSpec(
                        "lock",
                        summary: "the lock that a worker takes before it works on an item; without this section none",
                        isOptional: true, parameters: LockPlan.parameters),
                ]),
            SectionSpec(
                "cluster",
                summary: "nodes that distribute items among themselves and work on them; it takes the place of broker "
                    + "and workers",
                isOptional: true, parameters: ClusterPlan.parameters,
                sections: [
                    SectionSpec(
                        "distribution", summary: "how items get to the nodes that work on them",
                        catalog: DistributionCatalog.kinds),
                    SectionSpec(
                        "detector", summary: "how nodes notice that one of them is gone",
                        catalog: DetectionCatalog.kinds),
                ]),
            SectionSpec(
                "coordination",
                summary: "a service like ZooKeeper that keeps the workers' locks; nobody else uses it",
                isOptional: true, rival: "cluster", parameters: CoordinationPlan.parameters),
            SectionSpec(
                "state",
                summary: "what workers change when they work on items; without this section they change nothing",
                isOptional: true, rival: "cluster", parameters: StatePlan.parameters,
                sections: [
                    SectionSpec("model", summary: "how the state is kept", catalog: StateCatalog.kinds),
                    SectionSpec(
                        "backoff", summary: "how long a worker waits after a conflict before it tries again",
                        catalog: StateBackoffCatalog.kinds),
                ]),
            SectionSpec(
                "operators",
                summary: "people who reconcile what workers could not write; without this section it is lost",
                isOptional: true, rival: "cluster", parameters: OperatorPlan.parameters),
            SectionSpec(
                "store",
                summary: "the archive; without this section an item is delivered as soon as a worker is done with it",
                isOptional: true, parameters: StorePlan.parameters),
            scheduler,
        ])

    private static let scheduler = SectionSpec(
        "scheduler",
        summary: "what gives telescopes their observations; without this section they expose by themselves",
        isOptional: true, parameters: SchedulerPlan.parameters,
        sections: [
            SectionSpec(
                "dispatch", summary: "how observations come to the telescopes", catalog: DispatchCatalog.kinds),
            SectionSpec(
                "retry",
                summary: "how long a telescope that got no answer waits before it asks again; none is the "
                    + "dispatch's interval",
                catalog: RetryCatalog.kinds),
            SectionSpec(
                "requests",
                summary: "requests that come one by one; without this section there is always something to observe",
                isOptional: true, parameters: RequestPlan.parameters),
        ])

    private static let faults = SectionSpec(
        "faults", summary: "what goes wrong at stated times, by name", form: .entries(noun: "fault"),
        parameters: FaultPlan.parameters,
        sections: [SectionSpec("effect", summary: "what goes wrong", catalog: FaultCatalog.kinds)])

    private static let variants = SectionSpec(
        "variants", summary: "parts of the file that are laid over it, by name: each makes a scenario of its own",
        form: .variants, isShared: true)

    private static let sweep = SectionSpec(
        "sweep",
        summary: "what orrery sweep changes: paths of parameters, each with a list of values or a range such as "
            + "5..40 step 5 or 1..1000 times 10; under constraints conditions that every point meets",
        form: .sweep, isOptional: true, isShared: true)

    private static let thresholds = SectionSpec(
        "thresholds", summary: "the conditions under which the scenario passes, by metric", form: .thresholds)

    private static func all(in section: SectionSpec) -> [SectionSpec] {
        section.sections.flatMap { [$0] + all(in: $0) }
    }
}
