public import OrreryModel

/// How a run is classed, from its load alone, with nothing that knows a scenario.
///
/// A bin is in **distress** if
/// - of what ended in the last fiftieth of the run up to it, more than a fifth was lost; or
/// - the backlog is more than the network could clear in a tenth of the run at its best, which is the goodput that it
///   did not exceed in 95 % of its loaded bins, each taken with the fiftieth of the run before it; or
/// - in the last tenth of the run up to it, there was something to carry all the time, and less than a fifth of what
///   entered was delivered.
///
/// The **end** of a run is its last loaded bins, a tenth of the run: hours in which there is nothing to carry say
/// nothing. It is in distress if more than half of it is. Then the run is
/// - **metastable** if an earlier stretch of a tenth of the run was sound throughout: with at least 95 % of the end's
///   load, 95 % of it delivered, as much broken as at the end, and a goodput that has since fallen by at least a
///   quarter. The trigger is gone, the load was carried before, and yet the goodput stays low;
/// - **collapsed** otherwise: under a load that it never carried, or with something still broken.
///
/// A run that is sound at its end is collapsed as well if it lost more than a fifth of its load, for instance of every
/// night's; else it is **recovered** if it was in distress for more than a twentieth of its time, and **stable** if
/// not.
///
/// All of it are ratios, so that a load ten times as large in a network ten times as fast has the same class.
///
/// - A run in which nothing was carried has no class, nor has one in which nothing ended and load came only in its
///   second half: it was too short.
/// - An overload below a tenth is not seen: the backlog grows by the same share of every run, however long it is.
/// - A failure in the last eighth of a run is not seen either: distress needs nearly a tenth of the run to come, and
///   half of the end to show.
/// - Runs of few items are classed by chance: a thousand are few where the utilisation is near one.
///
/// Source: N. Bronson, A. Aghayev, A. Charapko, T. Zhu, "Metastable Failures in Distributed Systems" (HotOS 2021):
/// a trigger, a sustaining effect, and a bad state that stays without the trigger; L. Huang et al., "Metastable
/// Failures in the Wild" (OSDI 2022): the state is one of low goodput. The shares are ours.
extension RunClass {
    /// A loss of more than this share of what ends is distress.
    static let lossShare = 0.2
    /// A backlog that takes longer than this share of the run to clear is distress.
    static let backlogShare = 0.1
    /// A goodput below this share of what enters is none.
    static let starvedShare = 0.2
    /// The end of a run, and a stretch that shows that a load is carried, are this share of it.
    static let stretchShare = 0.1
    /// Losses and goodput are taken over this share of the run.
    static let windowShare = 0.02
    /// Distress for a shorter share of the run is a moment.
    static let momentShare = 0.05
    /// A load is carried, or as high as another, from this share on.
    static let carriedShare = 0.95
    /// Goodput that has fallen to this share of what it was is low.
    static let lowGoodputShare = 0.75

    /// The class of a run; nil if nothing can be said.
    ///
    /// - Complexity: O(bins) for runs that are sound at the end, else O(bins²)
    public init?(_ load: RunLoad) {
        let loaded = load.loadedBins
        let count = load.delivered.count
        guard let first = loaded.first else { return nil }
        let (delivered, lost) = (load.delivered.reduce(0, +), load.lost.reduce(0, +))
        if delivered + lost == 0, first >= count / 2 { return nil }
        let isDistressed = RunClass.distress(of: load, loaded)
        let stretch = max(1, Int(RunClass.stretchShare * Double(count)))
        let end = loaded.suffix(stretch)
        if end.count(where: { isDistressed[$0] }) * 2 > end.count {
            self = RunClass.wasCarriedBefore(end, load, isDistressed) ? .metastable : .collapsed
        } else if lost > RunClass.lossShare * (lost + delivered) {
            self = .collapsed
        } else {
            let share = Double(isDistressed.count { $0 }) / Double(count)
            self = share > RunClass.momentShare ? .recovered : .stable
        }
    }

    /// Whether each bin of a run is in distress.
    static func distress(of load: RunLoad) -> [Bool] {
        let loaded = load.loadedBins
        return loaded.isEmpty ? load.delivered.map { _ in false } : distress(of: load, loaded)
    }

    private static func distress(of load: RunLoad, _ loaded: [Int]) -> [Bool] {
        let count = load.delivered.count
        let window = max(1, Int(windowShare * Double(count)))
        let stretch = max(1, Int(stretchShare * Double(count)))
        let offered = load.offered
        func sum(_ values: [Double], before bin: Int) -> Double {
            values[max(0, bin - window + 1)...bin].reduce(0, +)
        }
        let goodput = loaded.map { sum(load.delivered, before: $0) / Double(min(window, $0 + 1)) }.sorted()
        let best = goodput[min(goodput.count - 1, goodput.count * 95 / 100)]
        let limit = backlogShare * Double(count) * best
        var isDistressed = [Bool](repeating: false, count: count)
        var (before, length) = (-2, 0)
        for bin in loaded {
            let (delivered, lost) = (sum(load.delivered, before: bin), sum(load.lost, before: bin))
            length = before == bin - 1 ? length + 1 : 1
            before = bin
            let last = max(0, bin - stretch + 1)...bin
            let isStarved =
                length >= stretch
                && load.delivered[last].reduce(0, +) < starvedShare * offered[last].reduce(0, +)
            isDistressed[bin] =
                isStarved || lost > lossShare * (lost + delivered) || load.backlog[bin] > limit
        }
        return isDistressed
    }

    /// Whether the load of the end was carried soundly before, with as much broken, and by a higher goodput.
    private static func wasCarriedBefore(_ end: ArraySlice<Int>, _ load: RunLoad, _ isDistressed: [Bool]) -> Bool {
        guard let first = end.first else { return false }
        let stretch = max(1, Int(stretchShare * Double(isDistressed.count)))
        guard first >= stretch else { return false }
        let offered = load.offered
        func mean(_ values: [Double], _ bins: some Collection<Int>) -> Double {
            bins.reduce(0) { $0 + values[$1] } / Double(bins.count)
        }
        let (endOffered, endGoodput) = (mean(offered, end), mean(load.delivered, end))
        let endTrouble = mean(load.trouble, end)
        return (0...first - stretch).contains { start in
            let bins = start..<start + stretch
            if bins.contains(where: { isDistressed[$0] }) { return false }
            let (load, goodput, trouble) = (mean(offered, bins), mean(load.delivered, bins), mean(load.trouble, bins))
            return load >= carriedShare * endOffered && goodput >= carriedShare * load
                && endGoodput <= lowGoodputShare * goodput && endTrouble < trouble + 0.5
        }
    }
}
