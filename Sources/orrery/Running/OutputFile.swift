import Foundation

/// Writes whole files: a temporary neighbour first, renamed into place when it is complete and on the disk.
///
/// What is no regular file (a device, a pipe) is written into and never replaced: a rename would put a file in the
/// place of `/dev/null`. A symbolic link stays; what it points to is written.
enum OutputFile {
    /// What is at a path, after all links.
    private enum Target {
        case nothing
        case regular
        case folder
        case stream
    }

    /// Writes a file, or nothing at all; folders on the way are made.
    static func write(_ text: String, to path: String) throws {
        do {
            if target(of: path) == .stream {
                let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
                defer { try? handle.close() }
                try handle.write(contentsOf: Data(text.utf8))
            } else {
                let url = destination(of: path)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: url, options: .atomic)
            }
        } catch {
            throw CommandFailure(status: .cannotWrite, message: "\(path) cannot be written: \(reason(error))")
        }
    }

    /// Stops early if a file could not be written later: before a long run, not after it.
    static func checkWritable(_ path: String) throws {
        let target = target(of: path)
        if target == .folder || path.hasSuffix("/") {
            throw CommandFailure(status: .cannotWrite, message: "\(path) is a folder; name a file in it")
        }
        if target != .nothing, !FileManager.default.isWritableFile(atPath: path) {
            throw CommandFailure(status: .cannotWrite, message: "\(path) is write-protected")
        }
        if target == .stream { return }
        let url = destination(of: path)
        if url.lastPathComponent.utf8.count > nameLimit {
            throw CommandFailure(
                status: .cannotWrite, message: "\(path) is too long a name for a file: at most \(nameLimit) bytes")
        }
        let folder = url.deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure(status: .cannotWrite, message: "\(folder.path) cannot be made: \(reason(error))")
        }
        guard FileManager.default.isWritableFile(atPath: folder.path) else {
            throw CommandFailure(status: .cannotWrite, message: "\(folder.path) is not writable")
        }
    }

    /// Whether two paths lead to the same file, however they are written; files that are yet to be made too.
    static func isSame(_ path: String, _ other: String) -> Bool {
        let files = [path, other].map { destination(of: $0).standardizedFileURL.path }
        if files[0] == files[1] { return true }
        let numbers = files.map { file -> [Int]? in
            guard let attributes = try? FileManager.default.attributesOfItem(atPath: file) else { return nil }
            return [attributes[.systemNumber], attributes[.systemFileNumber]].compactMap { ($0 as? NSNumber)?.intValue }
        }
        return numbers[0] != nil && numbers[0] == numbers[1]
    }

    /// Whether what a path leads to is written into and not replaced, so that nothing in it can be lost.
    static func isStream(_ path: String) -> Bool { target(of: path) == .stream }

    /// Whether there is a folder at a path.
    static func isFolder(_ path: String) -> Bool { target(of: path) == .folder }

    /// How long the name of a file may be, in bytes, on every usual file system.
    private static let nameLimit = 255

    /// The file that is really written: where the links of a path end, in folders without links.
    private static func destination(of path: String) -> URL {
        var url = URL(fileURLWithPath: path)
        for _ in 0..<40 {
            guard let next = try? FileManager.default.destinationOfSymbolicLink(atPath: url.path) else { break }
            url = URL(fileURLWithPath: next, relativeTo: url.deletingLastPathComponent()).absoluteURL
        }
        return url.deletingLastPathComponent().resolvingSymlinksInPath().appending(path: url.lastPathComponent)
    }

    /// What is at a path.
    ///
    /// The system follows the links, because those of `/proc` lead where no path does.
    private static func target(of path: String) -> Target {
        guard FileManager.default.fileExists(atPath: path) else { return .nothing }
        if FileManager.default.fileExists(atPath: path + "/.") { return .folder }
        let type = try? FileManager.default.attributesOfItem(atPath: destination(of: path).path)[.type]
        return switch type as? FileAttributeType {
        case .typeDirectory: .folder
        case .typeRegular: .regular
        default: .stream
        }
    }

    /// Why the system refuses, without the preamble that every such text has.
    static func reason(_ error: any Error) -> String {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
        let text = (underlying ?? error as NSError).localizedDescription
        return text.replacing("The operation could not be completed. ", with: "")
    }
}
