import OrreryKernel

/// A capacity of a scenario's network, and a value of it that is a little better.
///
/// Capacities are found in the declarations of the parameters (`Parameter.asCapacity`), so a new one is here without a
/// change. A quarter better is enough to show in a run and little enough to say where the network is short.
public struct ScenarioCapacity: Sendable {
    /// The path as an override writes it: `system.workers.count`.
    public let path: String
    /// The value as it is.
    public let value: String
    /// The value that is a little better.
    public let better: String

    /// What the change is called: `system.workers.count 4 → 5`.
    public var change: String { "\(path) \(value) → \(better)" }

    /// By how much a capacity is made better.
    static let step = 0.25

    /// All capacities in what a variant says, in the order of the file.
    static func all(in section: DecodedSection, _ spec: SectionSpec, path: [String] = []) -> [ScenarioCapacity] {
        let own = section.parameters.compactMap { parameter -> ScenarioCapacity? in
            guard let direction = parameter.spec.capacity, let value = parameter.value else { return nil }
            return capacity(path + [parameter.spec.key], value, direction)
        }
        let inside = spec.sections.flatMap { inner in
            section.sections[inner.key].map { all(in: $0, inner, path: path + [inner.key]) } ?? []
        }
        let entries = section.entries.flatMap { entry in
            let inner = SectionSpec("", summary: "", references: spec.references, sections: spec.sections)
            return all(in: entry.section, inner, path: path + [entry.name])
        }
        return own + inside + entries
    }

    private static func capacity(
        _ path: [String], _ value: ParameterValue, _ direction: CapacityDirection
    ) -> ScenarioCapacity? {
        let factor = direction == .more ? 1 + step : 1 / (1 + step)
        let key = path.joined(separator: ".")
        // A name with a dot in it cannot stand in a path.
        guard !path.contains(where: { $0.contains(".") }) else { return nil }
        switch value {
        case .count(let count):
            let better = direction == .more ? max(count + 1, Int((Double(count) * factor).rounded(.up))) : count - 1
            return better > 0 ? ScenarioCapacity(path: key, value: "\(count)", better: "\(better)") : nil
        case .duration(let time):
            let better = Duration(seconds: time.seconds * factor)
            return better > .zero && better != time
                ? ScenarioCapacity(path: key, value: time.description, better: better.description) : nil
        case .rate(let rate):
            let better = DataRate(bitsPerSecond: Int64((Double(rate.bitsPerSecond) * factor).rounded(.up)))
            return ScenarioCapacity(path: key, value: rate.description, better: better.description)
        case .size(let size):
            let better = ByteCount(Int64((Double(size.bytes) * factor).rounded(.up)))
            return ScenarioCapacity(path: key, value: size.description, better: better.description)
        case .number(let number):
            return ScenarioCapacity(
                path: key, value: DecimalText.trimmed(number), better: DecimalText.trimmed(number * factor))
        case .distribution(let times): return mean(of: times, key, factor)
        case .share, .date, .text, .sampled, .list: return nil
        }
    }

    /// A distribution of times is made shorter by its mean, where it has one.
    private static func mean(of times: Distribution, _ key: String, _ factor: Double) -> ScenarioCapacity? {
        let mean = Duration(seconds: times.sampler.mean)
        let better = Duration(seconds: mean.seconds * factor)
        guard better > .zero, better != mean else { return nil }
        let isConstant = !times.text.contains("{")
        guard isConstant || times.text.contains(" mean: ") else { return nil }
        return ScenarioCapacity(
            path: isConstant ? key : key + ".mean", value: mean.description, better: better.description)
    }
}
