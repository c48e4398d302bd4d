public import OrreryKernel

/// How observations come from the centre to the telescopes: who begins, and what the centre's computer does for it.
///
/// It is a state machine: it is told what telescopes say and says what the computer does next. It knows no agenda and
/// no telescopes; `SchedulerDesk` gives the computer its time and sends what comes of it.
public protocol Dispatch: Sendable {
    /// How telescopes ask for their next observation; nil if they are told without asking.
    var asking: Asking? { get }
    /// For how long a telescope gets observations at once; nil if it gets one at a time.
    var slice: Duration? { get }
    /// A word of a telescope arrives; whether it waits for the computer, and is not known before that came to it.
    mutating func hear(_ word: TelescopeWord) -> Bool
    /// What the computer does next; nil if it has nothing to do until something is heard.
    ///
    /// - Parameter look: the telescopes that the centre believes it can use.
    mutating func next(_ look: () -> [TelescopeID], using random: inout RandomStream) -> DispatchStep?
}

/// How telescopes ask for observations.
public struct Asking: BitwiseCopyable, Sendable {
    /// How long a telescope waits for the answer before it asks again.
    public let timeout: Duration
    /// How long it waits before it asks again if the answer was that there is nothing to do.
    public let interval: Duration
}

/// What a telescope says of itself: that it is there, whether it can observe, and perhaps that it wants to.
public struct TelescopeWord: BitwiseCopyable, Sendable {
    /// Who says it.
    public let telescope: TelescopeID
    /// Whether its dome is open and it works.
    public let isAvailable: Bool
    /// Whether it asks for an observation.
    public let asks: Bool
}

/// What the computer of the centre does, and for how long.
public enum DispatchStep: BitwiseCopyable, Sendable {
    /// It looks at the fleet as it is known, and works out who is to observe what.
    case plan(Duration)
    /// It sends a telescope its part of the plan.
    case tell(TelescopeID, Duration)
    /// It takes up what a telescope said, and answers if that was a question.
    case take(TelescopeWord, Duration)
    /// It rests.
    case rest(Duration)

    /// How long it takes.
    var duration: Duration {
        switch self {
        case .plan(let time), .tell(_, let time), .take(_, let time), .rest(let time): time
        }
    }

    /// Whether the computer works.
    var isWork: Bool {
        if case .rest = self { false } else { true }
    }
}

/// The kinds of dispatch.
///
/// A new kind is one file in `Kinds/` and one line here.
public enum DispatchCatalog {
    /// All kinds; the first is the default.
    public static let kinds = Catalog<any Dispatch>(noun: "dispatch", kinds: [Pull.kind, Push.kind])
}
