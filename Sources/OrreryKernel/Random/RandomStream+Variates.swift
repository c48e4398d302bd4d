extension RandomStream {
    /// A sample of the exponential distribution with mean 1; always positive.
    public mutating func standardExponential() -> Double {
        let table = Ziggurat.exponential
        var start = 0.0
        while true {
            let bits = next()
            let layer = Int(bits & 255)
            let x = Double((bits &>> 11) &+ 1) * 0x1p-53 * table.edges[layer]
            if x < table.edges[layer + 1] { return start + x }
            if layer == 0 {
                // Beyond the tail's start the distribution begins anew: it has no memory.
                start += table.edges[1]
            } else if isBelow(PortableMath.exp(-x), in: layer, of: table) {
                return start + x
            }
        }
    }

    /// A sample of the normal distribution with mean 0 and standard deviation 1.
    public mutating func standardNormal() -> Double {
        let table = Ziggurat.normal
        while true {
            let bits = next()
            let layer = Int(bits & 255)
            let sign = bits & 256 == 0 ? 1.0 : -1.0
            let x = Double(bits &>> 11) * 0x1p-53 * table.edges[layer]
            if x < table.edges[layer + 1] { return sign * x }
            if layer == 0 { return sign * normalTail(from: table.edges[1]) }
            if isBelow(PortableMath.exp(-0.5 * x * x), in: layer, of: table) { return sign * x }
        }
    }

    /// A sample of the gamma distribution with scale 1 and a positive shape; its mean is the shape.
    ///
    /// Source: G. Marsaglia, W. W. Tsang, "A simple method for generating gamma variables", ACM TOMS 26 (2000). A shape
    /// below 1 comes from the shape one larger, times a power of a uniform number.
    public mutating func standardGamma(shape: Double) -> Double {
        invariant(shape > 0 && shape < .infinity, "a gamma distribution cannot have the shape \(shape)")
        if shape < 1 {
            let larger = largeGamma(shape: shape + 1)
            return larger * PortableMath.exp(-standardExponential() / shape)
        }
        return largeGamma(shape: shape)
    }

    private mutating func largeGamma(shape: Double) -> Double {
        let d = shape - 0x1.5555555555555p-2
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = standardNormal()
            let step = c * x
            if step <= -1 { continue }
            let root = 1 + step
            let v = root * root * root
            let square = x * x
            let u = positiveUnit()
            if u < 1 - 0.0331 * square * square { return d * v }
            // d (1 − v + log v), without the cancellation of 1 and v.
            let excess = d * (3 * PortableMath.log1p(step) - step * (3 + step * (3 + step)))
            if PortableMath.log(u) < 0.5 * square + excess { return d * v }
        }
    }

    /// Whether a random height in a layer lies below the density.
    private mutating func isBelow(_ density: Double, in layer: Int, of table: Ziggurat) -> Bool {
        let floor = table.heights[layer]
        return floor + unit() * (table.heights[layer + 1] - floor) < density
    }

    /// A sample of the normal distribution beyond a positive start.
    ///
    /// Source: G. Marsaglia, "Generating a variable from the tail of the normal distribution", Technometrics 6 (1964).
    private mutating func normalTail(from start: Double) -> Double {
        while true {
            let x = standardExponential() / start
            let y = standardExponential()
            if y + y > x * x { return start + x }
        }
    }
}
