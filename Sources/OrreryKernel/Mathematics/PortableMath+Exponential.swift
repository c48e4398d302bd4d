extension PortableMath {
    /// e to the power x; infinite above 709.79, zero below −745.14, and not-a-number is a bug.
    public static func exp(_ x: Double) -> Double {
        invariant(!x.isNaN, "the exponential of not-a-number does not exist")
        if x > 709.79 { return .infinity }
        if x < -745.14 { return 0 }
        let power = nearest(x * 0x1.71547652b82fep0)
        let high = x - power * naturalLogOf2.high
        let low = power * naturalLogOf2.low
        let rest = high - low
        let c = exponentialRemainder(rest)
        return scaled(1 + (rest * c / (2 - c) - low + high), by: Int(power))
    }

    /// x − x (eˣ + 1) ÷ (eˣ − 1) + 2, the small difference from which eˣ follows, for x up to ½ ln 2.
    ///
    /// Source: fdlibm, e_exp.c.
    @inline(__always)
    private static func exponentialRemainder(_ x: Double) -> Double {
        let t = x * x
        let inner = 0x1.1566aaf25de2cp-14 + t * (-0x1.bbd41c5d26bf1p-20 + t * 0x1.6376972bea4dp-25)
        return x - t * (0x1.555555555553ep-3 + t * (-0x1.6c16c16bebd93p-9 + t * inner))
    }

    /// e to the power x, less 1, exact to the last place also where x is tiny; infinite above 709.79.
    ///
    /// Source: fdlibm, s_expm1.c.
    public static func expm1(_ x: Double) -> Double {
        invariant(!x.isNaN, "the exponential of not-a-number does not exist")
        if x > 709.79 { return .infinity }
        if x < -40 { return -1 }
        if x.magnitude < 0x1p-54 { return x }
        let power = x.magnitude > 0.34657 ? nearest(x * 0x1.71547652b82fep0) : 0
        let high = x - power * naturalLogOf2.high
        let low = power * naturalLogOf2.low
        let rest = high - low
        let lost = (high - rest) - low
        let half = 0.5 * rest
        let square = rest * half
        let inner = -0x1.4ce199eaadbb7p-14 + square * (0x1.0cfca86e65239p-18 + square * -0x1.afdb76e09c32dp-23)
        let r = 1 + square * (-0x1.11111111110f4p-5 + square * (0x1.a01a019fe5585p-10 + square * inner))
        let t = 3 - r * half
        var e = square * ((r - t) / (6 - rest * t))
        if power == 0 { return rest - (rest * e - square) }
        e = (rest * (e - lost) - lost) - square
        if power == -1 { return 0.5 * (rest - e) - 0.5 }
        if power == 1 { return rest < -0.25 ? -2 * (e - (rest + 0.5)) : 1 + 2 * (rest - e) }
        let exponent = Int(power)
        if exponent <= -2 || exponent > 56 { return scaled(1 - (e - rest), by: exponent) - 1 }
        let small = scaled(1, by: -exponent)
        return scaled(exponent < 20 ? (1 - small) - (e - rest) : (rest - (e + small)) + 1, by: exponent)
    }

    /// x to the power y, for a positive, finite x and a finite y; infinite if too large and zero if too small.
    ///
    /// The logarithm to base 2 is carried in two parts, about 70 bits together, so that a large exponent does not
    /// magnify its error.
    ///
    /// Source: fdlibm, e_pow.c.
    public static func pow(_ x: Double, _ y: Double) -> Double {
        invariant(x > 0 && x < .infinity && y.isFinite, "the power \(x) ^ \(y) does not exist")
        if y == 0 || x == 1 { return 1 }
        if y == 1 { return x }
        if y.magnitude > 0x1p64 { return (x > 1) == (y > 0) ? .infinity : 0 }
        let logarithm = binaryLogarithm(x)
        let yHigh = high(y)
        let productLow = (y - yHigh) * logarithm.high + y * logarithm.low
        let productHigh = yHigh * logarithm.high
        let product = productLow + productHigh
        if product >= 1025 { return .infinity }
        if product <= -1076 { return 0 }
        return powerOf2(high: productHigh, low: productLow)
    }

    /// 2 to the power of a number in two parts.
    @inline(__always)
    private static func powerOf2(high productHigh: Double, low productLow: Double) -> Double {
        let power = nearest(productHigh + productLow)
        let rest = productHigh - power
        let t = high(productLow + rest)
        let u = t * 0x1.62e43p-1
        let v = (productLow - (t - rest)) * 0x1.62e42fefa39efp-1 + t * -0x1.05c610ca86c39p-29
        let z = u + v
        let w = v - (z - u)
        let c = exponentialRemainder(z)
        let r = z * c / (c - 2) - (w + z * w)
        return scaled(1 - (r - z), by: Int(power))
    }

    /// The logarithm to base 2 in two parts, the high one with at most 21 significant bits.
    ///
    /// With s = (m − b) ÷ (m + b) for b = 1 or 1.5, log₂ m = log₂ b + 2 ÷ (3 ln 2) × (3 s + s³ + …), every sum in two
    /// parts.
    private static func binaryLogarithm(_ x: Double) -> (high: Double, low: Double) {
        var bits = x.bitPattern
        var exponent = 0
        if bits < 0x0010_0000_0000_0000 {
            bits = (x * 0x1p54).bitPattern
            exponent = -54
        }
        exponent += Int(bits &>> 52) &- 1023
        var m = Double(bitPattern: bits & 0x000F_FFFF_FFFF_FFFF | 0x3FF0_0000_0000_0000)
        if m >= 0x1.bb67ap0 {
            m *= 0.5
            exponent += 1
        }
        let isUpper = m > 0x1.3988ep0
        let base = isUpper ? 1.5 : 1.0
        let baseHigh = isUpper ? 0x1.2b8034p-1 : 0.0
        let baseLow = isUpper ? 0x1.cfdeb43cfd006p-27 : 0.0
        let difference = m - base
        let inverse = 1 / (m + base)
        let s = difference * inverse
        let sHigh = high(s)
        let sumHigh = high(m + base)
        let sumLow = m - (sumHigh - base)
        let sLow = inverse * ((difference - sHigh * sumHigh) - sHigh * sumLow)
        let square = s * s
        let tail = 0x1.17460a91d4101p-2 + square * (0x1.d864a93c9db65p-3 + square * 0x1.a7e284a454eefp-3)
        let middle = 0x1.b6db6db6fabffp-2 + square * (0x1.55555518f264dp-2 + square * tail)
        let rest = square * square * (0x1.3333333333303p-1 + square * middle) + sLow * (sHigh + s)
        let squareHigh = sHigh * sHigh
        let factorHigh = high(3 + squareHigh + rest)
        let factorLow = rest - ((factorHigh - 3) - squareHigh)
        let u = sHigh * factorHigh
        let v = sLow * factorHigh + factorLow * s
        let partHigh = high(u + v)
        let partLow = v - (partHigh - u)
        let scaledHigh = 0x1.ec709ep-1 * partHigh
        let scaledLow = -0x1.e2fe0145b01f5p-28 * partHigh + partLow * 0x1.ec709dc3a03fdp-1 + baseLow
        let whole = Double(exponent)
        let result = high(((scaledHigh + scaledLow) + baseHigh) + whole)
        return (result, scaledLow - (((result - whole) - baseHigh) - scaledHigh))
    }
}
