import OrreryKernel

/// The marginal standard error rule in batches of five: how much of a run's beginning to cut off.
///
/// A run that starts empty reads too low until it has filled. The rule averages the series in batches of five and
/// cuts where the standard error of what remains is smallest: a batch of the transient raises the variance by more
/// than its absence costs in number. It estimates no distribution and needs no parameter.
///
/// Where it fails, it says so. A minimum in the second half means that the series had not settled for long enough to
/// be judged: the run is too short, and there is no cut. The standard error of the last few batches is small by
/// chance, so a cut that would leave fewer than five is never considered.
///
/// Cut the mean of many replications (`averaged`), not each run by itself, where a run is strongly correlated: the mean
/// shows the transient with less noise. In a single run of a busy queue a long busy period looks like a transient, and
/// cutting it away favours low values. For M/M/1 at a utilisation of 0.95 from empty, over 20 000 customers and 400
/// runs, the mean wait reads 18.5 uncut, 16.4 with a cut for each run, 18.8 with one cut for all; the truth is 19.
///
/// Sources: K. P. White, "An effective truncation heuristic for bias reduction in simulation output", Simulation 69
/// (1997); K. P. White, M. J. Cobb, S. C. Spratt, "A comparison of five steady-state truncation heuristics for
/// simulation", Winter Simulation Conference (2000); for the last batches and the mean of replications: K. Hoad,
/// S. Robinson, R. Davies, "Automating warm-up length estimation", Journal of the Operational Research Society 61
/// (2010).
public enum MSER5 {
    /// How many observations make a batch.
    public static let batchSize = 5
    /// The fewest observations that can be judged: ten batches.
    public static let observationsMin = 50

    private static let batchesKept = 5

    /// How many observations to cut off the beginning, a multiple of five; nil if the run is too short to say.
    ///
    /// The observations are finite and in the order of time; those after the last whole batch do not take part.
    ///
    /// - Complexity: linear in the number of observations.
    public static func cut(_ observations: [Double]) -> Int? {
        if observations.count < observationsMin { return nil }
        let batches = batchMeans(observations)
        // From the end to the beginning, each batch joins those behind it (Welford's recurrence).
        var count = 0.0
        var mean = 0.0
        var squares = 0.0
        var best = (cut: 0, error: Double.infinity)
        for place in batches.indices.reversed() {
            count += 1
            let distance = batches[place] - mean
            mean += distance / count
            squares += distance * (batches[place] - mean)
            let error = squares / (count * count)
            // Of equal errors the earliest cut wins, so that a constant series keeps everything.
            if batches.count - place >= batchesKept, error <= best.error { best = (place, error) }
        }
        return 2 * best.cut > batches.count ? nil : best.cut * batchSize
    }

    /// The mean of several series of the same process, place by place, as far as all of them reach.
    public static func averaged(_ series: [[Double]]) -> [Double] {
        guard let length = series.map(\.count).min() else { return [] }
        return (0..<length).map { place in
            series.reduce(0) { $0 + $1[place] } / Double(series.count)
        }
    }

    private static func batchMeans(_ observations: [Double]) -> [Double] {
        (0..<observations.count / batchSize).map { batch in
            let sum = observations[batch * batchSize..<(batch + 1) * batchSize].reduce(0) { sum, observation in
                invariant(observation.isFinite, "a warm-up cannot be judged from \(observation)")
                return sum + observation
            }
            return sum / Double(batchSize)
        }
    }
}
