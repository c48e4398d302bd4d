import Foundation
import Testing

@Suite("Outputs destroy nothing, and never fail in silence")
struct OutputTests {
    private let orrery = OrreryProcess.built
    private let shell = OrreryProcess(path: "/bin/sh")

    @Test("an output onto the scenario is refused, however it is written", arguments: ["same", "dots", "soft", "hard"])
    func ontoTheScenario(way: String) throws {
        let scratch = try Scratch()
        let file = try scratch.write(ExitStatusTests.station, to: "same")
        try FileManager.default.createDirectory(
            at: scratch.folder.appending(path: "dots"), withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(
            atPath: scratch.folder.appending(path: "soft").path, withDestinationPath: "same")
        try FileManager.default.linkItem(atPath: file, toPath: scratch.folder.appending(path: "hard").path)
        let path = way == "dots" ? "dots/../same" : way
        let outcome = try orrery.run(["run", "same", "-o", "json=\(path)"], in: scratch.folder)
        #expect(outcome.status == 73 && outcome.errors.contains("is the input same"), "\(outcome.errors)")
        #expect(try String(contentsOfFile: file, encoding: .utf8) == ExitStatusTests.station)
    }

    @Test("two outputs into one file are refused, however they are written")
    func twoIntoOne() throws {
        let scratch = try Scratch()
        for folder in ["a", "b"] {
            try FileManager.default.createDirectory(
                at: scratch.folder.appending(path: folder), withIntermediateDirectories: false)
            _ = try scratch.write(ExitStatusTests.station, to: "\(folder)/station.yaml")
        }
        for arguments in [
            ["a/station.yaml", "-o", "json=x", "-o", "html=./x"], ["a/station.yaml", "b/station.yaml", "-o", "json"],
        ] {
            let outcome = try orrery.run(["run"] + arguments, in: scratch.folder)
            #expect(outcome.status == 64 && outcome.output.isEmpty, "\(outcome.errors)")
        }
    }

    @Test("a link stays and its file is written; a pipe is written into and stays a pipe")
    func linksAndPipes() throws {
        let scratch = try Scratch()
        _ = try scratch.write(ExitStatusTests.station, to: "station.yaml")
        let script = """
            ln -s target link && mkfifo pipe && { cat pipe > copy & } &&
            "$0" run station.yaml -q -o json=link -o csv=pipe && wait && test -L link && test -f target && test -p pipe
            """
        let outcome = try shell.run(["-c", script, orrery.path], in: scratch.folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let copy = try String(contentsOf: scratch.folder.appending(path: "copy"), encoding: .utf8)
        #expect(copy.contains("delivery.throughput"))
    }

    @Test(
        "standard output that is full or closed exits 73, and the files are written all the same",
        arguments: ["> /dev/full", ">&-"])
    func noStandardOutput(redirection: String) throws {
        let scratch = try Scratch()
        _ = try scratch.write(ExitStatusTests.station, to: "station.yaml")
        for words in ["run station.yaml -o json=result.json", "validate station.yaml", "list metrics", "--help"] {
            let outcome = try shell.run(["-c", "\"$0\" \(words) \(redirection)", orrery.path], in: scratch.folder)
            #expect(outcome.status == 73 && outcome.errors.contains("standard output"), "\(words): \(outcome.errors)")
        }
        let data = try Data(contentsOf: scratch.folder.appending(path: "result.json"))
        #expect(try JSONSerialization.jsonObject(with: data) is [String: Any])
    }

    @Test("a reader that goes away ends nothing: the status is the verdict's, and the files are written")
    func readerGone() throws {
        let scratch = try Scratch()
        _ = try scratch.write(ExitStatusTests.station, to: "station.yaml")
        let script = """
            { "$0" run station.yaml --seeds 20 --progress plain -o csv=out.csv --json; echo $? > status; } 2>&1 | true
            while [ ! -s status ]; do sleep 0.1; done; cat status; test -s out.csv
            """
        let outcome = try shell.run(["-c", script, orrery.path], in: scratch.folder)
        #expect(outcome.status == 0 && outcome.output == "0\n", "\(outcome.output) \(outcome.errors)")
    }

    @Test("paths that can never be written are refused before the run", arguments: ["html=new/", "html=long"])
    func hopelessPaths(output: String) throws {
        let scratch = try Scratch()
        _ = try scratch.write(ExitStatusTests.station, to: "station.yaml")
        let path = output == "html=long" ? "html=" + String(repeating: "a", count: 300) : output
        let outcome = try orrery.run(["run", "station.yaml", "-o", path], in: scratch.folder)
        #expect(outcome.status == 73 && !outcome.errors.contains("simulated"), "\(outcome.errors)")
    }

    @Test("folders that hold no scenario exit 66 and say what they do hold")
    func folders() throws {
        let outcome = try orrery.run(["run", "Scenarios/validation"])
        #expect(outcome.status == 66 && outcome.errors.contains("m-m-1.yaml"), "\(outcome.errors)")
        #expect(try orrery.run(["list", "scenarios", "--folder", "/no-such-folder"]).status == 66)
    }

    @Test("the command that a result names works for names that begin with a dash")
    func dashes() throws {
        let scratch = try Scratch()
        _ = try scratch.write(ExitStatusTests.station + "variants: { -v: {} }\n", to: "-dash.yaml")
        let script = """
            orrery() { '\(orrery.path)' "$@"; }
            again=$(orrery run -q --variant=-v -- -dash.yaml | sed -n 's/^again *//p') && eval "$again -q"
            """
        let outcome = try shell.run(["-c", script], in: scratch.folder)
        #expect(outcome.status == 0 && outcome.output.contains("fingerprint"), "\(outcome.errors)")
    }
}
