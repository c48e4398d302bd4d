extension RandomStream {
    /// A sample of the Poisson distribution: how many arrivals of rate 1 there are in a time of this mean, 0…10⁹.
    ///
    /// A small mean counts exponential gaps. A large one uses transformed rejection with squeeze, in constant time; the
    /// logarithm of the probability is formed around the mean, so that it is good to 10⁻¹² also there.
    ///
    /// Source: W. Hörmann, "The transformed rejection method for generating Poisson random variables", Insurance:
    /// Mathematics and Economics 12 (1993), algorithm PTRS.
    public mutating func poisson(mean: Double) -> Double {
        invariant(mean >= 0 && mean <= 1e9, "a Poisson distribution has a mean in 0...1e9, not \(mean)")
        if mean >= 10 { return largePoisson(mean: mean) }
        var count = 0.0
        var time = standardExponential()
        while time <= mean {
            count += 1
            time += standardExponential()
        }
        return count
    }

    private mutating func largePoisson(mean: Double) -> Double {
        let b = 0.931 + 2.53 * mean.squareRoot()
        let a = -0.059 + 0.02483 * b
        let inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
        let squeeze = 0.9277 - 3.6224 / (b - 2)
        while true {
            let u = unit() - 0.5
            let v = positiveUnit()
            let distance = 0.5 - u.magnitude
            let count = ((2 * a / distance + b) * u + mean + 0.43).rounded(.down)
            if distance >= 0.07 && v <= squeeze { return count }
            if count < 0 || (distance < 0.013 && v > distance) { continue }
            let bound = PortableMath.log(v * inverseAlpha / (a / (distance * distance) + b))
            if bound <= RandomStream.logPoisson(count, mean: mean) { return count }
        }
    }

    /// The logarithm of the Poisson probability of a count.
    ///
    /// Source: C. Loader, "Fast and accurate computation of binomial probabilities" (2000), the saddle-point form.
    private static func logPoisson(_ count: Double, mean: Double) -> Double {
        if count == 0 { return -mean }
        let t = (count - mean) / mean
        let deviance = mean * ((1 + t) * PortableMath.log1p(t) - t)
        return -deviance - PortableMath.stirlingError(count) - PortableMath.halfLogOf2Pi - 0.5 * PortableMath.log(count)
    }
}
