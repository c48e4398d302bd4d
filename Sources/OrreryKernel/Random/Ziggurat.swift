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
@usableFromInline
struct Ziggurat: Sendable {
    /// The right edges of the layers, falling to 0.
    @usableFromInline let edges: [257 of Double]
    /// The density at the edges, rising to 1.
    let heights: [257 of Double]
}
