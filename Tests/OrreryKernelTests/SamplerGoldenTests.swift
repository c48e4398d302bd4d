import Testing

@testable import OrreryKernel

/// The numbers of every kind for a fixed seed.
///
/// A change here is a change of `RandomStream.version`.
@Suite("Golden samples")
struct SamplerGoldenTests {
    @Test("are the same bits on every machine, in debug and release", arguments: GoldenSamples.all)
    func goldenSamples(golden: GoldenSamples) {
        var stream = RandomStream(seed: 2026, entity: golden.name, purpose: "golden")
        let first = (0..<8).map { _ in golden.sampler.sample(using: &stream).bitPattern }
        #expect(first == golden.first)
        var digest = Fingerprint()
        for _ in 0..<10_000 { digest.absorb(golden.sampler.sample(using: &stream).bitPattern, 0, 0, 0) }
        #expect(digest.description == golden.digest)
    }

    @Test("exist for every kind in the catalog")
    func noneIsMissing() {
        let tested = Set(GoldenSamples.all.map { $0.name.split(separator: " ")[0] })
        for kind in SamplerCatalog.kinds.kinds { #expect(tested.contains(Substring(kind.name)), "\(kind.name)") }
    }
}
