public import OrreryKernel

/// A group of equal telescopes, spread evenly over the sites of one name.
public struct TelescopePlan: Sendable {
    /// The name of the group in the scenario.
    public let name: String
    /// Which of the network's site plans they stand at.
    public let site: Int
    /// How many telescopes there are in all; the first goes to the first site, the next to the next, and round again.
    public let count: Int
    /// The camera.
    public let camera: Camera
    /// How long one exposure takes.
    public let exposure: Duration
    /// How long a telescope needs from the opening of the dome to its first exposure.
    public let setUp: Distribution

    /// When the telescopes send what they have.
    public let upload: KindPlan<any UploadPolicy>
    /// How many items a telescope has on their way at once, not yet confirmed.
    public let parallelUploads: Int
    /// The share of items that no worker can do.
    public let poison: Double
    /// What they do about a refusal or no answer.
    public let retry: RetryPlan
    /// Where images wait to be sent.
    public let disk: DiskPlan
    /// What the telescope's own computer makes of an image; nil if it sends the image as it is.
    public let edge: EdgePlan?
    /// Which exposures they take in turn; nil if one follows the other without a move.
    public let observations: ObservationPlan?
    /// Their calibration frames; nil if they take none.
    public let calibration: CalibrationPlan?
    /// When their hardware is broken; nil if it never is.
    public let downtime: DowntimePlan?
    /// When their controllers crash; nil if they never do.
    public let crashes: CrashPlan?
    /// How often they tell the scheduler that they are there; nil if they never do.
    public let heartbeat: HeartbeatPlan?

    /// A group from checked values; the camera must be one of the catalog.
    public init(
        name: String, site: Int, values: ParameterValues,
        upload: KindPlan<any UploadPolicy> = KindPlan(firstOf: UploadCatalog.kinds), retry: RetryPlan = .none,
        disk: DiskPlan = .unlimited, edge: EdgePlan? = nil, observations: ObservationPlan? = nil,
        calibration: CalibrationPlan? = nil, downtime: DowntimePlan? = nil, crashes: CrashPlan? = nil,
        heartbeat: HeartbeatPlan? = nil
    ) {
        self.name = name
        self.site = site
        count = values[TelescopePlan.count]
        guard let camera = CameraCatalog[values[TelescopePlan.camera]] else {
            violation("the camera \(values[TelescopePlan.camera]) is not in the catalog")
        }
        self.camera = camera
        exposure = values[TelescopePlan.exposure]
        setUp = values[TelescopePlan.setUp]
        parallelUploads = values[TelescopePlan.parallelUploads]
        poison = values[TelescopePlan.poison]
        self.upload = upload
        self.retry = retry
        self.disk = disk
        self.edge = edge
        self.observations = observations
        self.calibration = calibration
        self.downtime = downtime
        self.crashes = crashes
        self.heartbeat = heartbeat
    }

    private static let count = Parameter<Int>(
        "count", default: 1, range: .within(1...1_000_000),
        summary: "how many telescopes the group has, spread evenly over the sites of its name",
        source: "one telescope unless stated")
    private static let camera = Parameter<String>(
        "camera", dimension: .choice(CameraCatalog.cameras.map(\.name)),
        summary: "the camera: its pixels and how long it reads out")
    private static let exposure = Parameter<Duration>(
        "exposure", default: .seconds(60), range: .within(0.001...86_400), summary: "how long the shutter stays open",
        source: "60 s is usual for survey frames; ours")
    private static let setUp = Parameter<Distribution>(
        "set-up",
        default: Distribution(
            Uniform(minimum: 90, maximum: 400), text: "{ kind: uniform, minimum: 90s, maximum: 400s }"),
        summary: "from the opening of the dome to the first exposure",
        source: "acquisition takes 90 s to 400 s (observation-portal, configdb test fixture)")
    private static let parallelUploads = Parameter<Int>(
        "parallel-uploads", default: 1, range: .within(1...10_000),
        summary: "how many items a telescope has on their way at once, not yet confirmed by the centre",
        source: "one file after another, as a plain uploader does; ours")
    private static let poison = Parameter<Double>(
        "poison", dimension: .share, default: 0, range: .within(0...1),
        summary: "the share of items that no worker can do, however often it tries", source: "none unless stated")

    /// How long an observation takes as planned: the way to its target beside the last read-out, and its exposures.
    var observationLength: Duration {
        guard let observations else { return exposure + camera.readOut }
        func step(_ way: Distribution) -> Duration { max(camera.readOut, Duration(seconds: way.sampler.mean)) }
        let taken = observations.exposuresPerTarget * observations.filters
        let changes = observations.filters - 1
        var length = step(observations.slew)
        for _ in 0..<changes { length += step(observations.filterChange) }
        return length + Duration(nanoseconds: exposure.nanoseconds * Int64(taken))
            + Duration(nanoseconds: camera.readOut.nanoseconds * Int64(taken - 1 - changes))
    }

    /// How many items come of an exposure.
    public var productCount: Int { edge?.products.count ?? 1 }

    /// The parameters of a group, besides the name of its site.
    public static let parameters = [
        count.spec, camera.spec, exposure.spec, setUp.spec, parallelUploads.spec, poison.spec,
    ]
}
