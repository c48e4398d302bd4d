extension ClosedForms {
    /// One server, Poisson arrivals in classes of falling priority, any service times.
    ///
    /// Source: A. Cobham, "Priority assignment in waiting line problems", J. Operations Research Society of America 2
    /// (1954); L. Kleinrock, "Queueing Systems II" (1976), chapter 3.
    public struct PriorityMG1: Sendable {
        /// One class of customers.
        public struct Rank: Sendable {
            /// Arrivals per second.
            public let arrivalRate: Double
            /// The mean service time.
            public let meanService: Double
            /// The variance of the service time.
            public let variance: Double

            /// A class of customers.
            public init(arrivalRate: Double, meanService: Double, variance: Double) {
                self.arrivalRate = arrivalRate
                self.meanService = meanService
                self.variance = variance
            }

            var load: Double { arrivalRate * meanService }
            /// What the class adds to the mean residual service time that an arrival finds.
            var residual: Double { 0.5 * arrivalRate * (variance + meanService * meanService) }
        }

        /// The classes, the most important one first.
        public let ranks: [Rank]

        /// A stable server.
        public init(_ ranks: [Rank]) {
            self.ranks = ranks
            precondition(utilisation > 0 && utilisation < 1, "the server is not stable")
        }

        /// The share of time in which the server is busy.
        public var utilisation: Double { load(ofFirst: ranks.count) }

        /// The mean time from arrival to the start of service, where nobody's service is interrupted.
        public func meanWait(_ rank: Int) -> Double {
            residual(ofFirst: ranks.count) / ((1 - load(ofFirst: rank)) * (1 - load(ofFirst: rank + 1)))
        }

        /// The mean time from arrival to departure, where nobody's service is interrupted.
        public func meanSojourn(_ rank: Int) -> Double { meanWait(rank) + ranks[rank].meanService }

        /// The mean time from arrival to departure, where a more important customer interrupts the service, which is
        /// resumed later.
        public func meanSojournPreemptive(_ rank: Int) -> Double {
            let free = 1 - load(ofFirst: rank)
            return ranks[rank].meanService / free
                + residual(ofFirst: rank + 1) / (free * (1 - load(ofFirst: rank + 1)))
        }

        private func load(ofFirst count: Int) -> Double { ranks.prefix(count).reduce(0) { $0 + $1.load } }
        private func residual(ofFirst count: Int) -> Double { ranks.prefix(count).reduce(0) { $0 + $1.residual } }
    }
}
