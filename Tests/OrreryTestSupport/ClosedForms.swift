import Foundation

/// Closed forms of queueing theory, in seconds and per second.
///
/// The simulation must reach these through its events. They are test code only, so that no formula ever feeds a result.
///
/// Sources: L. Kleinrock, "Queueing Systems I" (1975); D. Gross, J. F. Shortle, J. M. Thompson, C. M. Harris,
/// "Fundamentals of Queueing Theory" (4th edition, 2008).
public enum ClosedForms {
    /// One server, Poisson arrivals, exponential service, no limit: M/M/1 (Kleinrock 3.2).
    public struct MM1: Sendable {
        /// Arrivals per second.
        public let arrivalRate: Double
        /// Completions per second of a busy server.
        public let serviceRate: Double

        /// A stable queue: the arrival rate lies below the service rate.
        public init(arrivalRate: Double, serviceRate: Double) {
            precondition(arrivalRate > 0 && arrivalRate < serviceRate, "the queue is not stable")
            self.arrivalRate = arrivalRate
            self.serviceRate = serviceRate
        }

        /// The share of time in which the server is busy.
        public var utilisation: Double { arrivalRate / serviceRate }
        /// The mean time from arrival to departure.
        public var meanSojourn: Double { 1 / (serviceRate - arrivalRate) }
        /// The mean time from arrival to the start of service.
        public var meanWait: Double { utilisation * meanSojourn }
        /// The mean number of customers, waiting or served.
        public var meanNumber: Double { utilisation / (1 - utilisation) }
        /// The mean number of customers that wait.
        public var meanQueueLength: Double { arrivalRate * meanWait }

        /// The time from arrival to departure that a share of the customers does not exceed: it is exponential.
        public func sojournQuantile(_ share: Double) -> Double { -log(1 - share) * meanSojourn }

        /// The wait that a share of the customers does not exceed: 1 − ρ of them do not wait at all.
        public func waitQuantile(_ share: Double) -> Double { max(0, log(utilisation / (1 - share)) * meanSojourn) }
    }

    /// Several servers, Poisson arrivals, exponential service, no limit: M/M/c (Gross 2.3).
    public struct MMc: Sendable {
        /// Arrivals per second.
        public let arrivalRate: Double
        /// Completions per second of one busy server.
        public let serviceRate: Double
        /// How many servers there are.
        public let servers: Int

        /// A stable queue: the arrival rate lies below that of all servers together.
        public init(arrivalRate: Double, serviceRate: Double, servers: Int) {
            precondition(arrivalRate > 0 && arrivalRate < serviceRate * Double(servers), "the queue is not stable")
            self.arrivalRate = arrivalRate
            self.serviceRate = serviceRate
            self.servers = servers
        }

        /// The share of time in which a server is busy.
        public var utilisation: Double { arrivalRate / serviceRate / Double(servers) }
        /// The share of customers that wait: Erlang C, from Erlang B.
        public var waitProbability: Double {
            let blocked = MMcc(offeredLoad: arrivalRate / serviceRate, servers: servers).lossProbability
            return blocked / (1 - utilisation * (1 - blocked))
        }
        /// The mean time from arrival to the start of service.
        public var meanWait: Double { waitProbability / (serviceRate * Double(servers) - arrivalRate) }
        /// The mean time from arrival to departure.
        public var meanSojourn: Double { meanWait + 1 / serviceRate }
        /// The mean number of customers that wait.
        public var meanQueueLength: Double { arrivalRate * meanWait }
        /// The mean number of customers, waiting or served.
        public var meanNumber: Double { arrivalRate * meanSojourn }

        /// The wait that a share of the customers does not exceed; it is exponential for those who wait.
        public func waitQuantile(_ share: Double) -> Double {
            max(0, log(waitProbability / (1 - share)) / (serviceRate * Double(servers) - arrivalRate))
        }

        /// The share of customers whose sojourn is longer than a time.
        ///
        /// It is a service alone, or with a wait before it whose rate is that at which the queue clears (Gross 2.4.2).
        public func sojournTail(_ time: Double) -> Double {
            let clearing = serviceRate * Double(servers) - arrivalRate
            // Of two equal rates the sum has an Erlang distribution; the general formula divides by their difference.
            let both =
                abs(clearing - serviceRate) < 1e-9 * serviceRate
                ? (1 + serviceRate * time) * exp(-serviceRate * time)
                : (clearing * exp(-serviceRate * time) - serviceRate * exp(-clearing * time)) / (clearing - serviceRate)
            return (1 - waitProbability) * exp(-serviceRate * time) + waitProbability * both
        }

        /// The sojourn that a share of the customers does not exceed, by halving.
        public func sojournQuantile(_ share: Double) -> Double {
            var (low, high) = (0.0, 1000 * meanSojourn)
            for _ in 0..<200 {
                let middle = 0.5 * (low + high)
                if sojournTail(middle) > 1 - share { low = middle } else { high = middle }
            }
            return low
        }
    }

    /// One server and room for K customers in all; who finds it full is lost: M/M/1/K (Gross 2.5).
    public struct MM1K: Sendable {
        /// Arrivals per second, with those that are lost.
        public let arrivalRate: Double
        /// Completions per second of a busy server.
        public let serviceRate: Double
        /// How many customers fit in, with the one in service.
        public let capacity: Int

        /// A queue with bounded room; it is stable at any load.
        public init(arrivalRate: Double, serviceRate: Double, capacity: Int) {
            precondition(arrivalRate > 0 && serviceRate > 0 && capacity >= 1, "the queue has no rate or no room")
            self.arrivalRate = arrivalRate
            self.serviceRate = serviceRate
            self.capacity = capacity
        }

        /// The probabilities of 0…K customers.
        public var probabilities: [Double] {
            let load = arrivalRate / serviceRate
            // From the likelier end, so that no power overflows.
            let ratio = min(load, 1 / load)
            var weights = [1.0]
            for _ in 0..<capacity { weights.append(weights[weights.count - 1] * ratio) }
            let total = weights.reduce(0, +)
            let shares = weights.map { $0 / total }
            return load <= 1 ? shares : shares.reversed()
        }
        /// The share of customers that are lost.
        public var lossProbability: Double { probabilities[capacity] }
        /// Customers per second that are served.
        public var throughput: Double { arrivalRate * (1 - lossProbability) }
        /// The share of time in which the server is busy.
        public var utilisation: Double { 1 - probabilities[0] }
        /// The mean number of customers, waiting or served.
        public var meanNumber: Double { probabilities.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element } }
        /// The mean time from arrival to departure of those who are not lost.
        public var meanSojourn: Double { meanNumber / throughput }
        /// The mean time from arrival to the start of service of those who are not lost.
        public var meanWait: Double { meanSojourn - 1 / serviceRate }
    }

    /// One server, Poisson arrivals, any service time: M/G/1 by Pollaczek and Khinchine (Kleinrock 5.6).
    public struct MG1: Sendable {
        /// Arrivals per second.
        public let arrivalRate: Double
        /// The mean service time.
        public let meanService: Double
        /// The standard deviation of the service time relative to its mean.
        public let serviceVariation: Double

        /// A stable queue; a variation of 0 is M/D/1, of 1 M/M/1.
        public init(arrivalRate: Double, meanService: Double, serviceVariation: Double) {
            precondition(arrivalRate > 0 && arrivalRate * meanService < 1, "the queue is not stable")
            self.arrivalRate = arrivalRate
            self.meanService = meanService
            self.serviceVariation = serviceVariation
        }

        /// The share of time in which the server is busy.
        public var utilisation: Double { arrivalRate * meanService }
        /// The mean time from arrival to the start of service.
        public var meanWait: Double {
            let variability = 0.5 * (1 + serviceVariation * serviceVariation)
            return utilisation / (1 - utilisation) * meanService * variability
        }
        /// The mean time from arrival to departure.
        public var meanSojourn: Double { meanWait + meanService }
        /// The mean number of customers that wait.
        public var meanQueueLength: Double { arrivalRate * meanWait }
        /// The mean number of customers, waiting or served.
        public var meanNumber: Double { arrivalRate * meanSojourn }
    }

    /// Several servers and no waiting room: M/M/c/c, Erlang's loss formula (Gross 2.6); it holds for any service time.
    public struct MMcc: Sendable {
        /// Arrivals per mean service time, in erlang.
        public let offeredLoad: Double
        /// How many servers there are.
        public let servers: Int

        /// A loss system; it is stable at any load.
        public init(offeredLoad: Double, servers: Int) {
            precondition(offeredLoad > 0 && servers >= 1, "\(offeredLoad) erlang, \(servers) servers")
            self.offeredLoad = offeredLoad
            self.servers = servers
        }

        /// The share of customers that are lost: Erlang B, by its recursion over the servers.
        public var lossProbability: Double {
            var loss = 1.0
            for count in 0..<servers { loss = offeredLoad * loss / (Double(count + 1) + offeredLoad * loss) }
            return loss
        }
        /// The mean number of busy servers.
        public var meanNumber: Double { offeredLoad * (1 - lossProbability) }
        /// The share of time in which a server is busy.
        public var utilisation: Double { meanNumber / Double(servers) }
    }
}
