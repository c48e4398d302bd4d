import OrreryKernel

/// Items of the night go out when it ends, and what comes by day at once.
///
/// All telescopes of a site begin at the same dawn: a herd, unless they are spread. With a spread each telescope has
/// its own place in it, the same every day. A spread longer than the daylight leaves the last telescopes out.
struct EndOfNightUpload: UploadPolicy {
    let spread: Duration

    var watchesNight: Bool { true }

    func advice(_ situation: UploadSituation) -> UploadAdvice {
        if situation.isNight { return .waitForChange }
        guard let dawn = situation.dawn else { return .send }
        let share = Double(spread.nanoseconds) * situation.offset
        let start = dawn + Duration(nanoseconds: Int64(share))
        return situation.now < start ? .waitUntil(start) : .send
    }

    private static let spread = Parameter<Duration>(
        "spread", default: .zero, range: .within(0...43_200),
        summary: "the telescopes begin evenly spread over this time after dawn",
        source: "all at once, as nothing spreads them by itself; ours")

    static let kind = Kind<any UploadPolicy>(
        "end-of-night", summary: "items of the night go out when it ends", parameters: [spread.spec]
    ) { EndOfNightUpload(spread: $0[spread]) }
}
