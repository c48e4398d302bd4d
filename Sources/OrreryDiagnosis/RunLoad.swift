import OrreryKernel
public import OrreryModel

/// What a run had to carry and what it did, bin by bin: all that its class depends on.
public struct RunLoad: Equatable, Sendable {
    /// Items delivered in each bin: the goodput.
    public let delivered: [Double]
    /// Items lost in each bin.
    public let lost: [Double]
    /// Items inside the network, on average over each bin.
    public let backlog: [Double]
    /// Faults, outages of lines and crashed workers, on average over each bin.
    public let trouble: [Double]

    /// A load from its series, which have one value a bin.
    public init(delivered: [Double], lost: [Double], backlog: [Double], trouble: [Double]) {
        self.delivered = delivered
        self.lost = lost
        self.backlog = backlog
        self.trouble = trouble
    }

    /// The load of a run, warm-up included, for a trigger may lie in it.
    ///
    /// The network begins behind the telescopes' disks: what rests there, by an upload policy or because a line is
    /// slow, is late, but not a backlog under which anything breaks down.
    public init(_ series: RunSeries) {
        delivered = series.delivered.bins.map { Double($0) }
        lost = series.lost.bins.map { Double($0) }
        let inside = series.stages.enumerated().filter { $0.offset != Stage.disk.rawValue }.map(\.element)
        backlog = inside.dropFirst().reduce(inside[0], +).means(on: series.grid)
        trouble = (series.activeFaults + series.uplinksInOutage + series.crashedWorkers).means(on: series.grid)
    }

    /// Items that entered the network in each bin: those that left it, and the growth of the backlog.
    var offered: [Double] {
        delivered.indices.map { bin in
            let growth = backlog[bin] - (bin == 0 ? 0 : backlog[bin - 1])
            return max(0, delivered[bin] + lost[bin] + growth)
        }
    }

    /// The bins in which there was anything to carry.
    var loadedBins: [Int] {
        delivered.indices.filter { delivered[$0] + lost[$0] > 0 || backlog[$0] > 0 }
    }
}
