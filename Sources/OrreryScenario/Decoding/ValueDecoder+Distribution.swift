import OrreryKernel

extension ValueDecoder {
    /// A distribution: a bare quantity, the bare name of a kind that needs no parameters, or a mapping with a kind.
    mutating func distribution(of dimension: Dimension, _ range: ParameterRange, _ node: TreeNode, path: String)
        -> Distribution?
    {
        let countBefore = faults.faults.count
        let decoded: (kind: KindSpec, parameters: [DecodedParameter])?
        switch node.content {
        case .scalar(let text): decoded = bare(text, dimension, node, path: path)
        case .mapping:
            decoded = kind(
                ScenarioStructure.distributions, noun: SamplerCatalog.kinds.noun, fallback: nil, node, path: path,
                spot: node.spot,
                sampled: dimension)
        case .null, .sequence:
            let whole = Dimension.distribution(of: dimension)
            faults.noteForm(node, path, expected: "\(whole.phrase), for instance \(whole.example)")
            return nil
        }
        guard let (spec, parameters) = decoded, faults.faults.count == countBefore,
            let kind = SamplerCatalog.kinds[spec.name]
        else { return nil }
        let sampler = kind.make(DecodedSection(parameters: parameters).values)
        let text = node.text.map { _ in CanonicalText.bare(spec, parameters) } ?? CanonicalText.inline(spec, parameters)
        if !range.isEverything, !range.contains(sampler.mean) {
            faults.note(
                node.spot, path, .outOfRange, node.text == nil ? "has a mean that is out of range" : "is out of range",
                value: node.text ?? text, allowed: range.words(dimension))
            return nil
        }
        return Distribution(sampler, text: text)
    }

    /// A quantity, which is a constant, or the name of a kind that needs no parameters.
    private mutating func bare(
        _ text: String, _ dimension: Dimension, _ node: TreeNode, path: String
    ) -> (kind: KindSpec, parameters: [DecodedParameter])? {
        let kinds = ScenarioStructure.distributions
        if let named = kinds.first(where: { $0.name == text }) {
            guard named.mayBeBare else {
                let needed = named.parameters.filter(\.isRequired).map { "\($0.key): …" }.joined(separator: ", ")
                faults.note(
                    node.spot, path, .missing, "needs its parameters", value: text,
                    allowed: "{ kind: \(named.name), \(needed) }")
                return nil
            }
            return (named, parameters(named.parameters, in: [], path: path, spot: node.spot, sampled: dimension))
        }
        guard let constant = kinds.first(where: { $0.name == "constant" }), let spec = constant.parameters.first else {
            violation("the catalog of distributions holds no constant with a parameter")
        }
        guard let value = value(spec, node, path: path, sampled: dimension) else { return nil }
        return (constant, [DecodedParameter(spec: spec, value: value, spot: node.spot)])
    }
}
