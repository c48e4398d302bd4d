extension TextReport {
    /// What a piece of text is painted as.
    enum Paint: String {
        case good = "32"
        case bad = "31"
        case strong = "1"
    }

    /// The text in colour, if colour was asked for.
    func painted(_ text: String, _ paint: Paint) -> String {
        isColoured ? "\u{1B}[\(paint.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// The text without anything that would move the cursor or change colours: names come from files.
    func plain(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0A, 0x0D, 0x09: result += " "
            case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The text with spaces up to this width.
    func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    /// The words in lines of at most ``width`` columns, broken between words, and inside a word that is longer than a
    /// line.
    ///
    /// The first line begins with `first`, the others with `indent` spaces.
    func wrapped(_ text: String, first: String = "", indent: Int) -> [String] {
        let lead = String(repeating: " ", count: indent)
        var lines: [String] = []
        var line = first
        var isFresh = true
        for word in text.split(separator: " ") {
            var rest = String(word)
            if !isFresh, line.count + 1 + rest.count > TextReport.width {
                lines.append(line)
                (line, isFresh) = (lead, true)
            }
            line += isFresh ? "" : " "
            while line.count + rest.count > TextReport.width {
                let room = TextReport.width - line.count
                lines.append(line + rest.prefix(room))
                (line, rest) = (lead, String(rest.dropFirst(room)))
            }
            line += rest
            isFresh = false
        }
        return lines + [line]
    }
}
