public import OrreryKernel
public import OrreryModel

/// What a group's telescopes do in their night besides exposing; nothing unless stated.
public struct NightPlans: Sendable {
    /// Which exposures they take in turn.
    public var observations: ObservationPlan?
    /// Their calibration frames.
    public var calibration: CalibrationPlan?
    /// When their hardware is broken.
    public var downtime: DowntimePlan?
    /// When their controllers crash.
    public var crashes: CrashPlan?

    /// Nothing besides exposing.
    public init() {}

    /// Targets in turn.
    public static func targets(
        exposures: Int, slew: Distribution, filters: Int = 1, filterChange: Distribution = .constant(0)
    ) -> NightPlans {
        var night = NightPlans()
        night.observations = ObservationPlan(
            values: ParameterValues([
                "exposures-per-target": .count(exposures), "slew": .distribution(slew), "filters": .count(filters),
                "filter-change": .distribution(filterChange),
            ]))
        return night
    }

    /// Calibration frames at dusk and dawn.
    public static func calibration(
        duskFlats: Int, dawnFlats: Int, darks: Int, exposure: Duration = .seconds(5)
    ) -> NightPlans {
        var night = NightPlans()
        night.calibration = CalibrationPlan(
            values: ParameterValues([
                "dusk-flats": .count(duskFlats), "dawn-flats": .count(dawnFlats), "darks": .count(darks),
                "exposure": .duration(exposure),
            ]))
        return night
    }

    /// Broken hardware with the default parameters, or with those stated.
    public static func downtime(_ values: [String: ParameterValue] = [:]) -> NightPlans {
        var night = NightPlans()
        night.downtime = DowntimePlan(values: ParameterValues(values))
        return night
    }

    /// Crashes of controllers.
    public static func crashes(up: Distribution, down: Distribution) -> NightPlans {
        var night = NightPlans()
        night.crashes = CrashPlan(values: ParameterValues(["up": .distribution(up), "down": .distribution(down)]))
        return night
    }
}
