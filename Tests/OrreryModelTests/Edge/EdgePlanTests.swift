import OrreryKernel
import Testing

@testable import OrreryModel

@Suite("The computer at a telescope")
struct EdgePlanTests {
    private let noValues = ParameterValues([:])

    @Test("without edge processing it sends the raw image")
    func rawOnly() throws {
        #expect(EdgePlan.rawOnly.products.map(\.kind.name) == ["raw"])
        #expect(EdgePlan(values: noValues, products: []).products.map(\.kind.name) == ["raw"])
        let camera = try EdgeFixture.camera("sinistro")
        let pipeline = EdgePlan.rawOnly.pipeline(of: camera)
        var random = EdgeFixture.stream("raw")
        #expect(pipeline.count == 1)
        #expect(pipeline.make(0, using: &random) == EdgeResult(size: camera.imageSize, work: .zero))
    }

    @Test("it has four cores of speed 1 unless stated")
    func defaults() {
        let plan = EdgePlan(values: noValues, products: [])
        #expect(plan.cores == 4 && plan.speed == 1)
        let other = EdgePlan(values: ParameterValues(["cores": .count(2), "speed": .number(0.5)]), products: [])
        #expect(other.cores == 2 && other.speed == 0.5)
    }

    @Test("it makes its products in the order of the plan")
    func order() throws {
        let plans = [try EdgeFixture.plan("thumbnail"), try EdgeFixture.plan("rice")]
        let pipeline = EdgePlan(values: noValues, products: plans).pipeline(of: try EdgeFixture.camera("asi2600"))
        var random = EdgeFixture.stream("order")
        #expect(pipeline.count == 2)
        #expect(pipeline.make(0, using: &random).size < ByteCount(300_001))
        #expect(pipeline.make(1, using: &random) == (try EdgeFixture.make("rice")))
    }

    @Test(
        "twice the speed takes half the time",
        arguments: [(1, 14_045_824_000), (2, 7_022_912_000), (0.3, 46_819_413_333)] as [(Double, Int64)])
    func speed(factor: Double, nanoseconds: Int64) throws {
        let plan = EdgePlan(
            values: ParameterValues(["speed": .number(factor)]), products: [try EdgeFixture.plan("catalogue")])
        let pipeline = plan.pipeline(of: try EdgeFixture.camera("asi2600"))
        var random = EdgeFixture.stream("speed")
        let work = pipeline.make(0, using: &random).work
        #expect(pipeline.time(for: work) == Duration(nanoseconds: nanoseconds))
        #expect(pipeline.time(for: .limit) <= .limit)
    }

    @Test("at speed 1 the time is the work, to the nanosecond")
    func unitSpeed() throws {
        let pipeline = EdgePlan.rawOnly.pipeline(of: try EdgeFixture.camera("evscope"))
        var random = EdgeFixture.stream("unit speed")
        for _ in 0..<10_000 {
            let work = Duration(nanoseconds: Int64(random.index(below: 1 << (1 + random.index(below: 50)))))
            #expect(pipeline.time(for: work) == work)
        }
    }

    @Test("the same seed gives the same products, another seed gives others")
    func determinism() throws {
        let plans = try EdgeProductCatalog.kinds.kinds.map { try EdgeFixture.plan($0.name) }
        let pipeline = EdgePlan(values: noValues, products: plans).pipeline(of: try EdgeFixture.camera("asi6200"))
        func run(seed: UInt64) -> [EdgeResult] {
            var random = EdgeFixture.stream("run", seed: seed)
            return (0..<100).flatMap { _ in (0..<pipeline.count).map { pipeline.make($0, using: &random) } }
        }
        #expect(run(seed: 1) == run(seed: 1))
        #expect(run(seed: 1) != run(seed: 2))
    }

    @Test("a product that is added changes no other, if each has a stream of its own")
    func separateStreams() throws {
        func catalogues(beside others: [String]) throws -> [EdgeResult] {
            let names = others + ["catalogue"]
            let plan = EdgePlan(values: noValues, products: try names.map { try EdgeFixture.plan($0) })
            let pipeline = plan.pipeline(of: try EdgeFixture.camera("asi183"))
            var streams = names.map { EdgeFixture.stream($0) }
            return (0..<50).map { _ in
                names.indices.map { pipeline.make($0, using: &streams[$0]) }[names.count - 1]
            }
        }
        #expect(try catalogues(beside: []) == catalogues(beside: ["thumbnail", "rice"]))
    }

    @Test("every kind and every parameter says what it is, every default where it comes from, and lies in its range")
    func declarations() {
        for kind in EdgeProductCatalog.kinds.kinds { #expect(!kind.summary.isEmpty) }
        for parameter in EdgePlan.parameters + EdgeProductCatalog.kinds.kinds.flatMap(\.parameters) {
            #expect(!parameter.summary.isEmpty && !parameter.isRequired)
            guard let fallback = parameter.fallback else { continue }
            #expect(!parameter.source.isEmpty, "\(parameter.key)")
            if let magnitude = fallback.magnitude { #expect(parameter.range.contains(magnitude), "\(parameter.key)") }
            if case .distribution(let distribution) = fallback {
                #expect(parameter.range.contains(distribution.sampler.mean), "\(parameter.key)")
            }
        }
    }

    @Test("no product has the name of a parameter, beside which it stands in a scenario")
    func names() {
        let products = EdgeProductCatalog.kinds.kinds.map(\.name)
        #expect(products == ["raw", "rice", "catalogue", "thumbnail"])
        #expect(Set(products).isDisjoint(with: EdgePlan.parameters.map(\.key)))
    }
}
