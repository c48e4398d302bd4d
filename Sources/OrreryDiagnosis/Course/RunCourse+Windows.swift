import OrreryKernel
import OrreryModel

// How rules look at a course: over windows, in spells, and at shares, so that neither load nor length matters.
extension RunCourse {
    /// Shares are taken over this share of the run: as many bins as the class of a run looks at.
    static let windowShare = RunClass.windowShare
    /// What lasts for a shorter share of the run is a moment, and no symptom.
    static let momentShare = RunClass.momentShare

    /// How many bins a window has.
    var window: Int { max(1, Int(RunCourse.windowShare * Double(count))) }
    /// How many bins are more than a moment.
    var moment: Int { max(2, Int((RunCourse.momentShare * Double(count)).rounded(.up))) }

    /// When a bin begins.
    func start(of bin: Int) -> Duration { Duration(nanoseconds: Int64(bin) * binWidth.nanoseconds) }
    /// When the bin before this one ends.
    func end(of bins: Range<Int>) -> Duration { min(duration, start(of: bins.upperBound)) }

    /// The sums over the window around each bin: half of it before, half of it behind.
    func windowed(_ values: [Double]) -> [Double] {
        var sums = [0.0]
        for value in values { sums.append((sums.last ?? 0) + value) }
        let half = window / 2
        return values.indices.map { bin in
            sums[min(values.count, bin + half + 1)] - sums[max(0, bin - half)]
        }
    }

    /// The windowed sum of one series as a share of that of another; zero where there is none of the other.
    func share(_ part: [Double], of whole: [Double]) -> [Double] {
        zip(windowed(part), windowed(whole)).map { $1 > 0 ? $0 / $1 : 0 }
    }

    /// The stretches in which something holds, those with gaps of at most a window joined, without those that are a
    /// moment.
    func spells(_ holds: [Bool]) -> [Range<Int>] {
        var spells: [Range<Int>] = []
        for bin in holds.indices where holds[bin] {
            if let last = spells.last, bin - last.upperBound <= window {
                spells[spells.count - 1] = last.lowerBound..<bin + 1
            } else {
                spells.append(bin..<bin + 1)
            }
        }
        return spells.filter { spell in spell.count >= moment && 2 * spell.count { holds[$0] } >= spell.count }
    }

    /// The bins in which anything was counted, from the first to the last; nil if nothing was.
    func extent(of values: [Double]) -> Range<Int>? {
        guard let first = values.firstIndex(where: { $0 > 0 }), let last = values.lastIndex(where: { $0 > 0 }) else {
            return nil
        }
        return first..<last + 1
    }

    /// The items in some stages together, by bin.
    func items(in stages: [Stage]) -> [Double] {
        stages.compactMap { self.stages[$0] }.reduce([Double](repeating: 0, count: count)) { zip($0, $1).map(+) }
    }

    /// Items lost for some reasons together, by bin.
    func losses(_ reasons: [LossReason]) -> [Double] {
        reasons.compactMap { lost[$0] }.reduce([Double](repeating: 0, count: count)) { zip($0, $1).map(+) }
    }
}

extension [Double] {
    /// The sum of all.
    var sum: Double { reduce(0, +) }

    /// The mean over a range of places; zero over none.
    func mean(_ places: Range<Int>) -> Double {
        places.isEmpty ? 0 : self[places].reduce(0, +) / Double(places.count)
    }

    /// The sum over a range of places.
    func sum(_ places: Range<Int>) -> Double { self[places].reduce(0, +) }
}
