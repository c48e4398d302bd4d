/// A Markdown text that is never longer than a summary may be: what does not fit is left out from the end, in whole
/// rows, and the text says how many.
struct MarkdownPage {
    /// What stays together.
    private struct Piece {
        let text: String
        /// How many rows of tables and lists it holds; headings have none.
        let rows: Int
    }

    private var pieces: [Piece] = []

    /// The longest text, in bytes; GitHub takes no comment of more than 65,536 characters.
    static let bytesMax = 60_000

    /// Adds a heading of a level.
    mutating func heading(_ level: Int, _ text: String) {
        add(String(repeating: "#", count: level) + " " + MarkdownText.inline(text), rows: 0)
    }

    /// Adds a paragraph, which is Markdown already.
    mutating func paragraph(_ text: String) { add(text, rows: 0) }

    /// Adds a table, whose cells are Markdown already; columns of figures are flush right.
    mutating func table(_ headings: [String], figures: Set<Int> = [], _ rows: [[String]]) {
        func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
        let ruler = headings.indices.map { figures.contains($0) ? "---:" : "---" }
        for (place, row) in rows.enumerated() {
            if place == 0 {
                add([line(headings), line(ruler), line(row)].joined(separator: "\n"), rows: 1)
            } else {
                pieces.append(Piece(text: line(row) + "\n", rows: 1))
            }
        }
    }

    /// Adds a list; its items are Markdown already.
    mutating func list(_ items: [String]) {
        for (place, item) in items.enumerated() {
            if place == 0 { add("- " + item, rows: 1) } else { pieces.append(Piece(text: "- \(item)\n", rows: 1)) }
        }
    }

    /// The whole text; what identifies the result and makes it again stands at its end, whatever is left out.
    func text(fingerprint: String, command: String) -> String {
        let foot = "\nFingerprint \(MarkdownText.code(fingerprint)), made again by\n\n\(MarkdownText.block(command))\n"
        var room = MarkdownPage.bytesMax - foot.utf8.count
        if pieces.reduce(0, { $0 + $1.text.utf8.count }) <= room { return joined(pieces[...]) + foot }
        room -= MarkdownPage.omission(of: .max).utf8.count
        var kept = pieces[..<0]
        for piece in pieces {
            room -= piece.text.utf8.count
            if room < 0 { break }
            kept = pieces[...kept.endIndex]
        }
        // A heading with nothing below it says nothing.
        while let last = kept.last, last.rows == 0, kept.count > 1 { kept.removeLast() }
        let omitted = pieces[kept.endIndex...].reduce(0) { $0 + $1.rows }
        return joined(kept) + MarkdownPage.omission(of: omitted) + foot
    }

    private func joined(_ pieces: ArraySlice<Piece>) -> String {
        let text = pieces.map(\.text).joined()
        return String(text.drop { $0.isNewline })
    }

    private static func omission(of rows: Int) -> String {
        "\nLeft out here, from the end: \(rows) \(rows == 1 ? "row" : "rows"), because a summary has at most "
            + "\(bytesMax / 1000) kB. The other reports hold everything.\n"
    }

    private mutating func add(_ text: String, rows: Int) {
        pieces.append(Piece(text: "\n\(text)\n", rows: rows))
    }
}
