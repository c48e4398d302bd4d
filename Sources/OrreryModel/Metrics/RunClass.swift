/// What became of a run: whether its network carried the load, and if not, whether it came back.
///
/// Overload is bistable: with the same parameters some seeds collapse and others recover, and a mean over both says
/// nothing about either. So every run is classed by itself, from its series alone, and results say how likely each
/// class is. The rules stand in `OrreryDiagnosis`.
public enum RunClass: String, CaseIterable, Codable, Sendable {
    /// It was never in distress for longer than a moment.
    case stable
    /// It was in distress, and is sound at its end.
    case recovered
    /// It is in distress at its end although nothing is broken any more, under a load that it carried before.
    case metastable
    /// It is in distress at its end, or lost too much of its load.
    case collapsed

    /// The metric whose values are the share of seeds of this class.
    public var metric: String { "outcome.\(rawValue)" }

    /// One line on what a run of this class did.
    public var summary: String {
        switch self {
        case .stable: "carried its load all the time"
        case .recovered: "were in distress and are sound at the end"
        case .metastable: "stay in distress though the trigger is gone, under a load that they carried before"
        case .collapsed: "are in distress at the end, or lost more than a fifth of their load"
        }
    }
}
