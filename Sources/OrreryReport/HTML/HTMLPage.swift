import Foundation
import OrreryKernel

/// A whole page: complete without a network and without JavaScript, and the same bytes for the same result.
///
/// Its policy forbids everything but the style sheet and the script that stand in it, by their hashes. Text from
/// results is escaped by ``Markup``; nothing in the file depends on the time or the machine.
struct HTMLPage {
    /// Where a word of the contents leads.
    typealias Link = (target: String, label: String)

    /// The title of the browser's window.
    var title: String
    /// What sort of report it is.
    var brand: String
    var heading: String
    /// What the scenario is about; may be empty.
    var lead: String
    /// The version of Orrery that made the result.
    var version: String
    var contents: [Link]
    /// Where the variants are, where there are several.
    var variants: [Link] = []
    var sections: [Markup]

    /// The text of the file.
    var text: String { "<!DOCTYPE html>\n" + markup.source + "\n" }

    private static let style = String(decoding: PackageResources.report_css, as: UTF8.self)
    private static let script = String(decoding: PackageResources.report_js, as: UTF8.self)

    private static var policy: String {
        let (style, script) = (SecureHash.policySource(style), SecureHash.policySource(script))
        return "default-src 'none'; style-src '\(style)'; script-src '\(script)'; img-src data:; "
            + "base-uri 'none'; form-action 'none'"
    }

    private var markup: Markup {
        element("html", ["lang": "en"]) {
            element("head") {
                element("meta", ["charset": "utf-8"])
                element("meta", ["http-equiv": "Content-Security-Policy", "content": HTMLPage.policy])
                element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
                element("meta", ["name": "color-scheme", "content": "light dark"])
                element("meta", ["name": "generator", "content": "Orrery \(version)"])
                element("title") { title }
                element("link", ["rel": "icon", "href": "data:,"])
                element("style") { Markup(trusted: HTMLPage.style) }
            }
            element("body", ["id": "top"]) {
                element("a", ["class": "skip", "href": "#main"]) { "Skip to the result" }
                element("header", ["class": "masthead"]) {
                    element("p", ["class": "brand"]) { "Orrery · \(brand)" }
                    element("h1") { heading }
                    if !lead.isEmpty { element("p", ["class": "lead"]) { lead } }
                }
                HTMLPage.navigation("Contents", contents)
                if !variants.isEmpty { HTMLPage.navigation("Variants", variants, isLocal: true, isNamed: true) }
                element("main", ["id": "main"]) { sections }
                element("footer") {
                    element("p") {
                        "Made by Orrery \(version). The same scenario, seeds and version give the same bytes. "
                        "All figures are in the JSON result; this page shows a choice of them."
                    }
                    element("p") { element("a", ["href": "#top"]) { "Back to the top" } }
                }
                element("script") { Markup(trusted: HTMLPage.script) }
            }
        }
    }

    /// A list of links; its name is shown where it stands beside another.
    static func navigation(_ name: String, _ links: [Link], isLocal: Bool = false, isNamed: Bool = false) -> Markup {
        element("nav", ["aria-label": name, "class": isLocal ? "local" : nil]) {
            element("ul") {
                if isNamed { element("li", ["class": "nav-name"]) { name } }
                for link in links {
                    element("li") { element("a", ["href": link.target]) { link.label } }
                }
            }
        }
    }
}
