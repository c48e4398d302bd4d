import Foundation

/// A folder of its own that vanishes with the test.
final class Scratch: Sendable {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "orrery-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// The path of a file in it.
    func file(_ name: String) -> String { folder.appending(path: name).path }

    /// A file with these bytes.
    func write(_ bytes: Data, to name: String) throws -> String {
        try bytes.write(to: folder.appending(path: name))
        return file(name)
    }

    /// The files in it.
    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }

    /// How many bytes a file has.
    func size(_ name: String) throws -> Int64 { Int64(try Data(contentsOf: folder.appending(path: name)).count) }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }
}
