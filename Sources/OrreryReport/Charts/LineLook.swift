/// How the lines of a chart are told apart.
///
/// Each look is a colour, a dash and a marker together. Colour and dash are in the style sheet under `look1` to
/// `look4`.
enum LineLook {
    private static let shapes = [
        "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0", "M-3.5-3.5h7v7h-7z", "M0-4.5l4.5 8h-9z", "M0-5l5 5l-5 5l-5-5z",
    ]

    /// The marker of a look at a place.
    static func marker(_ look: Int, x: String, y: String) -> Markup {
        element("svg", ["class": "marker", "x": x, "y": y]) {
            element("path", ["class": "mark look\(look)", "d": shapes[(look - 1) % shapes.count]])
        }
    }

    /// A short piece of the line with its marker, for the legend.
    static func sample(_ look: Int) -> Markup {
        element("svg", ["class": "sample", "width": "34", "height": "12", "aria-hidden": "true"]) {
            element("path", ["class": "line look\(look)", "d": "M1 6h32"])
            marker(look, x: "17", y: "6")
        }
    }

    /// A legend of lines.
    static func legend(_ entries: [(label: String, look: Int)]) -> Markup {
        element("ul", ["class": "legend"]) {
            for entry in entries {
                element("li") {
                    sample(entry.look)
                    entry.label
                }
            }
        }
    }
}
