import Foundation
import OrreryKernel
import OrreryStatistics

/// How well samples agree with a distribution: the probability of a worse agreement if they come from it.
enum GoodnessOfFit {
    /// The two-sided test of Kolmogorov and Smirnov for continuous distributions.
    ///
    /// Source: M. A. Stephens, JRSS B 32 (1970), for the correction to the asymptotic distribution.
    static func kolmogorovSmirnov(_ samples: [Double], cumulative: (Double) -> Double) -> Double {
        let count = Double(samples.count)
        var distance = 0.0
        for (index, sample) in samples.sorted().enumerated() {
            let probability = cumulative(sample)
            distance = max(distance, probability - Double(index) / count, Double(index + 1) / count - probability)
        }
        let x = distance * (count.squareRoot() + 0.12 + 0.11 / count.squareRoot())
        var sum = 0.0
        for k in 1...100 {
            let term = Foundation.exp(-2 * Double(k * k) * x * x)
            sum += k.isMultiple(of: 2) ? -term : term
        }
        return min(1, max(0, 2 * sum))
    }

    /// The chi-square test for counts, with cells of at least 20 expected samples each and the tail in the last one.
    static func chiSquare(_ samples: [Double], from first: Int = 0, cumulative: (Int) -> Double) -> Double {
        let count = Double(samples.count)
        let sorted = samples.sorted()
        var (statistic, cells) = (0.0, 0)
        var (position, covered) = (0, 0.0)
        var value = first
        while covered < 1 {
            let reached = cumulative(value)
            let isLast = count * (1 - reached) < 20
            if count * (reached - covered) >= 20 || isLast {
                let start = position
                while position < sorted.count, isLast || sorted[position] <= Double(value) { position += 1 }
                let expected = count * ((isLast ? 1 : reached) - covered)
                let difference = Double(position - start) - expected
                statistic += difference * difference / expected
                cells += 1
                covered = isLast ? 1 : reached
            }
            value += 1
        }
        return cells > 1 ? GSLBridge.chiSquareTail(statistic, freedom: Double(cells - 1)) : 1
    }
}
