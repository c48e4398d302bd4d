public import OrreryKernel

/// Something that is up for a spell and down for a spell, in turn: a sky, a line.
public protocol SpellPlan: Sendable {
    /// How long it stays up.
    var up: Distribution { get }
    /// How long it stays down.
    var down: Distribution { get }
}

extension SpellPlan {
    /// Whether it is up at the start: in the long-run share of the runs.
    public func startsUp(using stream: inout RandomStream) -> Bool {
        stream.unit() * (up.sampler.mean + down.sampler.mean) < up.sampler.mean
    }

    /// How long it stays as it now is; at least a millisecond.
    ///
    /// At the start, the rest of a spell may be drawn like a whole one, which is exact for exponential spells.
    public func spell(isUp: Bool, using stream: inout RandomStream) -> Duration {
        max(.milliseconds(1), (isUp ? up : down).duration(using: &stream))
    }
}
