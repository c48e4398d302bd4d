import Foundation
import Testing

@Suite("The gallery")
struct GalleryTests {
    private let shell = OrreryProcess(path: "/bin/sh")
    private let script = OrreryProcess.root.appending(path: "scripts/gallery").path

    private func gallery(_ words: [String]) throws -> OrreryProcess.Outcome {
        try shell.run([script] + words, environment: ["ORRERY": OrreryProcess.built.path])
    }

    /// The names of the summaries that are kept.
    private static let kept =
        ((try? FileManager.default.contentsOfDirectory(
            atPath: OrreryProcess.root.appending(path: "Reports/gallery").path)) ?? []).sorted()

    @Test("has a summary of every story, and names each of them where a reader looks for it")
    func complete() throws {
        let names = try gallery(["--list"]).output.split(separator: "\n").map(String.init)
        #expect(names.count >= 11)
        #expect(Self.kept == names.map { "\($0).md" }.sorted())
        let index = try String(
            contentsOf: OrreryProcess.root.appending(path: "Reports/README.md"), encoding: .utf8)
        for name in names { #expect(index.contains("(gallery/\(name).md)"), "\(name)") }
        let folders = try FileManager.default.contentsOfDirectory(
            atPath: OrreryProcess.root.appending(path: "Scenarios").path)
        for folder in folders where folder != "validation" { #expect(names.contains(folder), "\(folder)") }
    }

    #if !DEBUG
        @Test("is current: every summary is what the program says today")
        func current() throws {
            let outcome = try gallery(["--check"])
            #expect(outcome.status == 0 && outcome.output.contains("the gallery is current"), "\(outcome.errors)")
        }
    #endif

    @Test("refuses stories and options that it does not know", arguments: [["no-such-story"], ["--chekc"]])
    func unknown(words: [String]) throws {
        let outcome = try gallery(words)
        #expect(outcome.status == 64 && outcome.errors.contains(words[0]), "\(outcome.errors)")
    }
}
