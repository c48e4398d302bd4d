extension RandomStream {
    /// A sample of the exponential distribution with mean 1.
    public mutating func standardExponential() -> Double {
        -PortableMath.log(positiveUnit())
    }
}
