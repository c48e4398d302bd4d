import OrreryKernel

/// Items go out only while the site's uplink is not too busy; else the telescope looks again later.
///
/// The uplink is free enough if it has fewer than so many transfers, or if one more would still get a good share of it.
struct BandwidthAwareUpload: UploadPolicy {
    let transfersMax: Int
    let shareMin: DataRate?
    let checkInterval: Duration

    func advice(_ situation: UploadSituation) -> UploadAdvice {
        isFree(situation) ? .send : .waitUntil(situation.now + checkInterval)
    }

    private func isFree(_ situation: UploadSituation) -> Bool {
        if situation.uplinkLoad < transfersMax { return true }
        guard let shareMin else { return false }
        return situation.uplinkRate.bitsPerSecond / Int64(situation.uplinkLoad + 1) >= shareMin.bitsPerSecond
    }

    private static let transfersMax = Parameter<Int>(
        "most-transfers", default: 4, range: .within(1...1_000_000),
        summary: "it sends while fewer transfers than this are on the uplink",
        source: "rclone: --transfers")
    private static let shareMin = Parameter<DataRate>(
        optional: "lowest-rate", range: .within(1...1e15),
        summary: "it sends also while its share of the uplink would be at least this; left out, it does not look at it")
    private static let checkInterval = Parameter<Duration>(
        "check-every", default: .minutes(1), range: .above(0, upTo: 86_400),
        summary: "how long it waits before it looks again", source: "about one exposure; ours")

    static let kind = Kind<any UploadPolicy>(
        "bandwidth-aware", summary: "items go out only while the site's uplink is not too busy",
        parameters: [transfersMax.spec, shareMin.spec, checkInterval.spec]
    ) {
        BandwidthAwareUpload(
            transfersMax: $0[transfersMax], shareMin: $0[optional: shareMin], checkInterval: $0[checkInterval])
    }
}
