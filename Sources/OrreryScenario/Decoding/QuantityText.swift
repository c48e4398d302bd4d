import OrreryKernel

/// What is wrong with the text of a value, before it is known where it stands.
struct ValueFlaw: Error {
    var category: ScenarioFault.Category
    var problem: String
    var allowed: String?
    var nearest: String?
}

/// A number and the unit behind it, as they are written: `90s`, `1.5 h`, `25%`.
struct QuantityText {
    let number: DecimalNumber
    let unit: String

    /// Splits a text after its number; `dimension` says what it should have been.
    init(_ text: String, dimension: Dimension) throws(ValueFlaw) {
        let word = text.lowercased().drop { ".+-".contains($0) }
        if ["nan", "inf", "infinity"].contains(word) { throw QuantityText.flaw(.notFinite, dimension) }
        let end = QuantityText.endOfNumber(text.unicodeScalars)
        let numberText = String(text.unicodeScalars[..<end])
        unit = String(text.unicodeScalars[end...].drop { $0 == " " })
        do throws(DecimalNumber.Flaw) {
            number = try DecimalNumber(numberText.isEmpty ? text : numberText)
        } catch {
            throw QuantityText.flaw(error, dimension)
        }
    }

    /// Where the number ends: at the first letter that is not part of an exponent.
    private static func endOfNumber(_ scalars: String.UnicodeScalarView) -> String.UnicodeScalarView.Index {
        var index = scalars.startIndex
        while index < scalars.endIndex {
            let scalar = scalars[index]
            let next = scalars.index(after: index)
            let isExponent = scalar == "e" || scalar == "E"
            let hasPower = isExponent && next < scalars.endIndex && ("0"..."9").contains(scalars[next])
            let hasSign = isExponent && next < scalars.endIndex && (scalars[next] == "-" || scalars[next] == "+")
            guard ("0"..."9").contains(scalar) || [".", "-", "+"].contains(scalar) || hasPower || hasSign else { break }
            index = next
        }
        return index
    }

    /// The words for a text that is no number.
    static func flaw(_ flaw: DecimalNumber.Flaw, _ dimension: Dimension) -> ValueFlaw {
        let wanted = "is not \(dimension.phrase)"
        return switch flaw {
        case .notANumber:
            ValueFlaw(category: .malformed, problem: wanted, allowed: "write for instance \(dimension.example)")
        case .leadingZero: ValueFlaw(category: .malformed, problem: "has a leading zero; write the number without it")
        case .leadingPlus: ValueFlaw(category: .malformed, problem: "has a leading plus; write the number without it")
        case .notFinite:
            ValueFlaw(
                category: .malformed, problem: "is not a finite number",
                allowed: "write for instance \(dimension.example)")
        case .tooLong: ValueFlaw(category: .malformed, problem: "has more digits than can be kept")
        }
    }
}
