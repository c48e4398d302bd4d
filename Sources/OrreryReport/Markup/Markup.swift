/// A piece of HTML in which everything that came from outside is escaped.
///
/// There are two ways in: an element, whose attributes are escaped, and a text, which is escaped. Names of scenarios,
/// variants and groups can hold anything; none of it can become a tag. Every element is closed, so that the whole page
/// also reads as XML.
struct Markup: Sendable {
    /// The finished text.
    let source: String

    /// Nothing.
    static let empty = Markup(trusted: "")

    /// A text; markup in it is shown, not obeyed.
    init(_ text: String) {
        source = Markup.escaped(text)
    }

    /// Text that this module wrote itself, such as its style sheet.
    ///
    /// Never for anything from a result.
    init(trusted source: String) {
        self.source = source
    }

    /// Elements that never have content.
    private static let void: Set<String> = ["meta", "link", "br", "hr", "col"]

    /// An element; attributes whose value is nil are left out.
    static func element(
        _ name: String, _ attributes: KeyValuePairs<String, String?> = [:],
        @MarkupBuilder content: () -> Markup = { .empty }
    ) -> Markup {
        var text = "<" + name
        for case (let key, let value?) in attributes {
            text += " \(key)=\"\(escaped(value))\""
        }
        guard !void.contains(name) else { return Markup(trusted: text + "/>") }
        return Markup(trusted: text + ">" + content().source + "</\(name)>")
    }

    /// The text with the five special characters replaced, and characters that no document may hold made visible.
    static func escaped(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            default: result.unicodeScalars.append(isAllowed(scalar) ? scalar : "\u{FFFD}")
            }
        }
        return result
    }

    /// Control characters, non-characters and marks that turn the direction of writing do not belong into a report.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0xFDD0...0xFDEF: false
        default: scalar.value & 0xFFFE != 0xFFFE
        }
    }
}

/// Joins the pieces inside an element.
@resultBuilder
enum MarkupBuilder {
    static func buildExpression(_ text: String) -> Markup { Markup(text) }
    static func buildExpression(_ markup: Markup) -> Markup { markup }
    static func buildExpression(_ pieces: [Markup]) -> Markup { buildArray(pieces) }
    static func buildOptional(_ markup: Markup?) -> Markup { markup ?? .empty }
    static func buildEither(first: Markup) -> Markup { first }
    static func buildEither(second: Markup) -> Markup { second }
    static func buildArray(_ pieces: [Markup]) -> Markup { Markup(trusted: pieces.map(\.source).joined()) }
    static func buildBlock(_ pieces: Markup...) -> Markup { buildArray(pieces) }
}

/// An element; see ``Markup/element(_:_:content:)``.
func element(
    _ name: String, _ attributes: KeyValuePairs<String, String?> = [:],
    @MarkupBuilder content: () -> Markup = { .empty }
) -> Markup {
    Markup.element(name, attributes, content: content)
}
