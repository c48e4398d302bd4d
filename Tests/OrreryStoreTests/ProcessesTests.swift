import Foundation
import GRDB
import Testing

@testable import OrreryStore

@Suite("A store under several processes")
struct ProcessesTests {
    @Test("loses and doubles nothing when two processes keep overlapping runs at the same time")
    func overlapping() async throws {
        let meeting = try Meeting(.overlapping)
        async let first = #expect(processExitsWith: .success) {
            try keepAll(0..<300, at: Meeting.path(.overlapping, of: getppid()))
        }
        async let second = #expect(processExitsWith: .success) {
            try keepAll((100..<400).reversed(), at: Meeting.path(.overlapping, of: getppid()))
        }
        _ = await (first, second)
        #expect(try intact(meeting.path) == 400)
    }

    @Test("survives SIGKILL at any moment, loses at most the run being written, and goes on from there")
    func killed() async throws {
        let meeting = try Meeting(.killed)
        var (kept, rounds) = (0, 0)
        // On a slow machine, more are killed before they have kept anything.
        while rounds < 12 || kept == 0 && rounds < 100 {
            rounds += 1
            await #expect(processExitsWith: .signal(SIGKILL)) {
                // Most often early, and now and then after a second.
                let delay = UInt32.random(in: 0..<(10_000 << UInt32.random(in: 0..<8)))
                Thread.detachNewThread {
                    usleep(delay)
                    kill(getpid(), SIGKILL)
                }
                let path = Meeting.path(.killed, of: getppid())
                let store = try RunStore(at: path)
                for run in 0... where try store.record(of: plantedKey(run)) == nil {
                    try store.keep(planted(run), of: plantedKey(run))
                    // What was kept for certain, said in a file beside the store.
                    try Data("\(run)".utf8).write(to: URL(fileURLWithPath: path + "-said"), options: .atomic)
                }
            }
            let said = try? String(contentsOfFile: meeting.path + "-said", encoding: .utf8)
            let found = FileManager.default.fileExists(atPath: meeting.path) ? try intact(meeting.path) : 0
            #expect(found >= max(kept, said.flatMap { Int($0) }.map { $0 + 1 } ?? 0))
            kept = found
        }
        #expect(kept > 0)
    }

    /// A store to read; nil if whoever was to make its tables was killed before, which the next one does instead.
    private func opened(_ path: String) throws -> RunStore? {
        do {
            return try RunStore(at: path, for: .reading)
        } catch {
            guard error == .foreign(path: path, found: "an empty file") else { throw error }
            return nil
        }
    }

    /// How many runs a store holds, after SQLite and every digest have found it sound.
    private func intact(_ path: String) throws -> Int {
        // A reader too has to take back what a killed process has begun.
        guard let store = try opened(path) else { return 0 }
        let count = try store.contents().builds.reduce(0) { $0 + $1.runs }
        for run in 0..<count { #expect(try store.record(of: plantedKey(run)) == planted(run)) }
        let database = try DatabaseQueue(path: path)
        #expect(try database.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") } == ["ok"])
        return count
    }
}

/// A store that a test shares with processes that it starts.
///
/// No value can be handed to the body of such a process, so that both find the file by the number of the parent.
private final class Meeting {
    enum Purpose: String {
        case overlapping
        case killed
    }

    let path: String

    init(_ purpose: Purpose) throws {
        path = Meeting.path(purpose, of: getpid())
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        try? FileManager.default.removeItem(at: folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    static func path(_ purpose: Purpose, of process: pid_t) -> String {
        FileManager.default.temporaryDirectory.appending(path: "orrery-\(purpose)-\(process)/runs").path
    }

    deinit {
        try? FileManager.default.removeItem(at: URL(fileURLWithPath: path).deletingLastPathComponent())
    }
}

/// Keeps these runs, each in its turn.
private func keepAll(_ runs: some Sequence<Int>, at path: String) throws {
    let store = try RunStore(at: path)
    for run in runs { try store.keep(planted(run), of: plantedKey(run)) }
}
