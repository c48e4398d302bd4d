/// Where the figures behind the page are.
///
/// The result is not in the page: it is several times as large as all charts together, and a link to data inside a page
/// is blocked or renamed by many mail programs. The commands make every form again from the stored result.
struct DataSection {
    /// The command that made the result.
    var command: String

    var markup: Markup {
        element("section", ["id": "data", "aria-labelledby": "data-title"]) {
            element("h2", ["id": "data-title"]) { "The data" }
            element("p", ["class": "note-line"]) {
                "Every chart has its figures in a table below it. All metrics of all seeds and all series, in every digit, "
                "are in the JSON result, and as one value a line in the CSV. The first command makes both; the second makes "
                "any report again from a stored result, without running anything."
            }
            element("pre", ["tabindex": "0"]) {
                element("code") {
                    DataSection.withOutputs(command)
                        + "\norrery report result.json -o csv=result.csv -o html=report.html"
                }
            }
        }
    }

    /// The command with files for the data instead of the reports that it wrote.
    static func withOutputs(_ command: String) -> String {
        var words: [Substring] = []
        var isOutput = false
        for word in command.split(separator: " ") {
            if isOutput {
                isOutput = false
            } else if word == "-o" || word == "--output" {
                isOutput = true
            } else if !word.hasPrefix("--output=") {
                words.append(word)
            }
        }
        return words.joined(separator: " ") + " -o json=result.json -o csv=result.csv"
    }
}
