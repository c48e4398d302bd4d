@testable import OrreryKernel

/// Parameters for any kind of sampler, chosen from its declarations alone, so that a new kind is tested without a line
/// here.
enum SamplerExamples {
    /// Values inside every range, increasing from parameter to parameter.
    static func typical(_ kind: Kind<any Sampler>, withOptional: Bool) -> ParameterValues {
        var values: [String: ParameterValue] = [:]
        for (index, spec) in kind.parameters.enumerated() where withOptional || spec.isRequired {
            let candidates = [2.5 + Double(index), 0.25 + 0.1 * Double(index), 1 + Double(index)]
            values[spec.key] = value(of: spec, candidates.first { spec.range.contains($0) } ?? 0)
        }
        return ParameterValues(values)
    }

    /// Every combination of the ends and some inner points of every range, without those that conflict.
    static func extreme(_ kind: Kind<any Sampler>) -> [ParameterValues] {
        var combinations: [[String: ParameterValue]] = [[:]]
        for spec in kind.parameters {
            let lowest = spec.range.minimum ?? -1e300
            let ends = [lowest, lowest.nextUp, spec.range.maximum ?? 1e300]
            let choices = (ends + [0, 1e-300, 1e-9, 0.5, 1, 1.0.nextUp, 10, 1e6]).filter { spec.range.contains($0) }
            combinations = combinations.flatMap { combination in
                choices.map { choice in combination.merging([spec.key: value(of: spec, choice)]) { $1 } }
            }
        }
        return combinations.map(ParameterValues.init).filter { kind.conflict($0) == nil }
    }

    private static func value(of spec: ParameterSpec, _ number: Double) -> ParameterValue {
        switch spec.dimension {
        case .sampled: .sampled(SampledQuantity(number, text: "\(number)"))
        case .count: .count(Int(number.rounded()))
        case .share: .share(number)
        case .numbers: .list([number, number + 1, number + 3])
        default: .number(number)
        }
    }
}
