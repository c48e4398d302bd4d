/// Why an item was lost.
///
/// Every loss has one; conservation counts them apart.
public enum LossReason: Int, CaseIterable, Sendable {
    case brokerFull

    /// The name in metrics, files and reports.
    public var name: String {
        switch self {
        case .brokerFull: "broker-full"
        }
    }

    /// The reason in words, as the rest of a sentence that says what was lost.
    public var summary: String {
        switch self {
        case .brokerFull: "because the broker was full"
        }
    }
}
