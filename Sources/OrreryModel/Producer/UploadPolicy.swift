public import OrreryKernel

/// When a telescope sends what waits on its disk.
///
/// Items go out one after another, the oldest first. A policy decides only whether the next one may begin; a transfer
/// that is under way is always finished.
public protocol UploadPolicy: Sendable {
    /// Whether its advice changes when night begins or ends.
    var watchesNight: Bool { get }
    /// Whether its advice is always to send, so that nobody need ask.
    var sendsAtOnce: Bool { get }
    /// Whether the oldest waiting item is sent now, and if not, when to ask again; asked only while an item waits.
    func advice(_ situation: UploadSituation) -> UploadAdvice
}

extension UploadPolicy {
    /// Most policies do not look at the sky.
    public var watchesNight: Bool { false }
    /// Most policies have to be asked.
    public var sendsAtOnce: Bool { false }
}

/// What a telescope knows when it decides whether to send.
public struct UploadSituation: BitwiseCopyable, Sendable {
    /// The present.
    public var now: Instant
    /// The local mean solar time since midnight, from 0 to less than 24 h; it goes on at the same pace as the run.
    public var localTime: Duration
    /// Whether the sun is below the site's limit.
    public var isNight: Bool
    /// When the last night ended; nil if none has ended in this run.
    public var dawn: Instant?
    /// Where the telescope stands in everything that is spread over the telescopes: from 0 to less than 1, drawn once.
    public var offset: Double
    /// Whether the last advice was to send, and the disk was not empty since.
    public var isSending: Bool
    /// How many items wait; at least one.
    public var waiting: Int
    /// How much they are.
    public var waitingBytes: ByteCount
    /// When the oldest waiting item came onto the disk.
    public var oldest: Instant
    /// How many transfers are on the site's uplink.
    public var uplinkLoad: Int
    /// The speed of the site's uplink.
    public var uplinkRate: DataRate
}

/// What an upload policy wants.
///
/// Unless it says to send, it is asked again whenever an item comes onto the disk or an answer comes, and, if it
/// watches the night, when night begins or ends.
public enum UploadAdvice: BitwiseCopyable, Equatable, Sendable {
    /// The oldest waiting item goes out now.
    case send
    /// Ask again at this later instant, or when something changes before.
    case waitUntil(Instant)
    /// Ask again when something changes.
    case waitForChange
}

/// The kinds of upload policies.
///
/// A new kind is one file in `Uploads/` and one line here.
public enum UploadCatalog {
    /// All kinds; the first is the default.
    public static let kinds = Catalog<any UploadPolicy>(
        noun: "upload policy",
        kinds: [
            ImmediateUpload.kind,
            BatchUpload.kind,
            OffHoursUpload.kind,
            EndOfNightUpload.kind,
            BandwidthAwareUpload.kind,
        ])
}
