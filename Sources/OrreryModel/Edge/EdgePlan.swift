public import OrreryKernel

/// The computer at a telescope: how fast it is, and what it makes of every image.
public struct EdgePlan: Sendable {
    /// How many products it can work on at once.
    public let cores: Int
    /// How fast each core is, relative to the one for which the products state their work.
    public let speed: Double
    /// What is made of every image and sent, in the order of the catalog; at least one.
    public let products: [KindPlan<any EdgeProduct>]

    /// A computer from checked values; without any product it sends the raw images.
    public init(values: ParameterValues, products: [KindPlan<any EdgeProduct>]) {
        cores = values[EdgePlan.cores]
        speed = values[EdgePlan.speed]
        self.products =
            products.isEmpty ? [KindPlan(kind: RawImage.kind, values: ParameterValues([:]))] : products
    }

    /// No edge processing: every image is sent as it is.
    public static let rawOnly = EdgePlan(values: ParameterValues([:]), products: [])

    /// What it does with the images of a camera; made once for a run, not for every image.
    public func pipeline(of camera: Camera) -> EdgePipeline {
        EdgePipeline(camera: camera, speed: speed, products: products.map { $0.make() })
    }

    private static let cores = Parameter<Int>(
        "cores", default: 4, range: .within(1...1024), summary: "how many products the computer works on at once",
        source: "a Raspberry Pi 4 or 5 has four cores (raspberrypi.com)"
    )
    .asCapacity()
    private static let speed = Parameter<Double>(
        "speed", default: 1, range: .within(0.001...1000),
        summary: "how fast each core is: 2 halves the time of all products",
        source: "1 is one core of a Raspberry Pi 4, for which the speeds of the products are stated"
    )
    .asCapacity()

    /// The parameters of the computer, besides its products.
    public static let parameters = [cores.spec, speed.spec]
}

/// The products that a telescope's computer makes of the images of one camera.
public struct EdgePipeline: Sendable {
    private let camera: Camera
    private let speed: Double
    private let products: [any EdgeProduct]

    init(camera: Camera, speed: Double, products: [any EdgeProduct]) {
        self.camera = camera
        self.speed = speed
        self.products = products
    }

    /// How many products there are of every image.
    public var count: Int { products.count }

    /// The product with this index in the plan, of a new image.
    ///
    /// A stream for each product keeps them apart: a thumbnail that is added does not change the catalogues.
    public func make(_ index: Int, using random: inout RandomStream) -> EdgeResult {
        products[index].make(of: camera, using: &random)
    }

    /// How long one core of this computer takes for some work, rounded to the nearest nanosecond.
    public func time(for work: Duration) -> Duration {
        Duration(seconds: work.seconds / speed)
    }
}
