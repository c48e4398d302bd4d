import Foundation
import GRDB

/// Why a store cannot be used, in words for the person at the terminal: which file, what is wrong, what to do.
///
/// Whatever happens, what the store held before is still there.
public enum RunStoreError: Error, Equatable, CustomStringConvertible {
    /// There is no such file, and it was only to be read.
    case missing(path: String)
    /// The folder it should be in does not exist.
    case noFolder(path: String, folder: String)
    /// There is a folder of this name.
    case isFolder(path: String)
    /// The file, its folder or the whole file system is write-protected.
    case writeProtected(path: String)
    /// The disk is full.
    case full(path: String)
    /// Other processes kept it locked for longer than anybody should wait.
    case busy(path: String)
    /// The system refuses to read or write it.
    case refused(path: String, detail: String)
    /// It is no store of Orrery.
    case foreign(path: String, found: String)
    /// A newer Orrery made it.
    case newer(path: String, version: Int)
    /// It is a store, but what is in it cannot be trusted.
    case damaged(path: String, detail: String)
    /// The same run was kept before and was another: one of both is wrong.
    case contradicted(path: String, key: RunKey)

    /// Whether the file itself is at fault, so that it would be no better at another time.
    public var isBadInput: Bool {
        switch self {
        case .foreign, .newer, .damaged: true
        default: false
        }
    }

    /// What is wrong and what to do about it.
    public var description: String {
        switch self {
        case .missing(let path): "\(path): there is no such file"
        case .noFolder(let path, let folder):
            "\(path) cannot be made: there is no folder \(folder); make it, or name a file in another"
        case .isFolder(let path): "\(path) is a folder; name a file in it"
        case .writeProtected(let path):
            "\(path) cannot be written: it or its folder is write-protected; name a file elsewhere"
        case .full(let path):
            "\(path) cannot be written: the disk is full; make room, and what is kept will not be run again"
        case .busy(let path):
            "\(path) has been locked by other processes for \(RunStore.patience) s; end them, or name another file"
        case .refused(let path, let detail): "\(path) cannot be used: \(detail)"
        case .foreign(let path, let found):
            "\(path) is \(found), not a store of finished runs; name another file"
        case .newer(let path, let version):
            "\(path) is a store of version \(version), and this Orrery knows only version \(RunStore.schemaVersion); "
                + "use the Orrery that made it, or name another file"
        case .damaged(let path, let detail):
            "\(path) is damaged: \(detail); delete it, and what it kept is run again"
        case .contradicted(let path, let key):
            "\(path) keeps another outcome of the run with seed \(key.seed) by the same program, \(key.build): "
                + "either somebody changed the file or this is a bug; orrery verify tells"
        }
    }

    /// The error behind a code of SQLite.
    init(_ error: DatabaseError, path: String) {
        let detail = error.message ?? "\(error.resultCode)"
        switch error.resultCode {
        case .SQLITE_FULL: self = .full(path: path)
        case .SQLITE_READONLY, .SQLITE_PERM: self = .writeProtected(path: path)
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path)
        case .SQLITE_CANTOPEN: self = .unopened(path: path, detail: detail)
        case .SQLITE_NOTADB: self = .foreign(path: path, found: "some other file")
        case .SQLITE_CORRUPT, .SQLITE_ERROR, .SQLITE_MISMATCH: self = .damaged(path: path, detail: detail)
        default: self = .refused(path: path, detail: detail)
        }
    }
    /// What keeps a file from being opened.
    private static func unopened(path: String, detail: String) -> RunStoreError {
        let files = FileManager.default
        if files.fileExists(atPath: path), !files.isReadableFile(atPath: path) {
            return .refused(path: path, detail: "it is read-protected")
        }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        return files.isWritableFile(atPath: folder) ? .refused(path: path, detail: detail) : .writeProtected(path: path)
    }
}
