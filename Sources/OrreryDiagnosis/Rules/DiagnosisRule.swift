/// A rule that reads the course of a run and names what went wrong in it.
///
/// A rule judges by ratios and laws of general validity: it knows no scenario, and a load ten times as large in a
/// network ten times as fast has the same symptoms. It states each of its limits as a named constant, with its reason.
public protocol DiagnosisRule: Sendable {
    /// The kinds that it can name.
    static var kinds: [SymptomKind] { get }
    /// What went wrong; nothing in a run that it finds sound.
    static func symptoms(in course: RunCourse) -> [Symptom]
}

/// The rules of a diagnosis.
///
/// A new rule is one file in `Rules/` and one line here. Of two symptoms that begin together, the one whose rule stands
/// first is taken for the earlier.
public enum SymptomCatalog {
    /// All rules.
    public static let rules: [any DiagnosisRule.Type] = [
        FaultRule.self,
        ArrivalHerdRule.self,
        AutoscalerThrashRule.self,
        StuckSubscriberRule.self,
        SilentTelescopesRule.self,
        FalseAlarmsRule.self,
        HotPartitionRule.self,
        LockConvoyRule.self,
        SessionExpiryRule.self,
        ProvisionedThroughputRule.self,
        RetryStormRule.self,
        EventQueueOverflowRule.self,
        SchedulerOverloadRule.self,
        LinkSaturationRule.self,
        StoreFullRule.self,
        SaturationRule.self,
        DiskFullRule.self,
        StateVersionMismatchRule.self,
        OperatorsOverwhelmedRule.self,
        NodeNotResponsiveRule.self,
        RedistributionRule.self,
        OutcomeRule.self,
    ]

    /// All kinds of symptom, in the order of their rules.
    public static let kinds: [SymptomKind] = rules.flatMap { $0.kinds }

    /// The kind of this name.
    public static subscript(name: String) -> SymptomKind? { kinds.first { $0.name == name } }
}
