import OrreryKernel
import Testing

@Suite("A parameter's range")
struct ParameterRangeTests {
    @Test("never contains what is not a finite number", arguments: [Double.nan, .infinity, -.infinity, .signalingNaN])
    func notANumber(magnitude: Double) {
        for range in [ParameterRange.any, .positive, .nonNegative, .within(-1...1), .above(0, upTo: 1)] {
            #expect(!range.contains(magnitude))
        }
    }

    @Test("contains its edges as its name says")
    func edges() {
        #expect(ParameterRange.nonNegative.contains(0) && ParameterRange.nonNegative.contains(-0.0))
        #expect(!ParameterRange.nonNegative.contains(-Double.leastNonzeroMagnitude))
        #expect(!ParameterRange.positive.contains(0) && ParameterRange.positive.contains(.leastNonzeroMagnitude))
        #expect(ParameterRange.positive.contains(.greatestFiniteMagnitude))
        #expect(ParameterRange.within(1...2).contains(1) && ParameterRange.within(1...2).contains(2))
        #expect(
            !ParameterRange.within(1...2).contains(1.0.nextDown) && !ParameterRange.within(1...2).contains(2.0.nextUp))
        #expect(!ParameterRange.above(0, upTo: 1).contains(0) && ParameterRange.above(0, upTo: 1).contains(1))
        #expect(ParameterRange.any.contains(-.greatestFiniteMagnitude))
    }
}

@Suite("A parameter")
struct ParameterTests {
    private static let exposure = Parameter<Duration>("exposure", default: .seconds(60), summary: "how long")
    private static let count = Parameter<Int>("count", summary: "how many")
    private static let limit = Parameter<Int>(optional: "limit", summary: "at most")
    private static let share = Parameter<Double>("share", dimension: .share, default: 0.07, summary: "how much of it")

    @Test("has the given value, else its default")
    func values() {
        let values = ParameterValues(["count": .count(3)])
        #expect(values[Self.exposure] == .seconds(60))
        #expect(values[Self.count] == 3)
        #expect(values[optional: Self.limit] == nil)
        #expect(ParameterValues(["exposure": .duration(.zero)])[Self.exposure] == .zero)
    }

    @Test("is required if it has no default and is not optional")
    func required() {
        #expect(Self.count.spec.isRequired)
        #expect(!Self.limit.spec.isRequired && !Self.exposure.spec.isRequired)
    }

    @Test("without a value, or with one of another type, is a bug of who asks")
    func nonsenseIsABug() async {
        await #expect(processExitsWith: .failure) {
            _ = ParameterValues([:])[Parameter<Int>("count", summary: "how many")]
        }
        await #expect(processExitsWith: .failure) {
            _ = ParameterValues(["count": .text("three")])[Parameter<Int>("count", summary: "how many")]
        }
    }

    @Test("that measures a share shows its default in percent")
    func shareDefault() {
        #expect(Self.share.spec.fallback?.description == "7%")
        #expect(ParameterValues([:])[Self.share] == 0.07)
    }

    @Test("shows its value as a scenario file writes it")
    func text() {
        for percent in 0...1000 {
            #expect(ParameterValue.share(Double(percent) / 100).description == "\(percent)%")
            #expect(ParameterValue.share(Double(percent) * 0.01).description == "\(percent)%")
        }
        #expect(ParameterValue.share(0.125).description == "12.5%")
        #expect(ParameterValue.share(1.0 / 3).description == "33.33333333333333%")
        #expect(ParameterValue.number(2).description == "2" && ParameterValue.number(0.25).description == "0.25")
        #expect(ParameterValue.list([1, 2.5]).description == "[1, 2.5]")
        #expect(ParameterValue.duration(.seconds(90)).description == "1.5m")
        #expect(ParameterValue.count(-3).description == "-3")
    }

    @Test("compares by its magnitude in the base unit")
    func magnitudes() {
        #expect(ParameterValue.duration(.milliseconds(1500)).magnitude == 1.5)
        #expect(ParameterValue.size(ByteCount(7)).magnitude == 7)
        #expect(ParameterValue.rate(DataRate(bitsPerSecond: 9)).magnitude == 9)
        #expect(ParameterValue.share(0.5).magnitude == 0.5)
        #expect(ParameterValue.text("x").magnitude == nil && ParameterValue.list([1]).magnitude == nil)
    }
}

@Suite("A catalog")
struct CatalogTests {
    private static func kind(_ name: String) -> Kind<String> {
        Kind(name, summary: "a \(name)") { _ in name }
    }

    @Test("finds a kind by its name, and keeps their order")
    func lookup() throws {
        let catalog = Catalog(noun: "letter", kinds: [Self.kind("beta"), Self.kind("alpha")])
        #expect(catalog.kinds.map(\.name) == ["beta", "alpha"])
        #expect(try #require(catalog["alpha"]).make(ParameterValues([:])) == "alpha")
        #expect(catalog["gamma"] == nil)
        #expect(try #require(catalog["beta"]).conflict(ParameterValues([:])) == nil)
    }

    @Test("does not take two kinds of one name")
    func duplicateIsABug() async {
        await #expect(processExitsWith: .failure) {
            _ = Catalog(
                noun: "letter",
                kinds: [
                    Kind(name: "alpha"), Kind(name: "alpha"),
                ])
        }
    }

    @Test("of a dimension's units has no name twice and no size of zero")
    func units() {
        for dimension in [Dimension.duration, .size, .rate, .share] {
            #expect(Set(dimension.units.map(\.name)).count == dimension.units.count)
            for unit in dimension.units { #expect(unit.size > 0) }
        }
    }
}

extension Kind where Product == Int {
    /// A kind of which only the name matters.
    fileprivate init(name: String) {
        self.init(name, summary: "") { _ in 0 }
    }
}
