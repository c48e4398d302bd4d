import Foundation
import OrreryScenario

/// Reads the text files that a command names.
enum InputFile {
    /// The text of a file, which is of a kind (`scenario`) and at most this many MiB large.
    static func text(at path: String, kind: String, mebibytesMax: Int) throws(CommandFailure) -> String {
        let limit = mebibytesMax << 20
        let data: Data
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? handle.close() }
            data = try handle.read(upToCount: limit + 1) ?? Data()
        } catch {
            throw CommandFailure(
                status: .inputNotFound, message: "\(path) cannot be read: \(error.localizedDescription)")
        }
        guard data.count <= limit else {
            throw CommandFailure(
                status: .badInput, message: "\(path) is larger than \(mebibytesMax) MiB, which no \(kind) needs")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw CommandFailure(status: .badInput, message: "\(path) is not UTF-8 text")
        }
        return text
    }

    /// What to say of a file that does not exist: the nearest one beside it.
    static func notFound(_ path: String, kind: String) -> String {
        let url = URL(fileURLWithPath: path)
        let folder = url.deletingLastPathComponent().path
        let siblings = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        let suggestion = NearestName.find(url.lastPathComponent, among: siblings).map { "; did you mean \($0)?" } ?? ""
        return "\(path): no such \(kind)\(suggestion)"
    }
}
