import OrreryKernel

/// Everything goes out as soon as it is on the disk.
struct ImmediateUpload: UploadPolicy {
    var sendsAtOnce: Bool { true }

    func advice(_ situation: UploadSituation) -> UploadAdvice { .send }

    static let kind = Kind<any UploadPolicy>(
        "immediate", summary: "everything goes out as soon as it is on the disk"
    ) { _ in ImmediateUpload() }
}
