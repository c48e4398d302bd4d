extension ClosedForms {
    /// One server that all customers present share equally, Poisson arrivals, any sizes: M/G/1-PS.
    ///
    /// The mean sojourn depends on the sizes of the others by the load alone, and is proportional to the own size.
    ///
    /// Source: L. Kleinrock, "Queueing Systems II" (1976), chapter 4; M. Sakata, S. Noguchi, J. Oizumi, "An analysis of
    /// the M/G/1 queue under round-robin scheduling", Operations Research 19 (1971).
    public struct ProcessorSharing: Sendable {
        /// The share of time in which the server is busy.
        public let utilisation: Double

        /// A stable server with classes of customers, each with its arrivals per second and its mean size in seconds.
        public init(classes: [(arrivalRate: Double, meanSize: Double)]) {
            utilisation = classes.reduce(0) { $0 + $1.arrivalRate * $1.meanSize }
            precondition(utilisation > 0 && utilisation < 1, "the server is not stable")
        }

        /// The mean time from arrival to departure of the customers of a size, or of a class with this mean size.
        public func meanSojourn(size: Double) -> Double { size / (1 - utilisation) }
        /// The mean number of customers.
        public var meanNumber: Double { utilisation / (1 - utilisation) }
    }
}
