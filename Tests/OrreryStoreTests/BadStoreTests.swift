import Foundation
import GRDB
import OrreryKernel
import Testing

@testable import OrreryStore

@Suite("A store that cannot be used")
struct BadStoreTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// What opening a store fails with.
    private func failure(_ path: String, for purpose: RunStore.Purpose = .keeping) -> RunStoreError? {
        do {
            _ = try RunStore(at: path, for: purpose)
            return nil
        } catch {
            return error
        }
    }

    /// A sound store with thirty runs, closed.
    private func filled(_ name: String = "runs") throws -> String {
        let path = scratch.file(name)
        let store = try RunStore(at: path)
        for run in 0..<30 { try store.keep(planted(run), of: plantedKey(run)) }
        return path
    }

    @Test("names the folder that is missing, the folder that is in the way, and the file that is not there")
    func places() throws {
        let lost = scratch.file("no/runs")
        #expect(failure(lost) == .noFolder(path: lost, folder: scratch.file("no")))
        #expect(failure(scratch.folder.path) == .isFolder(path: scratch.folder.path))
        let absent = scratch.file("absent")
        #expect(failure(absent, for: .reading) == .missing(path: absent))
        #expect(try scratch.names().isEmpty)
        let words = try #require(failure(lost)).description
        #expect(words.contains(lost) && words.contains("there is no folder"))
    }

    @Test("leaves files of others alone, byte by byte", arguments: [RunStore.Purpose.keeping, .reading])
    func foreign(purpose: RunStore.Purpose) throws {
        let text = try scratch.write(Data(String(repeating: "a text of somebody\n", count: 100).utf8), to: "text")
        let database = scratch.file("database")
        try DatabaseQueue(path: database).write { try $0.execute(sql: "CREATE TABLE run (a)") }
        for path in [text, database] {
            let before = try Data(contentsOf: URL(fileURLWithPath: path))
            let error = try #require(failure(path, for: purpose))
            guard case .foreign = error else {
                Issue.record("\(error)")
                continue
            }
            #expect(error.isBadInput && error.description.contains(path))
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
        }
        #expect(try scratch.names() == ["database", "text"])
    }

    @Test("takes an empty file for a new store, but finds nothing to read in it")
    func empty() throws {
        let path = try scratch.write(Data(), to: "runs")
        #expect(failure(path, for: .reading) == .foreign(path: path, found: "an empty file"))
        #expect(failure(path) == nil)
        #expect(failure(path, for: .reading) == nil)
    }

    @Test("refuses a store of a newer version, and says which version it knows")
    func newer() throws {
        let path = try filled()
        try DatabaseQueue(path: path).write { try $0.execute(sql: "PRAGMA user_version = 7") }
        for purpose in [RunStore.Purpose.keeping, .reading] {
            let error = try #require(failure(path, for: purpose))
            #expect(error == .newer(path: path, version: 7))
            #expect(error.description.contains("version 7") && error.description.contains("only version 1"))
        }
    }

    @Test(
        "never gives back a record that was changed behind its back, nor one that was moved to another key",
        arguments: [("record = x'00'", 5), ("record = 'text'", 5), ("digest = x''", 5), ("seed = 1000", 1000)])
    func tampered(change: String, seed: Int) throws {
        let path = try filled()
        try DatabaseQueue(path: path).write { try $0.execute(sql: "UPDATE run SET \(change) WHERE seed = 5") }
        let store = try RunStore(at: path)
        let error = #expect(throws: RunStoreError.self) { try store.record(of: plantedKey(seed)) }
        #expect(error?.isBadInput == true)
        #expect(try store.record(of: plantedKey(4)) == planted(4))
    }

    @Test("finds every kind of damage, or gives back exactly what was kept", arguments: 0..<40)
    func damaged(seed: Int) throws {
        let path = try filled()
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        var stream = RandomStream(seed: UInt64(seed), entity: "store", purpose: "damage")
        let start = stream.index(below: bytes.count)
        if seed % 4 == 0 {
            bytes = bytes.prefix(start)
        } else {
            for place in start..<min(start + 3000, bytes.count) {
                bytes[place] = UInt8(truncatingIfNeeded: stream.next())
            }
        }
        try bytes.write(to: URL(fileURLWithPath: path))
        do {
            let store = try RunStore(at: path)
            for run in 0..<30 {
                let record = try store.record(of: plantedKey(run))
                #expect(record == nil || record == planted(run), "seed \(seed)")
                if record == nil { try store.keep(planted(run), of: plantedKey(run)) }
            }
        } catch {
            #expect(error.isBadInput, "seed \(seed): \(error)")
            #expect(error.description.contains(path))
        }
    }

    @Test("says that the disk is full, and keeps what it held")
    func full() throws {
        let path = try filled()
        let store = try RunStore(at: path)
        try store.database.write { _ = try Int.fetchOne($0, sql: "PRAGMA max_page_count = 300") }
        var error: RunStoreError?
        for run in 30..<200 where error == nil {
            do { try store.keep(planted(run), of: plantedKey(run)) } catch let caught { error = caught }
        }
        #expect(error == .full(path: path))
        #expect(error?.isBadInput == false)
        for run in 0..<30 { #expect(try store.record(of: plantedKey(run)) == planted(run)) }
    }

    @Test(
        "says so before anything is run where it may read but not write",
        .enabled(if: getuid() != 0, "whoever is root may write everywhere"))
    func writeProtected() throws {
        let path = try filled()
        for (protected, usual) in [(path, 0o644), (scratch.folder.path, 0o755)] {
            try FileManager.default.setAttributes([.posixPermissions: usual & 0o555], ofItemAtPath: protected)
            #expect(failure(path) == .writeProtected(path: path))
            #expect(failure(path, for: .reading) == nil)
            try FileManager.default.setAttributes([.posixPermissions: usual], ofItemAtPath: protected)
        }
    }
}
