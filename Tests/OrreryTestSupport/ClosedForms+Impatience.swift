extension ClosedForms {
    /// Several servers, Poisson arrivals, exponential service and exponential patience: Erlang A, or M/M/n+M.
    ///
    /// Source: C. Palm (1946), as in A. Mandelbaum, S. Zeltyn, "Service engineering in action: the Palm/Erlang-A queue"
    /// (2007).
    public struct ErlangA: Sendable {
        /// Arrivals per second, with those who give up.
        public let arrivalRate: Double
        /// Completions per second of one busy server.
        public let serviceRate: Double
        /// How many servers there are.
        public let servers: Int
        /// How many a second give up, per customer that waits.
        public let impatience: Double

        /// A queue that empties itself; it is stable at any load.
        public init(arrivalRate: Double, serviceRate: Double, servers: Int, impatience: Double) {
            precondition(arrivalRate > 0 && serviceRate > 0 && servers >= 1 && impatience > 0, "a rate is not positive")
            self.arrivalRate = arrivalRate
            self.serviceRate = serviceRate
            self.servers = servers
            self.impatience = impatience
        }

        /// Arrivals per second relative to what all servers complete; it may exceed 1.
        private var load: Double { arrivalRate / (serviceRate * Double(servers)) }

        /// Palm's function A(nμ ÷ θ, λ ÷ θ): the time with all servers busy, relative to that with nobody waiting too.
        private var palm: Double {
            let step = serviceRate * Double(servers) / impatience
            var term = 1.0
            var sum = 1.0
            var count = 0.0
            while term > 1e-17 * sum {
                count += 1
                term *= arrivalRate / impatience / (step + count)
                sum += term
            }
            return sum
        }

        /// The share of customers that find all servers busy.
        public var waitProbability: Double {
            let blocked = MMcc(offeredLoad: arrivalRate / serviceRate, servers: servers).lossProbability
            return palm * blocked / (1 + (palm - 1) * blocked)
        }
        /// The share of customers that give up.
        public var abandonProbability: Double { waitProbability * (1 / (load * palm) + 1 - 1 / load) }
        /// The mean time from arrival to the start of service or to giving up.
        public var meanWait: Double { abandonProbability / impatience }
        /// The share of time in which a server is busy.
        public var utilisation: Double { load * (1 - abandonProbability) }
    }

    /// One server and no waiting room; who finds it busy tries again after exponential times: the M/G/1 retrial queue.
    ///
    /// Source: G. I. Falin, J. G. C. Templeton, "Retrial Queues" (1997), chapter 1.
    public struct Retrial: Sendable {
        /// Arrivals per second, without repeated attempts.
        public let arrivalRate: Double
        /// The mean service time.
        public let meanService: Double
        /// The standard deviation of the service time relative to its mean.
        public let serviceVariation: Double
        /// Attempts per second of each customer who was turned away.
        public let retrialRate: Double

        /// A stable queue; a variation of 1 is the M/M/1 retrial queue.
        public init(arrivalRate: Double, meanService: Double, serviceVariation: Double = 1, retrialRate: Double) {
            precondition(arrivalRate > 0 && arrivalRate * meanService < 1 && retrialRate > 0, "the queue is not stable")
            self.arrivalRate = arrivalRate
            self.meanService = meanService
            self.serviceVariation = serviceVariation
            self.retrialRate = retrialRate
        }

        /// The share of time in which the server is busy, and of arrivals that are turned away.
        public var utilisation: Double { arrivalRate * meanService }
        /// The mean number of customers who were turned away and will try again.
        ///
        /// The first term is the queue of M/G/1, the second the time for which the server stands idle meanwhile.
        public var meanOrbit: Double {
            let queue = MG1(arrivalRate: arrivalRate, meanService: meanService, serviceVariation: serviceVariation)
            return queue.meanQueueLength + arrivalRate / retrialRate * utilisation / (1 - utilisation)
        }
        /// The mean time from arrival to the start of service.
        public var meanWait: Double { meanOrbit / arrivalRate }
        /// How often a customer tries on average, besides the first time.
        public var meanRetrials: Double { retrialRate * meanWait }
    }
}
