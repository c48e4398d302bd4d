/// Something secondary behind a switch; print shows it open.
struct Fold {
    var summary: String
    var isOpen = false
    var content: Markup

    var markup: Markup {
        element("details", ["class": "fold", "open": isOpen ? "open" : nil]) {
            element("summary") { summary }
            content
        }
    }
}
