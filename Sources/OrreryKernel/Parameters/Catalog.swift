/// One kind of a component: its name, its parameters, and how to make one from them.
public struct Kind<Product>: Sendable {
    /// The name in the scenario file.
    public let name: String
    /// One line on what it is.
    public let summary: String
    /// Where the model comes from; empty where it is a definition.
    public let source: String
    /// Its parameters, in the order in which they are listed.
    public let parameters: [ParameterSpec]
    /// What is wrong with values that are each in range but do not fit together; nil if nothing is.
    public let conflict: @Sendable (ParameterValues) -> String?
    /// Makes one from values that were checked.
    public let make: @Sendable (ParameterValues) -> Product

    /// A kind; `conflict` may check what no single range can.
    public init(
        _ name: String, summary: String, source: String = "", parameters: [ParameterSpec] = [],
        conflict: @escaping @Sendable (ParameterValues) -> String? = { _ in nil },
        make: @escaping @Sendable (ParameterValues) -> Product
    ) {
        self.name = name
        self.summary = summary
        self.source = source
        self.parameters = parameters
        self.conflict = conflict
        self.make = make
    }

    /// The same kind, of which something else is made.
    public func map<Other>(_ transform: @escaping @Sendable (Product) -> Other) -> Kind<Other> {
        let make = make
        return Kind<Other>(name, summary: summary, source: source, parameters: parameters, conflict: conflict) {
            transform(make($0))
        }
    }
}

/// The list of the kinds of one component.
///
/// Adding a kind means adding a line to such a list.
public struct Catalog<Product>: Sendable {
    /// What the kinds are kinds of, in the singular: "distribution", "broker".
    public let noun: String
    /// The kinds, in the order in which they are listed.
    public let kinds: [Kind<Product>]

    /// A catalog; two kinds of one name are a bug.
    public init(noun: String, kinds: [Kind<Product>]) {
        invariant(Set(kinds.map(\.name)).count == kinds.count, "two kinds of \(noun) have one name")
        self.noun = noun
        self.kinds = kinds
    }

    /// The kind of this name.
    public subscript(name: String) -> Kind<Product>? {
        kinds.first { $0.name == name }
    }
}

/// A thing of some kind, chosen with its values but not yet made: every run makes its own.
public struct KindPlan<Product>: Sendable {
    /// The kind.
    public let kind: Kind<Product>
    /// Its parameters.
    public let values: ParameterValues

    /// A thing of a kind, with checked values.
    public init(kind: Kind<Product>, values: ParameterValues) {
        self.kind = kind
        self.values = values
    }

    /// The first kind of a catalog, its default, with the defaults of its parameters.
    public init(firstOf catalog: Catalog<Product>) {
        self.init(kind: catalog.kinds[0], values: ParameterValues([:]))
    }

    /// A new one.
    public func make() -> Product { kind.make(values) }
}
