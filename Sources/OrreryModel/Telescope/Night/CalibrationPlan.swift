public import OrreryKernel

/// The calibration frames that a telescope takes at dusk and at dawn: bursts of short exposures at the whole site.
public struct CalibrationPlan: Sendable {
    /// Flat frames at nightfall, before the first target, if the sky is clear then.
    public let duskFlats: Int
    /// Flat frames at dawn, if the sky is clear then.
    public let dawnFlats: Int
    /// Bias and dark frames after dawn, which need no sky.
    public let darks: Int
    /// How long each of these frames is exposed.
    public let exposure: Duration

    /// The most frames of a kind that a night can have.
    static let framesMax = 10_000

    /// Calibration from checked values.
    public init(values: ParameterValues) {
        duskFlats = values[CalibrationPlan.duskFlats]
        dawnFlats = values[CalibrationPlan.dawnFlats]
        darks = values[CalibrationPlan.darks]
        exposure = values[CalibrationPlan.exposure]
    }

    private static let duskFlats = Parameter<Int>(
        "dusk-flats", default: 10, range: .within(0...Double(framesMax)),
        summary: "how many flat frames a telescope takes at nightfall, if the sky is clear then",
        source: "RTS2 takes 10 flats (scripts/flats.py)")
    private static let dawnFlats = Parameter<Int>(
        "dawn-flats", default: 10, range: .within(0...Double(framesMax)),
        summary: "how many flat frames it takes at dawn, if the sky is clear then",
        source: "RTS2 takes 10 flats (scripts/flats.py)")
    private static let darks = Parameter<Int>(
        "darks", default: 10, range: .within(0...Double(framesMax)),
        summary: "how many bias and dark frames it takes after dawn, whatever the weather",
        source: "as many as flats; ours")
    private static let exposure = Parameter<Duration>(
        "exposure", default: .seconds(5), range: .within(0...3600),
        summary: "how long each calibration frame is exposed",
        source: "RTS2 exposes flats for 0.5 s to 9.5 s (scripts/flats.py); 5 s is ours")

    /// The parameters of calibration.
    public static let parameters = [duskFlats.spec, dawnFlats.spec, darks.spec, exposure.spec]
}
