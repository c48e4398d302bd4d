import OrreryKernel

/// Items go out when enough of them wait, or the oldest has waited for long enough; then until the disk is empty.
struct BatchUpload: UploadPolicy {
    let size: Int
    let waitMax: Duration

    func advice(_ situation: UploadSituation) -> UploadAdvice {
        let deadline = situation.oldest + waitMax
        let isDue = situation.isSending || situation.waiting >= size || situation.now >= deadline
        return isDue ? .send : .waitUntil(deadline)
    }

    private static let size = Parameter<Int>(
        "size", default: 10, range: .within(1...1e9), summary: "how many items make a batch",
        source: "ten minutes of one-minute exposures; ours")
    private static let waitMax = Parameter<Duration>(
        "longest-wait", default: .hours(1), range: .above(0, upTo: 604_800),
        summary: "how long an item waits at most for its batch to become full",
        source: "the last items of a night wait no longer; ours")

    static let kind = Kind<any UploadPolicy>(
        "batches", summary: "items go out when enough of them wait or the oldest has waited long; then all of them",
        parameters: [size.spec, waitMax.spec]
    ) { BatchUpload(size: $0[size], waitMax: $0[waitMax]) }
}
