import OrreryKernel

/// A distribution of times with a stream of random numbers of its own.
struct Variate {
    let sampler: any Sampler
    private var stream: RandomStream

    init(_ sampler: any Sampler, seed: UInt64, _ purpose: String, of entity: Int = 0) {
        self.sampler = sampler
        stream = RandomStream(seed: seed, entity: "\(entity)", purpose: purpose)
    }

    mutating func seconds() -> Double { sampler.sample(using: &stream) }

    mutating func duration() -> Duration { Duration(seconds: seconds()) }
}
