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
        case .log: "2405ccc87ef320d8ba2343fcbe39ef68"
        case .log1p: "8b20fc10b4f364ec62db733339ad7ee6"
        case .exp: "2409ee39f616eb67a6a8941273ee7aeb"
        case .expm1: "aaf4dcfb9891c13afa6e037d3c35cca3"
        case .pow: "cc3d92216ab14ab8f342d660a49ca57c"
        case .sin: "e429c17f89e0c800555ad2375d0e46e4"
        case .cos: "395bb6874eed66c466f09a6d44f799ba"
        case .tan: "5a34823ff3088f75e38536194e6b02f4"
        case .asin: "db868f89487a2b21201d7ba5905281c2"
        case .acos: "a842cc9a0fca8d837bc710a7ba6c60c1"
        case .atan: "1ca2bfc40c27bd46dc4077855c707fda"
        case .atan2: "5e30aef692fe3d94cee3316caad5b525"
        case .logGamma: "49e220512cfef3d832527fd6c9363197"
        }
    }
}
