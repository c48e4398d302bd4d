import OrreryScenario

/// A table of numbers in a CSV file: the first line names the columns, every other line holds numbers.
///
/// Strict, because a number that is misread is worse than none: fields are separated by commas, decimals by points. A
/// name may stand in quotation marks. Blank lines do not count.
struct NumberTable {
    /// The names of the columns.
    let columns: [String]
    /// The lines below the names, with their numbers in the file.
    private let rows: [(line: Int, fields: [String])]
    private let path: String

    /// The table in a text; the path is for messages.
    init(_ text: String, path: String) throws(CommandFailure) {
        let content = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        let lines = content.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
            .map { (line: $0.offset + 1, fields: NumberTable.fields($0.element)) }
            .filter { $0.fields != [""] }
        guard let head = lines.first else {
            throw CommandFailure(status: .badInput, message: "\(path) is empty; its first line names the columns")
        }
        if head.fields.contains(where: { $0.isEmpty || Double($0) != nil }) {
            let names = head.fields.joined(separator: ",")
            throw CommandFailure(
                status: .badInput,
                message: "\(path):\(head.line): the first line names the columns, and “\(names)” does not")
        }
        columns = head.fields
        rows = Array(lines.dropFirst())
        self.path = path
    }

    /// Where a column stands that an option names, or else the one at a place.
    func place(of name: String?, option: String, otherwise place: Int) throws(CommandFailure) -> Int {
        guard let name else {
            if columns.indices.contains(place) { return place }
            throw CommandFailure(
                status: .badInput,
                message: "\(path) has only the column \(columns[0]); a fit needs one of loads and one of throughputs")
        }
        if let found = columns.firstIndex(of: name) { return found }
        let suggestion = NearestName.find(name, among: columns).map { "; did you mean \($0)?" } ?? "."
        let message = "\(option) \(name): no such column\(suggestion) There are \(columns.joined(separator: ", "))."
        throw CommandFailure(status: .usage, message: message)
    }

    /// The numbers of some columns, line by line, or every field that is none.
    func numbers(in places: [Int]) throws(CommandFailure) -> [(line: Int, values: [Double])] {
        var faults: [String] = []
        let numbers = rows.map { row in
            guard row.fields.count == columns.count else {
                faults.append(
                    "\(path):\(row.line): \(row.fields.count) fields, where the first line names \(columns.count)")
                return (row.line, [Double]())
            }
            let values = places.map { place -> Double in
                if let value = NumberTable.number(row.fields[place]) { return value }
                faults.append("\(path):\(row.line): “\(row.fields[place])” in column \(columns[place]) is no number")
                return .nan
            }
            return (row.line, values)
        }
        guard faults.isEmpty else { throw CommandFailure(status: .badInput, message: faults.joined(separator: "\n")) }
        return numbers
    }

    /// A decimal number, or one of the words for what is none (`nan`, `inf`), which the fit refuses with its reason.
    private static func number(_ field: String) -> Double? {
        field.contains { "xXpP".contains($0) } ? nil : Double(field)
    }

    private static func fields(_ line: Substring) -> [String] {
        line.split(separator: ",", omittingEmptySubsequences: false).map { part in
            let field = part.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
            let isQuoted = field.count >= 2 && field.first == "\"" && field.last == "\""
            return String(isQuoted ? Array(field.dropFirst().dropLast()) : Array(field))
        }
    }
}
