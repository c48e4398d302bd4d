/// The facts below an answer: what was run, its digest, and the command that makes it again.
struct FactList {
    var facts: [(label: String, text: String)]
    var fingerprint: (label: String, digest: String)
    var command: String

    var markup: Markup {
        element("dl", ["class": "facts"]) {
            for fact in facts {
                element("div") {
                    element("dt") { fact.label }
                    element("dd") { fact.text }
                }
            }
            element("div", ["class": "wide"]) {
                element("dt") { fingerprint.label }
                element("dd") { element("code") { fingerprint.digest } }
            }
            element("div", ["class": "wide"]) {
                element("dt") { "To make this again" }
                element("dd") { element("pre", ["tabindex": "0"]) { element("code") { command } } }
            }
        }
    }
}
