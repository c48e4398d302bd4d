import OrreryExperiment

/// What a symptom is in the chain from the first bad event to the outcome: a word, a shape and a colour.
enum SymptomRole: String {
    case trigger
    case cause
    case effect
    case outcome

    /// The role of a symptom; one that this program does not know counts as an effect.
    init(_ symptom: SymptomResult) {
        self = SymptomRole(rawValue: symptom.role) ?? .effect
    }

    /// The word for it.
    var word: String {
        switch self {
        case .trigger: "trigger"
        case .cause: "first cause"
        case .effect: "effect"
        case .outcome: "outcome"
        }
    }

    private var shape: String {
        switch self {
        case .trigger: "M-6-5h12l-6 10z"
        case .cause: "M0-7l7 7l-7 7l-7-7z"
        case .effect: "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0"
        case .outcome: "M-5-5h10v10h-10z"
        }
    }

    /// The shape at a place of a drawing.
    func marker(x: String, y: String) -> Markup {
        element("svg", ["class": "marker", "x": x, "y": y]) {
            element("path", ["class": "role \(rawValue)", "d": shape])
        }
    }

    /// The shape for a list.
    var sample: Markup {
        element("svg", ["class": "sample", "width": "18", "height": "16", "aria-hidden": "true"]) {
            marker(x: "9", y: "8")
        }
    }
}
