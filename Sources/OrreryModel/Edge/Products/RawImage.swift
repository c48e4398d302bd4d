import OrreryKernel

/// The image as the camera writes it.
struct RawImage: EdgeProduct {
    func make(of camera: Camera, using random: inout RandomStream) -> EdgeResult {
        EdgeResult(size: camera.imageSize, work: .zero)
    }

    static let kind = Kind<any EdgeProduct>("raw", summary: "the FITS file as the camera writes it, without any work") {
        _ in RawImage()
    }
}
