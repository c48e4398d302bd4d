import OrreryExperiment

/// The points of a sweep that make one line of a chart: those of one variant that differ in one parameter only.
struct SweepLine {
    /// The variant and the values of the other parameters, as far as there are several.
    let label: String
    /// The variant's place in the result.
    let variant: Int
    /// The points, by rising number.
    let points: [(number: Double, point: SweepPointResult)]

    /// Which parameter the charts are drawn over: the first that is a number and has several values; nil if none is.
    static func axis(of result: SweepResult) -> Int? {
        result.parameters.firstIndex { $0.unit != nil && $0.values.count > 1 }
    }

    /// All lines, variant by variant and in the order of the points.
    static func lines(of result: SweepResult) -> [SweepLine] {
        guard let axis = axis(of: result) else { return [] }
        return result.variants.enumerated().flatMap { index, variant in
            lines(of: variant, index, in: result, over: axis)
        }
    }

    private static func lines(
        of variant: SweptVariantResult, _ index: Int, in result: SweepResult, over axis: Int
    ) -> [SweepLine] {
        var names: [String] = []
        var points: [String: [(number: Double, point: SweepPointResult)]] = [:]
        for point in variant.points {
            guard let number = point.numbers[axis] else { continue }
            let others = result.parameters.indices.filter { $0 != axis && result.parameters[$0].values.count > 1 }
            let values = others.map { "\(result.parameters[$0].name) \(point.values[$0])" }
            let name = ((result.variants.count > 1 ? [variant.name] : []) + values).joined(separator: ", ")
            if points[name] == nil { names.append(name) }
            points[name, default: []].append((number, point))
        }
        return names.map { name in
            SweepLine(
                label: name.isEmpty ? "simulated" : name, variant: index,
                points: (points[name] ?? []).sorted { $0.number < $1.number })
        }
    }
}

extension SweptParameterResult {
    /// The last two parts of the path: `workers.count`.
    var name: String { path.split(separator: ".").suffix(2).joined(separator: ".") }
}
