import OrreryKernel
import OrreryModel

/// What a section of a file says, with every default filled in.
struct DecodedSection {
    /// The parameters, in the order of their declaration: of the section, or of its kind.
    var parameters: [DecodedParameter] = []
    /// The names given for references, by key.
    var references: [String: String] = [:]
    /// The kind, in a section of kinds.
    var kind: KindSpec?
    /// The sections in it; an optional one that is absent is not here.
    var sections: [String: DecodedSection] = [:]
    /// What is under each name, in a section of entries.
    var entries: [DecodedEntry] = []
    /// The conditions, in the section of thresholds.
    var thresholds: [Threshold] = []

    /// The values of the parameters that have one.
    var values: ParameterValues {
        var values: [String: ParameterValue] = [:]
        for parameter in parameters { values[parameter.spec.key] = parameter.value }
        return ParameterValues(values)
    }
}

/// What is under a name of the user's choice.
struct DecodedEntry {
    let name: String
    let section: DecodedSection
}

/// A parameter with its value.
struct DecodedParameter {
    let spec: ParameterSpec
    /// The value, given or by default; nil if there is none, or if it was faulty.
    var value: ParameterValue?
    /// Where it is given; nil for a default.
    var spot: Spot?
}

/// A place, and what comes before the paths of what stands there.
struct Spot {
    var place: ScenarioPlace
    var prefix = ""
}

extension TreeEntry {
    /// Where the key stands.
    var spot: Spot { Spot(place: place, prefix: prefix) }
}

extension TreeNode {
    /// Where the value stands.
    var spot: Spot { Spot(place: place, prefix: prefix) }
}

/// The faults that were found so far.
struct FaultList {
    private(set) var faults: [ScenarioFault]

    init(_ faults: [ScenarioFault] = []) {
        self.faults = faults
    }

    /// Notes a fault; the prefix of the spot goes before the path.
    mutating func note(
        _ spot: Spot, _ path: String, _ category: ScenarioFault.Category, _ problem: String, value: String? = nil,
        allowed: String? = nil, nearest: String? = nil
    ) {
        faults.append(
            ScenarioFault(
                place: spot.place, path: spot.prefix + path, category: category, problem: problem, value: value,
                allowed: allowed,
                nearest: nearest))
    }

    /// Notes all faults of another list.
    mutating func append(_ other: FaultList) {
        faults += other.faults
    }

    /// Notes all faults of another list, which were found at a point of a sweep.
    mutating func append(_ other: FaultList, at point: String) {
        for var fault in other.faults {
            fault.point = point
            faults.append(fault)
        }
    }

    /// Notes what is wrong with the text of a value.
    mutating func note(_ spot: Spot, _ path: String, _ flaw: ValueFlaw, value: String) {
        note(spot, path, flaw.category, flaw.problem, value: value, allowed: flaw.allowed, nearest: flaw.nearest)
    }

    /// Notes a value that has another form than it should.
    mutating func noteForm(_ node: TreeNode, _ path: String, expected: String) {
        if node.isFaulty { return }
        if case .null = node.content {
            note(node.spot, path, .missing, "has no value", allowed: "expected \(expected)")
        } else {
            note(node.spot, path, .wrongType, "is \(node.form)", value: node.text, allowed: "expected \(expected)")
        }
    }
}
