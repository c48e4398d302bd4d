import OrreryKernel

/// Several comparisons at once: p-values raised so that all of them together keep one error.
///
/// Who compares five alternatives at 5 % each raises a false alarm in up to a quarter of experiments. After the
/// correction, naming all with an adjusted p-value of at most 5 % raises any false alarm in at most 5 % of
/// experiments, whatever the dependence between them: alternatives that share a baseline and its seeds are covered.
///
/// Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6
/// (1979).
public enum HolmCorrection {
    /// The adjusted p-values, in the order of those given, which lie in 0…1.
    ///
    /// - Complexity: that of sorting.
    public static func adjusted(_ pValues: [Double]) -> [Double] {
        var adjusted = pValues
        var largest = 0.0
        let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
        for (rank, place) in order.enumerated() {
            invariant((0...1).contains(pValues[place]), "\(pValues[place]) is no p-value")
            largest = max(largest, min(1, Double(pValues.count - rank) * pValues[place]))
            adjusted[place] = largest
        }
        return adjusted
    }
}
