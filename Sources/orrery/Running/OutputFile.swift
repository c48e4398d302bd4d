import Foundation

/// Writes whole files: a temporary neighbour first, renamed into place when it is complete and on the disk.
enum OutputFile {
    /// Writes a file, or nothing at all; folders on the way are made.
    static func write(_ text: String, to path: String) throws {
        let url = URL(fileURLWithPath: path)
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url, options: .atomic)
        } catch {
            throw CommandFailure(status: .cannotWrite, message: "\(path) cannot be written: \(reason(error))")
        }
    }

    /// Stops early if a file could not be written later: before a long run, not after it.
    static func checkWritable(_ path: String) throws {
        if isFolder(path) {
            throw CommandFailure(status: .cannotWrite, message: "\(path) is a folder; name a file in it")
        }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure(status: .cannotWrite, message: "\(folder.path) cannot be made: \(reason(error))")
        }
        guard FileManager.default.isWritableFile(atPath: folder.path) else {
            throw CommandFailure(status: .cannotWrite, message: "\(folder.path) is not writable")
        }
    }

    /// Whether there is a folder at a path.
    static func isFolder(_ path: String) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(
            atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
        return attributes?[.type] as? FileAttributeType == .typeDirectory
    }

    private static func reason(_ error: any Error) -> String {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
        return (underlying ?? error as NSError).localizedDescription
    }
}
