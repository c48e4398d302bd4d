import Foundation
import Testing

@testable import OrreryKernel

@Suite("Portable mathematics")
struct PortableMathTests {
    @Test("is the correctly rounded value, give or take one unit in the last place", arguments: PortableMathTable.rows)
    func agreesWithTheTable(row: PortableMathTable.Row) {
        let value = row.function.value(row.x, row.y)
        let exact = Double(bitPattern: row.exact)
        let error = abs(value - exact) / exact.ulp
        #expect(error <= row.function.tolerance, "\(row.function)(\(row.x), \(row.y)) is \(value), not \(exact)")
    }

    @Test("agrees with the C library at 100,000 arguments", arguments: PortableFunction.allCases)
    func agreesWithTheLibrary(function: PortableFunction) {
        var stream = RandomStream(seed: 1, entity: "\(function)", purpose: "accuracy")
        var worst = 0.0
        for _ in 0..<100_000 {
            let (x, y) = function.arguments(using: &stream)
            let expected = function.referenceValue(x, y)
            guard expected.isNormal else { continue }
            let unit = function == .logGamma ? 16 * max(1, abs(expected)).ulp : expected.ulp
            worst = max(worst, abs(function.value(x, y) - expected) / unit)
        }
        #expect(worst <= function.tolerance + 1)
    }

    @Test("has the same bits everywhere, at 100,000 arguments", arguments: PortableFunction.allCases)
    func hasTheGoldenDigest(function: PortableFunction) {
        var stream = RandomStream(seed: 2, entity: "\(function)", purpose: "digest")
        var digest = Fingerprint()
        for _ in 0..<100_000 {
            let (x, y) = function.arguments(using: &stream)
            digest.absorb(x.bitPattern, y.bitPattern, function.value(x, y).bitPattern, 0)
        }
        #expect(digest.description == function.digest)
    }

    @Test("has infinities, zeros and exact values where it says so")
    func edges() {
        #expect(PortableMath.exp(709.8) == .infinity && PortableMath.exp(709.78).isFinite)
        #expect(PortableMath.exp(-746) == 0 && PortableMath.exp(-745.13) == .leastNonzeroMagnitude)
        #expect(PortableMath.exp(.infinity) == .infinity && PortableMath.exp(-.infinity) == 0)
        #expect(PortableMath.exp(0) == 1 && PortableMath.log(1) == 0)
        #expect(PortableMath.expm1(-.infinity) == -1 && PortableMath.expm1(710) == .infinity)
        #expect(PortableMath.log(.leastNonzeroMagnitude) == -744.4400719213812)
        #expect(PortableMath.pow(2, 1024) == .infinity && PortableMath.pow(2, 1023) == 0x1p1023)
        #expect(PortableMath.pow(2, -1074) == .leastNonzeroMagnitude && PortableMath.pow(2, -1080) == 0)
        #expect(PortableMath.pow(0.5, 1e300) == 0 && PortableMath.pow(0.5, -1e300) == .infinity)
        #expect(PortableMath.pow(3, 0) == 1 && PortableMath.pow(1, 1e300) == 1 && PortableMath.pow(9, 0.5) == 3)
        #expect(PortableMath.sin(0) == 0 && PortableMath.cos(0) == 1 && PortableMath.tan(0) == 0)
        #expect(PortableMath.acos(1) == 0 && PortableMath.acos(-1) == PortableMath.pi)
        #expect(PortableMath.atan(.infinity) == PortableMath.pi / 2)
        #expect(PortableMath.atan(-.infinity) == -PortableMath.pi / 2)
        #expect(PortableMath.atan2(0, -1) == PortableMath.pi && PortableMath.atan2(0, 0) == 0)
        #expect(abs(PortableMath.logGamma(1)) < 1e-14 && abs(PortableMath.logGamma(2)) < 1e-14)
    }

    @Test("the identities hold that samplers lean on")
    func identities() {
        var stream = RandomStream(seed: 3, entity: "identities", purpose: "test")
        for _ in 0..<10_000 {
            let x = 20 * stream.unit() - 10
            #expect(abs(PortableMath.log(PortableMath.exp(x)) - x) < 1e-14)
            #expect(abs(PortableMath.log1p(PortableMath.expm1(x)) - x) < 1e-11)
            let (sine, cosine) = (PortableMath.sin(x), PortableMath.cos(x))
            #expect(abs(sine * sine + cosine * cosine - 1) < 1e-15)
        }
    }

    @Test("stops outside of its domain")
    func domains() async {
        await #expect(processExitsWith: .failure) { _ = PortableMath.log(0) }
        await #expect(processExitsWith: .failure) { _ = PortableMath.log(-1) }
        await #expect(processExitsWith: .failure) { _ = PortableMath.log1p(-1) }
        await #expect(processExitsWith: .failure) { _ = PortableMath.exp(.nan) }
        await #expect(processExitsWith: .failure) { _ = PortableMath.pow(0, 1) }
        await #expect(processExitsWith: .failure) { _ = PortableMath.sin(1.1e6) }
        await #expect(processExitsWith: .failure) { _ = PortableMath.asin(1.0000001) }
        await #expect(processExitsWith: .failure) { _ = PortableMath.logGamma(0) }
    }
}

/// The functions under test, each with its counterpart in the C library and arguments over its useful range.
enum PortableFunction: CaseIterable {
    case log, log1p, exp, expm1, pow, sin, cos, tan, asin, acos, atan, atan2, logGamma

    /// How far the value may lie from the exact one, in units in the last place.
    var tolerance: Double {
        switch self {
        case .tan, .atan2: 2
        case .logGamma: 60
        default: 1
        }
    }

    func value(_ x: Double, _ y: Double) -> Double {
        switch self {
        case .log: PortableMath.log(x)
        case .log1p: PortableMath.log1p(x)
        case .exp: PortableMath.exp(x)
        case .expm1: PortableMath.expm1(x)
        case .pow: PortableMath.pow(x, y)
        case .sin: PortableMath.sin(x)
        case .cos: PortableMath.cos(x)
        case .tan: PortableMath.tan(x)
        case .asin: PortableMath.asin(x)
        case .acos: PortableMath.acos(x)
        case .atan: PortableMath.atan(x)
        case .atan2: PortableMath.atan2(x, y)
        case .logGamma: PortableMath.logGamma(x)
        }
    }

    func referenceValue(_ x: Double, _ y: Double) -> Double {
        switch self {
        case .log: Foundation.log(x)
        case .log1p: Foundation.log1p(x)
        case .exp: Foundation.exp(x)
        case .expm1: Foundation.expm1(x)
        case .pow: Foundation.pow(x, y)
        case .sin: Foundation.sin(x)
        case .cos: Foundation.cos(x)
        case .tan: Foundation.tan(x)
        case .asin: Foundation.asin(x)
        case .acos: Foundation.acos(x)
        case .atan: Foundation.atan(x)
        case .atan2: Foundation.atan2(x, y)
        case .logGamma: Foundation.lgamma(x)
        }
    }

    /// Arguments made of + − × ÷ and bits alone, so that they are the same everywhere.
    func arguments(using stream: inout RandomStream) -> (x: Double, y: Double) {
        let u = stream.positiveUnit()
        let sign = stream.next() & 1 == 0 ? 1.0 : -1.0
        // From 2^-30 to 2^30, evenly over the orders of magnitude.
        let wide = u * Double(bitPattern: UInt64(1023 - 30 + stream.index(below: 61)) << 52)
        return switch self {
        case .log, .logGamma: (wide, 0)
        case .log1p: (sign > 0 ? wide : -0.999 * u, 0)
        case .exp, .expm1: (sign * u * (stream.next() & 1 == 0 ? 700 : 2), 0)
        case .pow: (wide, sign * 30 * stream.unit())
        case .sin, .cos, .tan: (sign * u * (stream.next() & 1 == 0 ? 1e6 : 10), 0)
        case .asin, .acos: (sign * u, 0)
        case .atan: (sign * wide, 0)
        case .atan2: (sign * wide, 2 * stream.unit() - 1)
        }
    }

    /// The fingerprint of 100,000 arguments and values.
    var digest: String {
        switch self {
        case .log: "c5c500cc10bb27dbda786463d2001942"
        case .log1p: "bc228ba9f7211d22ea4622bd75345c50"
        case .exp: "09862454015048f65250df74d28fb033"
        case .expm1: "60eee4136c46a2971b8ef34eb61e8499"
        case .pow: "9b919aa616e5716d8b1e4bad4a1b62da"
        case .sin: "3da1f7b97e1db31e7bc71f03abf31f66"
        case .cos: "32c8ec3bdc61dc0793c3262d658da013"
        case .tan: "222c88935ce248a68dbdd784888a9e83"
        case .asin: "7a0f075f66b00200e90da07cfb4e4a48"
        case .acos: "4bddde56c39c2fee67626c44f1ad8aed"
        case .atan: "1c8c65fa9a29f0a81e886c97628f150b"
        case .atan2: "a48d4f374a9b3e9df62df5c767a5ea3d"
        case .logGamma: "08177ac4d7b570810b7152fef1a94377"
        }
    }
}
