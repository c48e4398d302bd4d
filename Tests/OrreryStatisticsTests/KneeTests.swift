import OrreryStatistics
import Testing

@Suite("Knee: two straight lines that meet where a curve bends")
struct KneeTests {
    private func points(_ count: Int, _ value: (Double) -> Double) -> [(position: Double, value: Double)] {
        (1...count).map { (Double($0), value(Double($0))) }
    }

    @Test("two exact lines give their meeting point and slopes back", arguments: [3.0, 7, 14])
    func exact(bend: Double) throws {
        let knee = try #require(Knee(points(20) { 5 + 4 * min($0, bend) + 0.5 * max(0, $0 - bend) }))
        #expect(knee.position == bend)
        #expect(abs(knee.slopeBefore - 4) < 1e-9 && abs(knee.slopeAfter - 0.5) < 1e-9)
    }

    @Test("a curve that falls after its peak has its knee there")
    func peak() throws {
        let knee = try #require(Knee(points(11) { 3 * min($0, 6) - 2 * max(0, $0 - 6) }))
        #expect(knee.position == 6 && knee.slopeAfter < 0)
    }

    @Test("a straight line, a flat one, a falling one and one that grows ever faster have none")
    func none() {
        for value: (Double) -> Double in [{ 2 * $0 }, { _ in 7 }, { -$0 }, { $0 * $0 }] {
            #expect(Knee(points(12, value)) == nil)
        }
        #expect(Knee(points(4) { min($0, 2) }) == nil, "too few points")
    }
}
