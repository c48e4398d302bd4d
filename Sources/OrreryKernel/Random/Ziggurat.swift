/// The 256 layers of equal area under a decreasing density, for a sampler that mostly needs one random word and one
/// product.
///
/// Layer 0 is the base with the tail; layer *i* reaches from 0 to `edges[i]` and from the density at `edges[i]` up to
/// that at `edges[i + 1]`. A point left of `edges[i + 1]` surely lies under the density.
///
/// ```
///   1 ┤▇▁                     edges[256] = 0
///     │▇▇▇▁▁
///     │▇▇▇▇▇▇▇▁▁▁
///   0 ┼──────────────▔▔▔▔ tail
///     0            edges[1]
/// ```
///
/// Source: G. Marsaglia, W. W. Tsang, "The ziggurat method for generating random variables", J. Stat. Software 5
/// (2000). The random bits for layer, sign and position are disjoint, as J. A. Doornik, "An improved ziggurat method"
/// (2005), asks.
struct Ziggurat: Sendable {
    /// The right edges of the layers, falling to 0.
    let edges: ContiguousArray<Double>
    /// The density at the edges, rising to 1.
    let heights: ContiguousArray<Double>

    /// The layers under exp(−x² ÷ 2).
    ///
    /// The tail's start and the area solve the closing condition, by mpmath at 40
    /// digits.
    static let normal = Ziggurat(
        tail: 0x1.d3bb48209ad33p1, area: 0x1.43016a5a43732p-8,
        density: { PortableMath.exp(-0.5 * $0 * $0) }, inverse: { (-2 * PortableMath.log($0)).squareRoot() })

    /// The layers under exp(−x).
    static let exponential = Ziggurat(
        tail: 0x1.ec9d9297ebb83p2, area: 0x1.02d84bc4b0285p-8,
        density: { PortableMath.exp(-$0) }, inverse: { -PortableMath.log($0) })

    private init(tail: Double, area: Double, density: (Double) -> Double, inverse: (Double) -> Double) {
        var edges: ContiguousArray = [area / density(tail), tail]
        while edges.count < 256 {
            let edge = edges[edges.count - 1]
            edges.append(inverse(area / edge + density(edge)))
        }
        edges.append(0)
        self.edges = edges
        heights = ContiguousArray(edges.map(density))
    }
}
