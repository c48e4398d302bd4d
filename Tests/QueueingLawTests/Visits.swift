import OrreryKernel

/// The book of a part of a model: who came, who went, how many were there, and how long they stayed.
struct Visits {
    private var came = Counter()
    private var went = Counter()
    private var number = TimeWeightedGauge()
    /// The stays of all who went, in nanoseconds.
    private var stays = Int128(0)
    private var staysBefore = Int128(0)

    /// How many are there now.
    var count: Int { number.level }
    /// How many came since the observation started.
    var cameCount: Double { Double(came.observed) }
    /// How many went since the observation started.
    var wentCount: Double { Double(went.observed) }
    /// The mean stay, in seconds, of those who went since the observation started.
    var meanStay: Double { Double(stays - staysBefore) / 1e9 / wentCount }

    /// The mean number since the observation started.
    func meanNumber(at instant: Instant) -> Double { number.mean(at: instant) ?? .nan }

    mutating func enter(at instant: Instant) {
        came.add()
        number.add(1, at: instant)
    }

    mutating func leave(since entry: Instant, at instant: Instant) {
        went.add()
        number.add(-1, at: instant)
        stays += Int128((instant - entry).nanoseconds)
    }

    mutating func restart(at instant: Instant) {
        came.restart()
        went.restart()
        number.restart(at: instant)
        staysBefore = stays
    }

    /// What is wrong with the book, given the instants at which those came who are there now; nil if nothing is.
    ///
    /// Little's law holds exactly for a run of any length: the area under the number is the sum of all stays, if those
    /// who are still there count with their stay so far.
    func fault(present: [Instant], at end: Instant) -> String? {
        if came.total != went.total + Int64(present.count) {
            return "\(came.total) came, \(went.total) went, \(present.count) are there"
        }
        let sum = present.reduce(stays) { $0 + Int128((end - $1).nanoseconds) }
        let area = number.totalArea(at: end)
        return sum == area ? nil : "the stays add up to \(sum) ns, the area under the number is \(area) ns"
    }
}
