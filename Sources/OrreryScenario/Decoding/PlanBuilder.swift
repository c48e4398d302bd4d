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
                ArrivalPlan(name: $0.name, values: $0.section.values)
            },
            broker: broker(section("broker", in: system)), workers: workers(section("workers", in: system)),
            store: system.sections["store"].map { StorePlan(values: $0.values) })
    }

    /// The scenario with its variants.
    static func scenario(of file: DecodedSection, _ variants: [ScenarioVariant]) -> Scenario {
        let seeds = section("seeds", in: file).values
        return Scenario(
            name: file.values[ScenarioStructure.name], summary: file.values[ScenarioStructure.summary],
            seedCount: seeds[ScenarioStructure.seedCount], seedBase: UInt64(seeds[ScenarioStructure.seedBase]),
            variants: variants)
    }

    private static func site(_ name: String, _ site: DecodedSection) -> SitePlan {
        SitePlan(
            name: name, values: site.values, uplink: UplinkPlan(values: section("uplink", in: site).values),
            weather: site.sections["weather"].map { WeatherPlan(values: $0.values) })
    }

    private static func group(_ name: String, _ group: DecodedSection, _ sites: [String]) -> TelescopePlan {
        guard let reference = group.references["site"], let site = sites.firstIndex(of: reference) else {
            preconditionFailure("the group \(name) passed the checks without a site")
        }
        return TelescopePlan(name: name, site: site, values: group.values)
    }

    private static func broker(_ broker: DecodedSection) -> BrokerPlan {
        BrokerPlan(kind: kind(of: broker, in: BrokerCatalog.kinds), values: broker.values)
    }

    private static func workers(_ workers: DecodedSection) -> WorkerPoolPlan {
        let assignment = section("assignment", in: workers)
        return WorkerPoolPlan(
            values: workers.values,
            assignment: AssignmentPlan(
                kind: kind(of: assignment, in: AssignmentCatalog.kinds), values: assignment.values))
    }

    private static func kind<Product>(of section: DecodedSection, in catalog: Catalog<Product>) -> Kind<Product> {
        guard let name = section.kind?.name, let kind = catalog[name] else {
            preconditionFailure("a \(catalog.noun) passed the checks without a kind")
        }
        return kind
    }

    private static func section(_ key: String, in outer: DecodedSection) -> DecodedSection {
        guard let section = outer.sections[key] else { preconditionFailure("the section \(key) was not decoded") }
        return section
    }
}
