extension ClosedForms {
    /// Stations with exponential service, customers who are sent on at random, and Poisson arrivals from outside.
    ///
    /// Each station then behaves as M/M/c alone, with the arrivals that the traffic equations give.
    ///
    /// Source: J. R. Jackson, "Networks of waiting lines", Operations Research 5 (1957).
    public struct OpenNetwork: Sendable {
        /// One station.
        public struct Station: Sendable {
            /// Arrivals from outside per second.
            public let arrivalRate: Double
            /// Completions per second of one busy server.
            public let serviceRate: Double
            /// How many servers there are.
            public let servers: Int
            /// The probabilities of going on to each station; what is missing to 1 leaves the network.
            public let routes: [Double]

            /// A station.
            public init(arrivalRate: Double, serviceRate: Double, servers: Int = 1, routes: [Double]) {
                self.arrivalRate = arrivalRate
                self.serviceRate = serviceRate
                self.servers = servers
                self.routes = routes
            }
        }

        /// Each station alone, with its arrivals from outside and from the other stations.
        public let queues: [MMc]
        /// Customers per second who come from outside.
        public let arrivalRate: Double

        /// A stable network that every customer leaves at last.
        public init(_ stations: [Station]) {
            arrivalRate = stations.reduce(0) { $0 + $1.arrivalRate }
            let throughputs = OpenNetwork.throughputs(stations)
            queues = zip(stations, throughputs).map {
                MMc(arrivalRate: $1, serviceRate: $0.serviceRate, servers: $0.servers)
            }
        }

        /// Arrivals per second at each station, from outside and from within: the traffic equations, by iteration.
        private static func throughputs(_ stations: [Station]) -> [Double] {
            var rates = stations.map(\.arrivalRate)
            for _ in 0..<10_000 {
                rates = stations.indices.map { to in
                    stations[to].arrivalRate + stations.indices.reduce(0) { $0 + rates[$1] * stations[$1].routes[to] }
                }
            }
            return rates
        }

        /// The mean number of customers at each station, waiting or served.
        public var meanNumbers: [Double] { queues.map(\.meanNumber) }
        /// The mean time from coming in to leaving the network.
        public var meanSojourn: Double { meanNumbers.reduce(0, +) / arrivalRate }
    }

    /// Machines that fail and are repaired by a few crews: the machine-repair model M/M/R//K (Gross 2.8).
    public struct MachineRepair: Sendable {
        /// How many machines there are.
        public let machines: Int
        /// How many of them can be repaired at a time.
        public let crews: Int
        /// Failures per second of a machine that works.
        public let failureRate: Double
        /// Repairs per second of a busy crew.
        public let repairRate: Double

        /// A closed system; it is always stable.
        public init(machines: Int, crews: Int, failureRate: Double, repairRate: Double) {
            precondition(
                machines >= 1 && crews >= 1 && failureRate > 0 && repairRate > 0, "nothing fails or is repaired")
            self.machines = machines
            self.crews = crews
            self.failureRate = failureRate
            self.repairRate = repairRate
        }

        /// The probabilities of 0…K machines that are down.
        public var probabilities: [Double] {
            var weights = [1.0]
            for down in 0..<machines {
                let failures = Double(machines - down) * failureRate
                let repairs = Double(min(down + 1, crews)) * repairRate
                weights.append(weights[down] * failures / repairs)
            }
            let total = weights.reduce(0, +)
            return weights.map { $0 / total }
        }
        /// The mean number of machines that are down, waiting or under repair.
        public var meanNumberDown: Double {
            probabilities.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
        }
        /// The share of time in which a crew is busy.
        public var crewUtilisation: Double {
            probabilities.enumerated().reduce(0) { $0 + Double(min($1.offset, crews)) * $1.element } / Double(crews)
        }
        /// The mean time from a failure to the end of its repair.
        public var meanTimeDown: Double { meanNumberDown / (failureRate * (Double(machines) - meanNumberDown)) }
    }
}
