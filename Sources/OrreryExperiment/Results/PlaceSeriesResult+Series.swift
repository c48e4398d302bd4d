import OrreryKernel
import OrreryModel

extension PlaceSeriesResult {
    /// What a run's series of places says.
    init(_ series: PlaceSeries) {
        let (quantity, unit, scale) =
            switch series.kind {
            case .nodes: ("messages that wait in the inbox", "messages", 1.0)
            case .partitions: ("copies that wait in the partition", "copies", 1.0)
            case .uplinks: ("how busy the busiest line was", "share", 1000.0)
            }
        self.init(
            kind: series.kind.rawValue, quantity: quantity, unit: unit, intervalSeconds: series.interval.seconds,
            names: series.names, rows: series.rows.map { $0.bins.map { Double($0) / scale } })
    }
}
