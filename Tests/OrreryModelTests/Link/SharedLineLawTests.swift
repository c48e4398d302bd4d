import OrreryKernel
import OrreryTestSupport
import Testing

@testable import OrreryModel

@Suite("A shared line obeys the law of processor sharing")
struct SharedLineLawTests {
    /// Sizes with a mean of a megabyte, which takes a second.
    enum Sizes: CaseIterable {
        case constant, exponential, hyperExponential

        var sampler: any Sampler {
            switch self {
            case .constant: Constant(1e6)
            case .exponential: Exponential(mean: 1e6)
            case .hyperExponential: HyperExponential(mean: 1e6, variation: 2)
            }
        }
    }

    @Test(
        "a transfer takes its own time / (1 − utilisation) on average, however large it and the others are",
        arguments: Sizes.allCases)
    func sojourn(sizes: Sizes) {
        let utilisation = 0.5
        let theory = ClosedForms.ProcessorSharing(classes: [(arrivalRate: utilisation, meanSize: 1)])
        // Small, middling and large ones: the time per second of size is the same for all.
        let runs = (1...30).map { slowdowns(sizes, arrivalRate: utilisation, seed: $0) }
        for (index, name) in ["small", "middling", "large"].enumerated() {
            let simulated = runs.compactMap { $0[index] }
            if simulated.isEmpty { continue }
            let comparison = Comparison(
                "\(name) ones of \(sizes)", theory: theory.meanSojourn(size: 1), simulated: simulated)
            #expect(comparison.isConfirmed, "\(comparison)")
        }
    }

    /// The mean sojourn per second of size in three classes of size; nil for a class without transfers.
    private func slowdowns(_ sizes: Sizes, arrivalRate: Double, seed: UInt64) -> [Double?] {
        var gaps = RandomStream(seed: seed, entity: "line", purpose: "gaps")
        var sizeStream = RandomStream(seed: seed, entity: "line", purpose: "sizes")
        let gap = Exponential(mean: 1 / arrivalRate)
        let sampler = sizes.sampler
        var now = Instant.start
        var starts: [(time: Instant, size: ByteCount)] = []
        // The more the sizes vary, the more of them it takes.
        for _ in 0..<(sizes == .hyperExponential ? 32_000 : 16_000) {
            now = now + Duration(seconds: gap.sample(using: &gaps))
            starts.append((now, ByteCount(max(1, Int64(sampler.sample(using: &sizeStream))))))
        }
        let line = SharedLine(rate: DataRate(bitsPerSecond: 8_000_000))
        let driver = LineDriver.run(line, starts.map { ($0.time, .start($0.size)) })
        var sojourns = [0.0, 0, 0]
        var work = [0.0, 0, 0]
        for (start, finish) in zip(starts, driver.finishes).dropFirst(500) {
            guard let finish else { continue }
            let index = start.size.bytes < 500_000 ? 0 : start.size.bytes < 2_000_000 ? 1 : 2
            sojourns[index] += (finish - start.time).seconds
            work[index] += Double(start.size.bytes) / 1e6
        }
        return zip(sojourns, work).map { $1 > 0 ? $0 / $1 : nil }
    }
}
