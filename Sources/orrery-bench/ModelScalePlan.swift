import OrreryKernel
import OrreryModel

/// A network of any size that is the same in everything but its size, so that what an event costs can be compared.
///
/// Five classes of observatory as in the worldwide fleet, spread evenly over all longitudes: wherever the sun stands,
/// the same share of the telescopes observes. Uplinks grow with the telescopes of a site, the centre with those of the
/// network, so that utilisation and waiting stay the same.
struct ModelScalePlan {
    /// How many telescopes there are.
    let telescopes: Int
    /// How many of them share a site, its weather and its uplink.
    let telescopesPerSite: Int

    /// What stands at a site.
    private struct Observatory {
        let name: String
        /// Sites of this class among ten.
        let share: Int
        let latitude: Double
        let camera: String
        let exposure: Duration
        /// For each telescope.
        let bitsPerSecond: Int64
    }

    private static let classes = [
        Observatory(
            name: "mountain", share: 1, latitude: -30, camera: "sinistro", exposure: .seconds(60),
            bitsPerSecond: 200_000_000),
        Observatory(
            name: "fibre", share: 4, latitude: 40, camera: "asi6200", exposure: .seconds(60),
            bitsPerSecond: 100_000_000),
        Observatory(
            name: "cable", share: 3, latitude: 37, camera: "asi2600", exposure: .seconds(60),
            bitsPerSecond: 20_000_000),
        Observatory(
            name: "evscope", share: 1, latitude: 43, camera: "evscope", exposure: .seconds(60),
            bitsPerSecond: 20_000_000),
        Observatory(
            name: "line", share: 1, latitude: 54, camera: "asi183", exposure: .seconds(600), bitsPerSecond: 1_000_000),
    ]
    private static let zones = 12

    /// The network; one whose sun never sets has nothing but idle telescopes.
    func network(isAlwaysDay: Bool = false) -> NetworkPlan {
        var counts = [Int](repeating: 0, count: ModelScalePlan.classes.count * ModelScalePlan.zones)
        let order = ModelScalePlan.classes.indices.flatMap { kind in
            repeatElement(kind, count: ModelScalePlan.classes[kind].share)
        }
        for site in 0..<max(1, telescopes / telescopesPerSite) {
            // Seven is prime to twelve, so that every class meets every zone.
            counts[order[site % order.count] * ModelScalePlan.zones + (site * 7 + site / 10) % ModelScalePlan.zones] +=
                1
        }
        var sites: [SitePlan] = []
        var fleet: [TelescopePlan] = []
        for (place, count) in counts.enumerated() where count > 0 {
            let kind = ModelScalePlan.classes[place / ModelScalePlan.zones]
            let name = "\(kind.name)-\(place % ModelScalePlan.zones)"
            let longitude = Double(place % ModelScalePlan.zones) * 360 / Double(ModelScalePlan.zones) - 165
            fleet.append(group(kind, name: name, site: sites.count, count: count * telescopesPerSite))
            sites.append(site(kind, name: name, longitude: longitude, count: count, isAlwaysDay: isAlwaysDay))
        }
        // From the equinox on, with nights of about one length in the north and in the south.
        let time = NetworkPlan.time(ParameterValues(["duration": .duration(.days(60))]))
        return NetworkPlan(
            startDate: time.startDate, duration: time.duration, warmUp: time.warmUp, sites: sites, fleet: fleet,
            arrivals: [], broker: broker, workers: workers, store: store)
    }

    private func group(_ kind: Observatory, name: String, site: Int, count: Int) -> TelescopePlan {
        TelescopePlan(
            name: name, site: site,
            values: ParameterValues([
                "count": .count(count), "camera": .text(kind.camera), "exposure": .duration(kind.exposure),
            ]))
    }

    private func site(_ kind: Observatory, name: String, longitude: Double, count: Int, isAlwaysDay: Bool) -> SitePlan {
        let uplink = UplinkPlan(
            values: ParameterValues([
                "rate": .rate(DataRate(bitsPerSecond: kind.bitsPerSecond * Int64(telescopesPerSite)))
            ]))
        return SitePlan(
            name: name,
            values: ParameterValues([
                "count": .count(count), "latitude": .number(kind.latitude), "longitude": .number(longitude),
                "scatter": .number(10), "dark-below": .number(isAlwaysDay ? -90 : -12),
            ]), uplink: uplink, weather: WeatherPlan(values: ParameterValues([:])))
    }

    private var broker: BrokerPlan {
        BrokerPlan(
            kind: BrokerCatalog.kinds.kinds[0],
            values: ParameterValues(["capacity": .count(max(1000, telescopes * 30))]))
    }

    /// Twenty workers for three hundred telescopes, as in the worldwide fleet.
    private var workers: WorkerPoolPlan {
        WorkerPoolPlan(
            values: ParameterValues([
                "count": .count(max(1, telescopes / 15)),
                "service": .distribution(
                    Distribution(Lognormal(mean: 6, variation: 0.5), text: "{ kind: lognormal, mean: 6s, cv: 0.5 }")),
                "throughput": .rate(DataRate(bitsPerSecond: 400_000_000)),
            ]),
            assignment: AssignmentPlan(kind: AssignmentCatalog.kinds.kinds[0], values: ParameterValues([:])))
    }

    /// 400 MB/s and 10 ms an item for three hundred telescopes, as in the worldwide fleet.
    private var store: StorePlan {
        StorePlan(
            values: ParameterValues([
                "write-rate": .rate(DataRate(bitsPerSecond: Int64(telescopes) * 32_000_000 / 3)),
                "overhead": .duration(Duration(nanoseconds: 3_000_000_000 / Int64(telescopes))),
            ]))
    }
}
