import OrreryKernel

extension Camera {
    /// How long a core works on one image that goes through this many million pixels per second.
    func work(atMegapixelsPerSecond speed: Double) -> Duration {
        Duration(seconds: Double(pixelCount) / (speed * 1e6))
    }
}

extension ParameterRange {
    /// Speeds in megapixels per second, from a pixel a second to a terapixel a second.
    static let megapixelsPerSecond = ParameterRange.within(1e-6...1e6)
}
