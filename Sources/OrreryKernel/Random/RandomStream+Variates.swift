extension RandomStream {
    /// A sample of the exponential distribution with mean 1; always positive.
    @inlinable
    public mutating func standardExponential() -> Double {
        let (x, layer) = exponentialPoint()
        return x < Ziggurat.exponential.edges[layer + 1] ? x : exponentialSample(at: x, in: layer)
    }

    /// A point's distance and layer, evenly spread over the layers of the exponential distribution.
    @inlinable @inline(__always)
    mutating func exponentialPoint() -> (x: Double, layer: Int) {
        let bits = next()
        let layer = Int(bits & 255)
        return (Double((bits &>> 11) &+ 1) * 0x1p-53 * Ziggurat.exponential.edges[layer], layer)
    }

    /// The sample for a point that does not surely lie under the density, which is seldom.
    @inline(never) @usableFromInline
    mutating func exponentialSample(at point: Double, in pointLayer: Int) -> Double {
        var (x, layer) = (point, pointLayer)
        var start = 0.0
        while x >= Ziggurat.exponential.edges[layer + 1] {
            if layer == 0 {
                // Beyond the tail's start the distribution begins anew: it has no memory.
                start += Ziggurat.exponential.edges[1]
            } else {
                let heights = (Ziggurat.exponential.heights[layer], Ziggurat.exponential.heights[layer + 1])
                if isBelow(PortableMath.exp(-x), between: heights) { break }
            }
            (x, layer) = exponentialPoint()
        }
        return start + x
    }

    /// A sample of the normal distribution with mean 0 and standard deviation 1.
    public mutating func standardNormal() -> Double {
        while true {
            let bits = next()
            let layer = Int(bits & 255)
            let sign = bits & 256 == 0 ? 1.0 : -1.0
            let x = Double(bits &>> 11) * 0x1p-53 * Ziggurat.normal.edges[layer]
            if x < Ziggurat.normal.edges[layer + 1] { return sign * x }
            if layer == 0 { return sign * normalTail(from: Ziggurat.normal.edges[1]) }
            let heights = (Ziggurat.normal.heights[layer], Ziggurat.normal.heights[layer + 1])
            if isBelow(PortableMath.exp(-0.5 * x * x), between: heights) { return sign * x }
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

    /// Whether a random height between two lies below the density.
    private mutating func isBelow(_ density: Double, between heights: (lower: Double, upper: Double)) -> Bool {
        heights.lower + unit() * (heights.upper - heights.lower) < density
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
