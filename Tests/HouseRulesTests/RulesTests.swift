import Testing

@Suite("Each house rule sees a planted violation and lets its remedy pass")
struct RulesTests {
    private func kernel(_ text: String) -> SourceFile { SourceFile("Sources/OrreryKernel/Events/Agenda.swift", text) }

    @Test("code is what is left without comments and strings")
    func scanner() {
        let text = #"""
            let a = "no // comment { \(call("x{", b)) }" // print(
            /* outer /* inner */ still } */ let c = 1
            let d = """
                Task { "quoted"
                """
            let e = "escaped \" Task {"
            """#
        let code = CodeScanner.code(of: text)
        #expect(code.utf8.count == text.utf8.count)
        #expect(code.contains("call(") && code.contains("let c = 1") && code.contains("let e = "))
        for word in ["Task", "{", "}", "print", "comment", "inner", "quoted"] {
            #expect(!code.contains(word), "\(word)")
        }
        #expect(!CodeScanner.code(of: ##"let r = #"a " Task \(x) "#"##).contains("Task"))
        #expect(CodeScanner.code(of: ##"let r = #"a \#(now) "#"##).contains("now"))
        #expect(CodeScanner.code(of: "let broken = \"").hasPrefix("let broken = "))
    }

    @Test(
        "imports",
        arguments: [
            "import OrreryModel", "public import Foundation", "@testable import OrreryModel",
            "import struct Foundation.Date",
            "@_exported public import Glibc", "    import OrreryScenario",
        ])
    func imports(line: String) {
        #expect(ImportRules.upwardImports(in: kernel("// why\n" + line)).map(\.line) == [2])
        #expect(ImportRules.upwardImports(in: SourceFile("Sources/OrreryNew/New.swift", "")).count == 1)
        let model = SourceFile("Sources/OrreryModel/Network.swift", "public import OrreryKernel\n// import Foundation")
        #expect(ImportRules.upwardImports(in: model).isEmpty)
    }

    @Test("rows of the manifest")
    func manifest() {
        let rows = HouseTable.rows.filter { $0.target != "orrery" }.map { row in
            let names = row.dependencies.sorted().map { "\"\($0)\"" }.joined(separator: ", ")
            let list = row.dependencies.isEmpty ? "" : ", dependencies: [\(names)]"
            return "Row(name: \"\(row.target)\"\(list)),"
        }
        let command = HouseTable.rows.filter { $0.target == "orrery" }.map { row in
            ".executableTarget(\n    name: \"orrery\",\n    dependencies: ["
                + row.dependencies.sorted().map { "\"\($0)\"" }.joined(separator: ",\n") + "])"
        }
        let good = (rows + command).joined(separator: "\n")
        #expect(ImportRules.disagreements(in: SourceFile("Package.swift", good)).isEmpty)
        let bad = good.replacing("\"OrreryKernel\", \"OrreryModel\", \"Yams\"", with: "\"OrreryKernel\", \"Yams\"")
        #expect(ImportRules.disagreements(in: SourceFile("Package.swift", bad)).count == 1)
        let upward = good.replacing(
            "Row(name: \"OrreryKernel\"),", with: "Row(name: \"OrreryKernel\", dependencies: [\"Yams\"]),")
        #expect(ImportRules.disagreements(in: SourceFile("Package.swift", upward)).count == 1)
    }

    @Test(
        "foreign influences",
        arguments: [
            "let now = Date()", "ContinuousClock().now", "Double.random(in: 0..<1)", "list.shuffled()",
            "var h = Hasher()",
            "key.hashValue", "Task { }", "DispatchQueue.main", "let y = sin(x)", "return pow(x, 2)", "(log(x))",
            "let text = \"\\(exp(x))\"", "func wait() async {", "clock_gettime(CLOCK_REALTIME, &time)",
        ])
    func foreignInfluences(line: String) {
        #expect(!DeterminismRules.foreignInfluences(in: kernel(line)).isEmpty)
        #expect(
            !DeterminismRules.foreignInfluences(in: SourceFile("Sources/OrreryModel/Site/Site.swift", line)).isEmpty)
        #expect(DeterminismRules.foreignInfluences(in: SourceFile("Sources/OrreryExperiment/A.swift", line)).isEmpty)
        #expect(DeterminismRules.foreignInfluences(in: kernel("// " + line)).isEmpty)
    }

    @Test(
        "no foreign influences",
        arguments: [
            "let date = CalendarDate(text)", "PortableMath.sin(x)", "stream.index(below: 5)",
            "var clock = Instant.start",
            "let taskCount = 5", "catalog(x)", "func log(_ x: Double)", "let basin = basin(3)", "case update(UInt32)",
        ])
    func ownInfluences(line: String) {
        #expect(DeterminismRules.foreignInfluences(in: kernel(line)).isEmpty)
    }

    @Test(
        "hash order",
        arguments: [
            "for key in table.keys {", "for value in self.table.values {", "for item in Set(list) {",
            "let table: [String: Int] = [:]\nfor (key, value) in table {", "var seen: Set<Int> = []\nfor id in seen {",
            "var seen = Set<Int>()\nlet all = seen.map { $0 }", "let table: [String: [Int]]\ntable.values.reduce(0, +)",
            "let table: [String: Int]\nfor (k, v) in self.table where v > 0 {",
        ])
    func hashOrder(text: String) {
        #expect(DeterminismRules.hashOrder(in: kernel(text)).count == 1)
    }

    @Test(
        "no hash order",
        arguments: [
            "for key in table.keys.sorted() {", "for item in list {", "let rows: [Row] = []\nfor row in rows {",
            "let table: [String: Int] = [:]\nlet one = table[key]", "let seen: Set<Int>\nseen.contains(3)",
            "let table: [String: Int]\nfor key in table.sorted(by: { $0.key < $1.key }) {",
            "let table: [String: Int]\nlet firstTable = timetable.map(\\.x)",
            "let units: [(name: String, size: Int)] = []\nfor unit in units {",
        ])
    func sortedOrder(text: String) {
        #expect(DeterminismRules.hashOrder(in: kernel(text)).isEmpty)
    }

    @Test("length of lines and files")
    func lengths() {
        #expect(
            FormRules.longLines(in: kernel("let a = 1\n// " + String(repeating: "é", count: 118))).map(\.line) == [2])
        let sentence = "\"" + String(repeating: "word ", count: 30) + "\""
        #expect(FormRules.longLines(in: kernel("let text =\n    " + sentence)).isEmpty)
        #expect(FormRules.longLines(in: kernel("let text = one(two, three: " + sentence + ")")).map(\.line) == [1])
        #expect(FormRules.longLines(in: kernel("// " + String(repeating: "é", count: 117))).isEmpty)
        #expect(FormRules.longFiles(in: kernel(String(repeating: "\n", count: 501))).count == 1)
        #expect(FormRules.longFiles(in: kernel(String(repeating: "\n", count: 500))).isEmpty)
    }

    @Test(
        "length of functions",
        arguments: [
            "func f(a: () -> Int = { 1 }) {", "init?(a: Int) where T: P {",
            "public static func < (a: A,\n  b: B) -> Bool\n{",
            "subscript(a: Int) -> Int {", "var b: [Int: Int] {", "deinit {",
            "func f<T>()\n    -> Int\n    where T: P {",
        ])
    func functionLength(head: String) {
        func file(lines: Int) -> SourceFile {
            let rest = lines - head.count { $0 == "\n" } - 2
            let body = ["let t = \"}\" // }"] + [String](repeating: "if a { b() }", count: rest - 1)
            return kernel(
                "struct A {\nlet c = 1\n" + head + "\n" + body.joined(separator: "\n") + "\n}\n}\nfunc g() {}\n")
        }
        #expect(FormRules.longFunctions(in: file(lines: 61)).map(\.line) == [3])
        #expect(FormRules.longFunctions(in: file(lines: 60)).isEmpty)
        #expect(FunctionFinder.functions(in: file(lines: 30).code).map(\.lineCount) == [30, 1])
    }

    @Test("functions without a body are none")
    func requirements() {
        let text =
            "protocol P {\n    func f(a: Int) -> Int\n    var b: Int { get }\n    init()\n}\n"
            + "let x = A.init()\nvar c = 5\n"
        #expect(FunctionFinder.functions(in: text).map(\.name) == ["var b: Int "])
    }

    @Test("names of files")
    func names() {
        #expect(FormRules.strangeNames(in: kernel("struct Queue {}")).count == 1)
        #expect(FormRules.strangeNames(in: kernel("// struct Agenda {}")).count == 1)
        #expect(FormRules.strangeNames(in: kernel("public struct Agenda<Event> {}")).isEmpty)
        #expect(FormRules.strangeNames(in: SourceFile("Sources/A/Agenda+Timers.swift", "extension Agenda {}")).isEmpty)
    }

    @Test("reminders, traps, prints and unsafe code")
    func words() {
        #expect(LanguageRules.reminders(in: kernel("// TO" + "DO: later\n// FIX" + "ME")).count == 2)
        #expect(LanguageRules.reminders(in: kernel("let TO" + "DOS = 1")).isEmpty)
        #expect(
            LanguageRules.traps(in: kernel("let a = try! f()\nfatalError(\"x\")\n// try! this")).map(\.line) == [1, 2])
        #expect(LanguageRules.prints(in: kernel("print(1)\nfingerprint(2)\npage.print(3)")).map(\.line) == [1])
        #expect(LanguageRules.prints(in: SourceFile("Sources/orrery/Output.swift", "print(1)")).isEmpty)
        #expect(LanguageRules.unsafeCode(in: kernel("let p = unsafe q\nlet unsafety = 1")).map(\.line) == [1])
        let bridge = HouseTable.unsafeFiles.keys.sorted()[0]
        #expect(LanguageRules.unsafeCode(in: SourceFile(bridge, "unsafe f()")).isEmpty)
    }

    @Test("unchecked conformances")
    func unchecked() {
        #expect(
            LanguageRules.uncheckedSendable(in: kernel("/// A box.\nfinal class A: @unchecked Sendable {}")).count == 1)
        let explained = "// Unchecked because the lock guards every field.\nfinal class A: @unchecked Sendable {}"
        #expect(LanguageRules.uncheckedSendable(in: kernel(explained)).isEmpty)
    }

    @Test("files in git and paths of a machine")
    func repository() {
        let stray = RepositoryRules.strayFiles(among: [
            ".build/debug/a.o", "Package.resolved", "docs/build.md", "A/.build/b",
        ])
        #expect(stray.count == 3)
        #expect(RepositoryRules.largeFiles(sizes: [("a", 512 * 1024), ("b", 512 * 1024 + 1)]).map(\.path) == ["b"])
        func found(_ text: String) -> Int { RepositoryRules.machinePaths(in: SourceFile("docs/a.md", text)).count }
        #expect(found("see /wo" + "rk/main") == 1 && found("`/ro" + "ot/x`") == 1 && found("/ho" + "me/me/x") == 1)
        #expect(found("https://example.org/wo" + "rk/x") == 0 && found("the net" + "/wo" + "rk/day") == 0)
    }
}
