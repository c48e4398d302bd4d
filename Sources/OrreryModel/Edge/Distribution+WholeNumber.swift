import OrreryKernel

extension Distribution {
    /// One sample as the nearest whole number; a negative one counts as none, a larger one than `limit` as `limit`.
    func wholeNumber(upTo limit: Int64, using random: inout RandomStream) -> Int64 {
        Int64(min(max(sampler.sample(using: &random), 0), Double(limit)) + 0.5)
    }
}
