import OrreryKernel
public import OrreryModel

/// Why one run went as it did: its symptoms in the order in which they began, and what follows from what.
public struct Diagnosis: Equatable, Sendable {
    /// What went wrong, in the order in which it began.
    public let findings: [Finding]

    /// A symptom and its place in the chain.
    public struct Finding: Equatable, Sendable {
        /// The symptom.
        public let symptom: Symptom
        /// What it is in the chain.
        public let role: Role
        /// The place in the list that it follows from; nil for what nothing here explains.
        public let follows: Int?
    }

    /// What a symptom is in the chain.
    public enum Role: String, Sendable {
        /// A fault of the scenario.
        case trigger
        /// Something that no other symptom explains; the first of them is the first cause.
        case cause
        /// It follows from an earlier one.
        case effect
        /// What became of the run.
        case outcome
    }

    /// The diagnosis of a run.
    public init(_ record: RunRecord, plan: NetworkPlan) { self.init(RunCourse(record, plan: plan)) }

    /// The diagnosis of a course.
    public init(_ course: RunCourse) {
        let symptoms = SymptomCatalog.rules.filter { $0 != OutcomeRule.self }.flatMap { $0.symptoms(in: course) }
        let first = symptoms.filter { !$0.kind.isTrigger }.map(\.start).min() ?? .zero
        let outcome = OutcomeRule.symptom(in: course, since: first)
        self.init(symptoms + (outcome.map { [$0] } ?? []), in: course)
    }

    /// Symptoms in the order of the catalog, put into a chain.
    init(_ all: [Symptom], in course: RunCourse) {
        // Bins are coarse, and what begins in neighbouring ones can have any order.
        let tolerance = Duration(nanoseconds: course.binWidth.nanoseconds * 2)
        let symptoms = all.filter { symptom in
            !all.contains { other in
                symptom.kind.saidBy.contains(other.kind.name) && other.start <= symptom.end + tolerance
                    && symptom.start <= other.end + tolerance
            }
        }
        .enumerated().sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }.map(\.element)
        let memory = Duration(seconds: course.duration.seconds * RunClass.stretchShare)
        var follows = [Int?](repeating: nil, count: symptoms.count)
        for place in symptoms.indices {
            follows[place] = Diagnosis.origin(of: place, in: symptoms, follows, tolerance, memory)
        }
        findings = symptoms.indices.map { place in
            let kind = symptoms[place].kind
            let origin = follows[place].map { symptoms[$0].kind }
            let role: Role =
                kind.isTrigger
                ? .trigger : kind.isOutcome ? .outcome : origin.map { !$0.isTrigger } ?? false ? .effect : .cause
            return Finding(symptom: symptoms[place], role: role, follows: follows[place])
        }
    }

    /// Where the first cause stands; nil if nothing but triggers and outcomes was found.
    public var firstCause: Int? { findings.firstIndex { $0.role == .cause } }

    /// What a symptom follows from: the likeliest kind that began before it, or at the same time as far as bins tell,
    /// and that was not over for long.
    private static func origin(
        of place: Int, in symptoms: [Symptom], _ follows: [Int?], _ tolerance: Duration, _ memory: Duration
    ) -> Int? {
        let symptom = symptoms[place]
        if symptom.kind.isTrigger { return nil }
        let possible = symptoms.indices.filter { other in
            let cause = symptoms[other]
            guard other != place, !cause.kind.isOutcome, cause.start <= symptom.start + tolerance,
                symptom.start <= cause.end + memory
            else { return false }
            // What can bring each other about has the order in which it began, and no circle.
            let isMutual = cause.kind.causes.contains(symptom.kind.name)
            return isMutual ? other < place : !leads(from: place, to: other, follows)
        }
        if symptom.kind.isOutcome {
            // The last link of the chain that the first cause began leads to it.
            let first = possible.first { !symptoms[$0].kind.isTrigger && isRoot($0, symptoms, follows) }
            guard let first else { return possible.last }
            return possible.last { leads(from: first, to: $0, follows) } ?? first
        }
        for cause in symptom.kind.causes {
            if let origin = possible.last(where: { symptoms[$0].kind.name == cause }) { return origin }
        }
        return nil
    }

    private static func isRoot(_ place: Int, _ symptoms: [Symptom], _ follows: [Int?]) -> Bool {
        follows[place].map { symptoms[$0].kind.isTrigger } ?? true
    }

    /// Whether one leads to the other.
    private static func leads(from one: Int, to other: Int, _ follows: [Int?]) -> Bool {
        var place: Int? = other
        while let current = place {
            if current == one { return true }
            place = follows[current]
        }
        return false
    }
}
