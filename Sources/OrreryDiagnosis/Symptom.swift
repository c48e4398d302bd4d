public import OrreryKernel

/// Something that went wrong in a run: what, when, where, and what was seen of it.
public struct Symptom: Equatable, Sendable {
    /// What it is.
    public let kind: SymptomKind
    /// When it began, from the start of the run.
    public let start: Duration
    /// When it was over; the run's end if it never was.
    public let end: Duration
    /// Where, in words, as the rest of a sentence: `the inboxes of the nodes`.
    public let place: String
    /// What was seen, as a clause with its figures.
    public let evidence: String

    /// A symptom from its parts.
    public init(_ kind: SymptomKind, start: Duration, end: Duration, place: String, evidence: String) {
        self.kind = kind
        self.start = start
        self.end = max(start, end)
        self.place = place
        self.evidence = evidence
    }
}

/// A kind of symptom: its name, what it means, and what can bring it about.
public struct SymptomKind: Sendable {
    /// The name, as engineers would search for it: `EventQueueOverflow`.
    public let name: String
    /// What it means, in one line.
    public let summary: String
    /// By which rule it is named, and where the rule comes from.
    public let rule: String
    /// The names of the kinds that can bring it about, the likeliest first.
    public let causes: [String]
    /// The names of the kinds that say the same more closely: beside one of them it is not named.
    public let saidBy: [String]
    /// Whether nothing of the network brought it about.
    public let isTrigger: Bool
    /// Whether it is what everything led to.
    public let isOutcome: Bool

    /// A kind from its parts.
    public init(
        _ name: String, summary: String, rule: String, causes: [String] = [], saidBy: [String] = [],
        isTrigger: Bool = false, isOutcome: Bool = false
    ) {
        self.name = name
        self.summary = summary
        self.rule = rule
        self.causes = causes
        self.saidBy = saidBy
        self.isTrigger = isTrigger
        self.isOutcome = isOutcome
    }
}

extension SymptomKind: Equatable {
    /// Kinds of one name are the same.
    public static func == (left: SymptomKind, right: SymptomKind) -> Bool { left.name == right.name }
}
