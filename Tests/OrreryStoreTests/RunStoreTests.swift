import Foundation
import Testing

@testable import OrreryStore

@Suite("A store of finished runs")
struct RunStoreTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test("gives back what it was given, byte by byte, after it was closed too")
    func keeps() throws {
        let records = [Data(), Data([0]), Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })]
        let keys = records.indices.map { RunKey(plan: "p", seed: UInt64($0), build: "b") }
        do {
            let store = try RunStore(at: scratch.file("runs"))
            for (key, record) in zip(keys, records) { try store.keep(record, of: key) }
            for (key, record) in zip(keys, records) { #expect(try store.record(of: key) == record) }
        }
        for purpose in [RunStore.Purpose.keeping, .reading] {
            let store = try RunStore(at: scratch.file("runs"), for: purpose)
            for (key, record) in zip(keys, records) { #expect(try store.record(of: key) == record) }
        }
        #expect(try scratch.names() == ["runs"], "a closed store is one file")
    }

    @Test("tells runs apart by plan, seed and build, over the whole range of seeds")
    func keysDiffer() throws {
        let store = try RunStore(at: scratch.file("runs"))
        let key = RunKey(plan: "p", seed: .max, build: "b")
        try store.keep(Data("kept".utf8), of: key)
        let others = [
            RunKey(plan: "q", seed: .max, build: "b"), RunKey(plan: "p", seed: 0, build: "b"),
            RunKey(plan: "p", seed: .max >> 1, build: "b"), RunKey(plan: "p", seed: .max, build: "c"),
        ]
        for other in others { #expect(try store.record(of: other) == nil) }
        #expect(try store.record(of: key) == Data("kept".utf8))
    }

    @Test("keeps the first record of a key, and says which that is")
    func firstWins() throws {
        let store = try RunStore(at: scratch.file("runs"))
        let key = RunKey(plan: "p", seed: 1, build: "b")
        for text in ["first", "first", "second"] {
            #expect(try store.keep(Data(text.utf8), of: key) == Data("first".utf8))
        }
        #expect(try store.record(of: key) == Data("first".utf8))
    }

    @Test("keeps the first note of a name, and says which that is")
    func notes() throws {
        let store = try RunStore(at: scratch.file("runs"))
        #expect(try store.note("shard") == nil)
        #expect(try store.keepNote(Data("1/4".utf8), "shard") == Data("1/4".utf8))
        #expect(try store.keepNote(Data("2/4".utf8), "shard") == Data("1/4".utf8))
        #expect(try store.note("shard") == Data("1/4".utf8))
    }

    @Test("says what it holds, and forgets all of it or all but one build, with the room it took")
    func clears() throws {
        let store = try RunStore(at: scratch.file("runs"))
        for seed in 0..<20 {
            let build = seed < 15 ? "old" : "new"
            try store.keep(Data(repeating: 7, count: 10_000), of: RunKey(plan: "p", seed: UInt64(seed), build: build))
        }
        let before = try store.contents()
        #expect(before.builds.map(\.name) == ["new", "old"])
        #expect(before.builds.map(\.runs) == [5, 15])
        #expect(before.builds.map(\.bytes) == [50_000, 150_000])
        #expect(before.fileSize == (try scratch.size("runs")) && before.fileSize > 200_000)

        #expect(try store.clear(except: "new") == 15)
        #expect(try store.contents().builds.map(\.name) == ["new"])
        #expect(try scratch.size("runs") < 80_000)
        #expect(try store.record(of: RunKey(plan: "p", seed: 17, build: "new"))?.count == 10_000)

        #expect(try store.clear() == 5)
        #expect(try store.contents().builds.isEmpty)
        #expect(try scratch.size("runs") < 30_000)
    }

    @Test("is shared by threads, which keep the same runs at the same time")
    func threads() async throws {
        let store = try RunStore(at: scratch.file("runs"))
        try await withThrowingTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    for seed in 0..<50 { try store.keep(planted(seed), of: plantedKey(seed)) }
                }
            }
            try await group.waitForAll()
        }
        #expect(try store.contents().builds.map(\.runs) == [50])
    }
}

/// The record that the tests keep under ``plantedKey(_:)``; some fill several of SQLite's pages.
func planted(_ seed: Int) -> Data {
    Data((0..<(seed % 7) * 9000 + 10).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ seed) })
}

func plantedKey(_ seed: Int) -> RunKey {
    RunKey(plan: String(repeating: "ab", count: 32), seed: UInt64(seed), build: "0.1.0/1/test")
}
