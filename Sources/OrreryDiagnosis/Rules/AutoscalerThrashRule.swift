import OrreryKernel
import OrreryStatistics

/// An autoscaler that turns round again and again, more often than the load does.
///
/// Reversals alone do not tell: who follows a load that swings turns twice in each of its periods, and rightly so. So
/// the swing of the load is found by its spectrum, and its turns are allowed for. Nor does a controller that settles
/// thrash: it must still turn in the last third of the run.
///
/// Source: the periodogram and Fisher's test (`Periodogram`); restlessness as a count of turns, as in the elasticity
/// metrics of SPEC RG (SPEC-RG-2016-01); the numbers are ours.
enum AutoscalerThrashRule: DiagnosisRule {
    static let kinds = [
        SymptomKind(
            "AutoscalerThrash", summary: "the autoscaler turns round again and again, more often than the load does",
            rule: "at least six changes of direction, some in every third of the run, and more than twice as many as "
                + "the load's own swings ask for; the spectrum of what it wants gives the period",
            causes: ["Fault"])
    ]

    /// Three periods: fewer cannot be told from a controller that settles, and no spectrum resolves them.
    static let reversalsLeast = 6.0
    /// Turns beyond so many times those of the load are the controller's own.
    static let loadFactor = 2.0
    /// A peak in the spectrum that chance makes less often than this is one.
    static let chance = 0.001
    /// A period must fit into the run so often to be one.
    static let cyclesLeast = 3

    static func symptoms(in course: RunCourse) -> [Symptom] {
        guard let scaling = course.replicas, let extent = course.extent(of: scaling.reversals) else { return [] }
        let total = scaling.reversals.sum
        let thirds = (0..<3).map { $0 * course.count / 3..<($0 + 1) * course.count / 3 }
        guard total >= reversalsLeast, thirds.allSatisfy({ scaling.reversals.sum($0) > 0 }) else { return [] }
        let load = Periodogram(course.produced).peak(fromCycles: cyclesLeast)
        let swings = load.map { $0.pValue < chance ? Double($0.cycles) : 0 } ?? 0
        guard total > loadFactor * 2 * swings else { return [] }
        let hours = course.duration.seconds / 3600
        let peak = Periodogram(scaling.wanted).peak(fromCycles: cyclesLeast)
        let period = peak.flatMap { peak in
            peak.pValue < chance
                ? ", and what it wants swings with a period of "
                    + "\(Words.time(Duration(seconds: peak.period * course.binWidth.seconds))) "
                    + "(\(Words.percent(peak.share)) of its variance)" : nil
        }
        let steady =
            swings > 0
            ? "while the load swung \(Words.grouped(swings)) times" : "under a load that did not swing"
        return [
            Symptom(
                kinds[0], start: course.start(of: extent.lowerBound), end: course.end(of: extent),
                place: "the autoscaler",
                evidence: "it changed direction \(Words.grouped(total)) times, \(Words.decimal(total / hours)) an "
                    + "hour, \(steady)\(period ?? "")")
        ]
    }
}
