public import OrreryKernel

/// A section of the scenario file: what may stand in it.
///
/// The tree of sections is the one declaration of the file's structure.
///
/// Decoding, unknown keys, the paths of overrides, the schema, the canonical text and the help all walk this tree. The
/// parameters and the kinds in it are those of the model's plans and catalogs, so a new one is here without a change.
public struct SectionSpec: Sendable {
    /// The key of the section.
    public let key: String
    /// The path from the top, for instance `system.workers` or `sites.<name>.uplink`; empty for the whole file.
    public internal(set) var path = ""
    /// One line on what the section says.
    public let summary: String
    /// What form the section has.
    public let form: Form
    /// Whether the absence of the section has a meaning of its own; otherwise its defaults are filled in.
    public let isOptional: Bool
    /// The key of a section beside it that takes its place; nil if there is none.
    public let rival: String?
    /// Whether all variants share what it says, so that none may change it.
    public let isShared: Bool
    /// The parameters, in the order in which they are listed; those of a kind are with the kind.
    public let parameters: [ParameterSpec]
    /// Keys whose values are names in another section.
    public let references: [ReferenceSpec]
    /// The kinds, the first of which is the default.
    public let kinds: [KindSpec]
    /// The sections in it.
    public internal(set) var sections: [SectionSpec]

    /// The forms that a section can have.
    public enum Form: Sendable, Equatable {
        /// Parameters and sections under their keys.
        case mapping
        /// Names of the user's choice; under each a mapping of parameters and sections. The noun says what is named.
        case entries(noun: String)
        /// A `kind` and the parameters of the kind. The noun says of what.
        case kinds(noun: String)
        /// Names of variants; under each a part of the file that is laid over it.
        case variants
        /// Paths of parameters; under each the values that it takes, or under `constraints` a list of conditions.
        case sweep
        /// Keys of metrics; under each a list of conditions.
        case thresholds
    }

    init(
        _ key: String, summary: String, form: Form = .mapping, isOptional: Bool = false, rival: String? = nil,
        isShared: Bool = false, parameters: [ParameterSpec] = [], references: [ReferenceSpec] = [],
        kinds: [KindSpec] = [], sections: [SectionSpec] = []
    ) {
        self.key = key
        self.summary = summary
        self.form = form
        self.isOptional = isOptional
        self.rival = rival
        self.isShared = isShared
        self.parameters = parameters
        self.references = references
        self.kinds = kinds
        self.sections = sections
    }

    /// A section whose kinds are those of a catalog.
    init<Product>(_ key: String, summary: String, rival: String? = nil, catalog: Catalog<Product>) {
        self.init(
            key, summary: summary, form: .kinds(noun: catalog.noun), rival: rival,
            kinds: catalog.kinds.map { KindSpec($0) })
    }

    /// The section under a key.
    subscript(key: String) -> SectionSpec? {
        sections.first { $0.key == key }
    }

    /// The keys that may stand in the section, or under each of its names.
    var keys: [String] {
        references.map(\.key) + parameters.map(\.key) + sections.map(\.key)
    }

    /// The same section, with its own path and those of all in it.
    func placed(under parent: String) -> SectionSpec {
        var placed = self
        placed.path = parent.isEmpty ? key : "\(parent).\(key)"
        var inside = placed.path
        if case .entries = form { inside += ".<name>" }
        placed.sections = sections.map { $0.placed(under: inside) }
        return placed
    }
}

/// A key whose value is a name in another section: `site` in a group of telescopes.
public struct ReferenceSpec: Sendable {
    /// The key.
    public let key: String
    /// The section that holds the names.
    public let section: String
    /// One line on what it means.
    public let summary: String
}

/// A kind of a component, apart from what it makes.
public struct KindSpec: Sendable {
    /// The name in the scenario file.
    public let name: String
    /// One line on what it is.
    public let summary: String
    /// Where the model comes from; empty where it is a definition.
    public let source: String
    /// Its parameters.
    public let parameters: [ParameterSpec]
    /// What is wrong with values that are each in range but do not fit together.
    let conflict: @Sendable (ParameterValues) -> String?

    /// A kind of a catalog.
    init<Product>(_ kind: Kind<Product>) {
        name = kind.name
        summary = kind.summary
        source = kind.source
        parameters = kind.parameters
        conflict = kind.conflict
    }

    /// Whether the bare name is enough.
    var mayBeBare: Bool { !parameters.contains(where: \.isRequired) }
}
