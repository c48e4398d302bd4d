import OrreryKernel

/// What is wrong with measurements to which no scalability law can be fitted: everything at once.
public struct ScalabilityFaults: Error, Equatable {
    /// One fault.
    public struct Fault: Sendable, Equatable {
        /// The index of the measurement; nil for a fault of all of them together.
        public let index: Int?
        /// What is wrong and what is allowed, with the value.
        public let message: String
    }

    /// The faults, in the order of the measurements; those of all together come last.
    public let faults: [Fault]

    /// How many different loads there must be: one more than the law has coefficients.
    static let differentLoadsMin = 4

    /// The loads that the law speaks of: it counts workers, users or the like, and γ is what one does.
    ///
    /// Below 1 it would have a pole.
    static let loads = 1...1e30
    /// The throughputs whose squares are still numbers.
    static let throughputs = 1e-30...1e30

    static func find(in measurements: [ScalabilityLaw.Measurement]) -> [Fault] {
        var faults: [Fault] = []
        var highest: Double?
        for (index, measurement) in measurements.enumerated() {
            let (load, throughput) = (measurement.load, measurement.throughput)
            let messages = [
                fault(of: load, name: "the load", allowed: loads),
                fault(of: throughput, name: "the throughput", allowed: throughputs),
                highest.flatMap { load < $0 ? falling(load, after: $0) : nil },
            ]
            faults += messages.compactMap { $0 }.map { Fault(index: index, message: $0) }
            if load.isFinite { highest = max(highest ?? load, load) }
        }
        let count = Set(measurements.map(\.load).filter(loads.contains)).count
        if count < differentLoadsMin {
            let counted = count == 1 ? "1 different load" : "\(count) different loads"
            let message = "\(counted); the law has three coefficients and needs at least \(differentLoadsMin)"
            faults.append(Fault(index: nil, message: message))
        }
        return faults
    }

    private static func fault(of value: Double, name: String, allowed: ClosedRange<Double>) -> String? {
        if allowed.contains(value) { return nil }
        if !value.isFinite { return "\(name) is \(value), which is no finite number" }
        let lowest = allowed.lowerBound == 1 ? "1 or more" : value > 0 ? "1e-30 or more" : "above 0"
        let range = value > allowed.upperBound ? "1e+30 at most" : lowest
        return "\(name) is \(DecimalText.trimmed(value)); it must be \(range)"
    }

    private static func falling(_ load: Double, after highest: Double) -> String {
        "the load falls to \(DecimalText.trimmed(load)) after \(DecimalText.trimmed(highest)); sort the rows by load"
    }
}
