import OrreryKernel
public import OrreryModel

/// A fault for the test of `orrery verify`: events of one instant are put onto the agenda in hash order, which differs
/// in every process.
///
/// It is planted through the watch of a run, so that a run without it has nothing of it: no branch, no field. No
/// documented option leads here.
public struct PlantedDisorder: Sendable {
    /// The instant of the first event that can differ.
    private let instant: Instant

    /// Disorder from so many seconds after the start on.
    public init(second: Int64) {
        instant = .start + .seconds(second)
    }

    /// The watch of a run, with the disorder planted: every site looks at the sun once more.
    ///
    /// These events stand on the agenda after those that start the run and before all others, so that they are the
    /// first of their instant unless a run starts with an event there.
    public func plant(into watch: RunWatch, siteCount: Int) -> RunWatch {
        var planted = watch
        planted.start = { simulation in
            let sites = Set((0..<UInt32(siteCount)).map(SiteID.init))
            for site in sites { simulation.agenda.schedule(.site(site, .sun), after: instant - .start) }
        }
        return planted
    }
}
