/// Kernel and model see no clock, no foreign randomness, no hash, no thread and no libm; no output depends on hash
/// order.
enum DeterminismRules {
    /// What is banned, and what to use instead.
    private static let banned: [(words: [String], remedy: String)] = [
        (
            [
                "Date", "ContinuousClock", "SuspendingClock", "DispatchTime", "clock_gettime", "gettimeofday",
                "ProcessInfo",
            ],
            "use the agenda's `now`; simulated time is the only time here"
        ),
        (["Foundation", "FoundationEssentials", "Glibc", "Musl", "Darwin"], "use the standard library only"),
        (
            [".random(", "shuffled(", "shuffle(", ".randomElement(", "SystemRandomNumberGenerator", "arc4random"],
            "draw from a RandomStream that has a seed"
        ),
        (["Hasher", "hashValue", "hash(into"], "hash values differ in every process; use dense integer ids"),
        (
            ["Task", "DispatchQueue", "Thread", "async", "await", "actor"],
            "one replication is one thread; threads belong to OrreryExperiment"
        ),
    ]

    private static let libraryFunctions = [
        "sin(", "cos(", "tan(", "asin(", "acos(", "atan(", "atan2(", "exp(", "exp2(", "expm1(", "log(", "log2(",
        "log10(",
        "log1p(", "pow(", "cbrt(", "hypot(", "sinh(", "cosh(", "tanh(", "erf(", "erfc(", "tgamma(", "lgamma(", "fmod(",
    ]

    static func foreignInfluences(in file: SourceFile) -> [Violation] {
        guard file.isSource, HouseTable.row(of: file.target)?.isDeterministic == true else { return [] }
        return file.codeLines.enumerated().flatMap { number, line in
            var found: [Violation] = []
            for (words, remedy) in banned {
                for word in words where line.mentions(word) {
                    found.append(file.violation(line: number + 1, "\(word): \(remedy)"))
                }
            }
            if !file.path.hasPrefix(HouseTable.mathematics) {
                for function in libraryFunctions where callsLibrary(function, in: line) {
                    found.append(file.violation(line: number + 1, "\(function)): use PortableMath"))
                }
            }
            return found
        }
    }

    /// Whether a function is called by its bare name: a member of PortableMath or of anything else is no library call.
    private static func callsLibrary(_ function: String, in line: Substring) -> Bool {
        line.places(of: function).contains { place in
            let before = line[..<place]
            return !before.hasSuffix(".") && !before.hasSuffix("func ")
        }
    }

    /// Iterations over a `Dictionary` or a `Set`, as far as one file shows them.
    static func hashOrder(in file: SourceFile) -> [Violation] {
        guard file.isSource, HouseTable.unorderedIterations[file.path] == nil else { return [] }
        let names = unorderedNames(in: file)
        return file.codeLines.enumerated().compactMap { number, line in
            if line.mentions("sorted") { return nil }
            let iterated = iteratedExpression(of: line)
            let direct = iterated.map { isUnordered($0, names: names) } ?? false
            let members = [
                ".map", ".flatMap", ".compactMap", ".reduce", ".forEach", ".first", ".keys", ".values", ".filter",
            ]
            let chained = names.contains { name in
                members.contains { member in
                    line.places(of: name + member).contains { place in
                        let rest = line[place...].dropFirst(name.count + member.count)
                        return !(rest.first?.isPartOfWord ?? false)
                    }
                }
            }
            guard direct || chained else { return nil }
            return file.violation(line: number + 1, "sort before iterating: hash order differs in every process")
        }
    }

    private static func iteratedExpression(of line: Substring) -> Substring? {
        guard line.mentions("for"), let place = line.places(of: "in").first else { return nil }
        return line[place...].dropFirst(2).prefix { $0 != "{" }
    }

    private static func isUnordered(_ expression: Substring, names: Set<String>) -> Bool {
        let core = expression.split(separator: " where ").first ?? expression
        let plain = core.filter { !$0.isWhitespace }
        if plain.hasSuffix(".keys") || plain.hasSuffix(".values") || plain.hasPrefix("Set(") { return true }
        let name = plain.hasPrefix("self.") ? String(plain.dropFirst(5)) : plain
        return names.contains(name)
    }

    /// Whether a type in brackets has a colon of its own, and not one inside of a tuple.
    private static func hasColonAtTop(_ type: some StringProtocol) -> Bool {
        var depth = 0
        for character in type {
            switch character {
            case "(", "[": depth += 1
            case "]" where depth == 0: return false
            case ")", "]": depth -= 1
            case ":" where depth == 0: return true
            default: break
            }
        }
        return false
    }

    /// The names that the file declares as a `Dictionary` or a `Set`.
    private static func unorderedNames(in file: SourceFile) -> Set<String> {
        var names: Set<String> = []
        for line in file.codeLines where !line.mentions("sorted") {
            for keyword in ["var ", "let "] {
                guard let place = line.places(of: keyword).first else { continue }
                let rest = line[place...].dropFirst(4)
                let name = rest.prefix(while: \.isPartOfWord)
                let after = rest.dropFirst(name.count).filter { !$0.isWhitespace }
                let isDictionary = after.hasPrefix(":[") && hasColonAtTop(after.dropFirst(2))
                let isSet = [":Set<", "=Set(", "=Set<", ":Dictionary<", "=Dictionary("].contains { after.hasPrefix($0) }
                if isDictionary || isSet { names.insert(String(name)) }
            }
        }
        return names
    }
}
