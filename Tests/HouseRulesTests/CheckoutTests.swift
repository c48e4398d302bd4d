import Foundation
import Testing

@Suite("The checkout keeps the house rules")
struct CheckoutTests {
    private let files = Checkout.current.swiftFiles

    private func expectNone(_ rule: (SourceFile) -> [Violation]) {
        for violation in files.flatMap(rule) { Issue.record("\(violation)") }
    }

    @Test("and there is something to check")
    func filesAreFound() {
        #expect(files.contains { $0.path == "Package.swift" })
        #expect(files.contains { $0.path == "Sources/OrreryKernel/Events/Agenda.swift" })
    }

    @Test("a target imports only what its row names")
    func imports() { expectNone(ImportRules.upwardImports) }

    @Test("Package.swift states the same rows")
    func manifest() throws {
        let manifest = try #require(files.first { $0.path == "Package.swift" })
        for violation in ImportRules.disagreements(in: manifest) { Issue.record("\(violation)") }
    }

    @Test("kernel and model see no clock, no foreign randomness, no hash, no thread and no libm")
    func determinism() { expectNone(DeterminismRules.foreignInfluences) }

    @Test("nothing iterates in hash order")
    func hashOrder() { expectNone(DeterminismRules.hashOrder) }

    @Test("lines have at most 120 columns")
    func lines() { expectNone(FormRules.longLines) }

    @Test("functions have at most 60 lines")
    func functions() { expectNone(FormRules.longFunctions) }

    @Test("files have at most 500 lines")
    func fileLengths() { expectNone(FormRules.longFiles) }

    @Test("a file carries the name of a type in it")
    func names() { expectNone(FormRules.strangeNames) }

    @Test("no reminder is left behind")
    func reminders() {
        for violation in Checkout.current.textFiles.filter({ $0.name != "LICENSE" }).flatMap(LanguageRules.reminders) {
            Issue.record("\(violation)")
        }
    }

    @Test("nothing traps without saying why")
    func traps() { expectNone(LanguageRules.traps) }

    @Test("only the command prints")
    func prints() { expectNone(LanguageRules.prints) }

    @Test("unsafe code stays in its file")
    func unsafeCode() { expectNone(LanguageRules.unsafeCode) }

    @Test("whatever is unchecked says because of what")
    func uncheckedSendable() { expectNone(LanguageRules.uncheckedSendable) }

    @Test("no path of one machine is written down")
    func machinePaths() {
        for violation in Checkout.current.textFiles.flatMap(RepositoryRules.machinePaths) {
            Issue.record("\(violation)")
        }
    }

    @Test(
        "git has no built file and no large one",
        .enabled(if: Checkout.current.tracked != nil, "this is no git checkout"))
    func repository() {
        let paths = Checkout.current.paths
        let sizes = paths.map { ($0, Checkout.current.size(of: $0)) }
        for violation in RepositoryRules.strayFiles(among: paths) + RepositoryRules.largeFiles(sizes: sizes) {
            Issue.record("\(violation)")
        }
    }

    @Test("every exception in the table names a file that exists and says why")
    func exceptionsAreAlive() {
        let exceptions = [HouseTable.unsafeFiles, HouseTable.unorderedIterations, HouseTable.filesWithoutTheirType]
        for (path, reason) in exceptions.flatMap({ $0.sorted { $0.key < $1.key } }) {
            let folder = path.split(separator: "/").prefix(2).joined(separator: "/") + "/"
            let isWritten = files.contains { $0.path.hasPrefix(folder) }
            #expect(!isWritten || files.contains { $0.path == path }, "\(path) is gone")
            #expect(reason.count > 10)
        }
    }
}

@Suite("The scripts are sound")
struct ScriptTests {
    private static var scripts: [String] {
        Checkout.current.paths.filter { $0.hasPrefix("scripts/") || $0 == ".ci/run" }
    }

    private func path(of script: String) -> String { Checkout.current.root.appending(path: script).path() }

    @Test("for the shell")
    func syntax() {
        for script in Self.scripts {
            #expect(Command.run("sh", ["-n", path(of: script)]).status == 0, "\(script)")
        }
    }

    @Test(
        "for shellcheck",
        .enabled(if: Command.run("shellcheck", ["--version"]).status == 0, "shellcheck is not installed"))
    func shellcheck() {
        for script in Self.scripts {
            let result = Command.run("shellcheck", ["-x", "-P", "SCRIPTDIR", path(of: script)])
            #expect(result.status == 0, "\(result.output)")
        }
    }

    @Test("and can be run")
    func executable() {
        for script in Self.scripts where !script.hasSuffix(".sh") {
            #expect(FileManager.default.isExecutableFile(atPath: path(of: script)), "\(script)")
        }
    }

    @Test("and the CI runs the tests and nothing else")
    func continuousIntegration() throws {
        let file = try #require(Checkout.current.textFiles.first { $0.path == ".ci/run" })
        let commands = file.lines.filter { !$0.isEmpty && !$0.hasPrefix("#") && !$0.hasPrefix("set ") }
        #expect(commands.count == 1 && commands[0].contains("scripts/test"))
    }
}
