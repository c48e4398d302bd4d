import OrreryKernel
import Testing

@testable import OrreryModel

/// The vocabulary of the tests of edge processing.
enum EdgeFixture {
    /// A plan of a kind, with its defaults but for these values.
    static func plan(_ name: String, _ values: [String: ParameterValue] = [:]) throws -> KindPlan<any EdgeProduct> {
        KindPlan(kind: try #require(EdgeProductCatalog.kinds[name]), values: ParameterValues(values))
    }

    /// One product of an image of a camera.
    static func make(
        _ name: String, _ values: [String: ParameterValue] = [:], of camera: String = "asi2600"
    ) throws -> EdgeResult {
        var random = stream("product")
        return try plan(name, values).make().make(of: self.camera(camera), using: &random)
    }

    static func camera(_ name: String) throws -> Camera { try #require(CameraCatalog[name]) }

    static func stream(_ purpose: String, seed: UInt64 = 1) -> RandomStream {
        RandomStream(seed: seed, entity: "edge", purpose: purpose)
    }

    static func always(_ value: Double) -> ParameterValue {
        .distribution(Distribution(Constant(value), text: "\(value)"))
    }

    static func between(_ minimum: Double, _ maximum: Double) -> ParameterValue {
        .distribution(Distribution(Uniform(minimum: minimum, maximum: maximum), text: "\(minimum) to \(maximum)"))
    }
}
