/// Text from outside in Markdown: what it holds is shown, and never becomes markup.
enum MarkdownText {
    /// The longest text of one cell, item or sentence, in characters.
    static let lengthMax = 600
    /// The longest command, in characters.
    private static let commandLengthMax = 6000

    /// A text for a line of its own or a part of one, cut off where it is longer than anybody reads.
    static func inline(_ text: String) -> String {
        var result = ""
        let scalars = Array(clipped(text, lengthMax).unicodeScalars.drop { $0 == " " })
        for (place, scalar) in scalars.enumerated() {
            let next = place + 1 < scalars.count ? scalars[place + 1] : " "
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\\", "`", "*", "_", "[", "]", "|", "~", "$": result += "\\" + String(scalar)
            case "-", "+", "=", "#":
                // At the start of a line, alone or several of them, these make lists, headings and rulers.
                result += (place == 0 && (next == " " || next == scalar) ? "\\" : "") + String(scalar)
            case ".", ")":
                // So does a number with one of these and a space after it.
                let isNumber = place > 0 && scalars[..<place].allSatisfy { ("0"..."9").contains($0) }
                result += (isNumber && next == " " ? "\\" : "") + String(scalar)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A text as code in the middle of a line.
    static func code(_ text: String) -> String {
        let line = clipped(text, lengthMax)
        guard !line.isEmpty else { return "" }
        let fence = String(repeating: "`", count: longestRun(in: line) + 1)
        // A space on both sides goes away again, and keeps backticks at the ends apart from the fence.
        let gap = line.hasPrefix("`") || line.hasSuffix("`") ? " " : ""
        return fence + gap + line + gap + fence
    }

    /// A text as a block of code.
    static func block(_ text: String) -> String {
        let line = clipped(text, commandLengthMax)
        let fence = String(repeating: "`", count: max(3, longestRun(in: line) + 1))
        return "\(fence)\n\(line)\n\(fence)"
    }

    /// How many backticks follow each other at most.
    private static func longestRun(in text: String) -> Int {
        var (longest, run) = (0, 0)
        for scalar in text.unicodeScalars {
            run = scalar == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }

    private static func clipped(_ text: String, _ lengthMax: Int) -> String {
        let plain = TextReport().plain(text)
        guard plain.unicodeScalars.count > lengthMax else { return plain }
        var short = String.UnicodeScalarView()
        short.append(contentsOf: plain.unicodeScalars.prefix(lengthMax))
        return String(short) + "…"
    }
}
