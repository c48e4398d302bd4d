import Testing

@testable import OrreryKernel

@Suite("The ziggurats' tables are those of their recipe, bit for bit")
struct ZigguratTests {
    @Test("for the normal distribution")
    func normal() {
        let tables = Self.tables(
            tail: 0x1.d3bb48209ad33p1, area: 0x1.43016a5a43732p-8,
            density: { PortableMath.exp(-0.5 * $0 * $0) }, inverse: { (-2 * PortableMath.log($0)).squareRoot() })
        for layer in 0...256 {
            #expect(Ziggurat.normal.edges[layer].bitPattern == tables.edges[layer].bitPattern)
            #expect(Ziggurat.normal.heights[layer].bitPattern == tables.heights[layer].bitPattern)
        }
    }

    @Test("for the exponential distribution")
    func exponential() {
        let tables = Self.tables(
            tail: 0x1.ec9d9297ebb83p2, area: 0x1.02d84bc4b0285p-8,
            density: { PortableMath.exp(-$0) }, inverse: { -PortableMath.log($0) })
        for layer in 0...256 {
            #expect(Ziggurat.exponential.edges[layer].bitPattern == tables.edges[layer].bitPattern)
            #expect(Ziggurat.exponential.heights[layer].bitPattern == tables.heights[layer].bitPattern)
        }
    }

    /// The layers of equal area from the bottom up.
    ///
    /// The tail's start and the area solve the closing condition, by mpmath at 40 digits.
    private static func tables(
        tail: Double, area: Double, density: (Double) -> Double, inverse: (Double) -> Double
    ) -> (edges: [Double], heights: [Double]) {
        var edges = [area / density(tail), tail]
        while edges.count < 256 {
            let edge = edges[edges.count - 1]
            edges.append(inverse(area / edge + density(edge)))
        }
        edges.append(0)
        return (edges, edges.map(density))
    }
}
