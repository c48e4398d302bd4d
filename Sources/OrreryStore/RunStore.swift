public import Foundation
import GRDB
import OrreryKernel

/// A file that keeps finished runs, each as bytes that only the caller understands.
///
/// It is a cache of a pure function: a run that is not in it is made again with the same bytes, so it may be deleted at
/// any time, and nothing depends on what it holds.
///
/// - Several processes and threads may use it at once. Each run is written in a transaction of its own: a process that
///   is killed loses at most the run that it is writing.
/// - The first to keep a run wins; others are told what it kept.
/// - What is read is checked against a digest, because SQLite would not notice a flipped bit.
///
/// The journal is SQLite's own, a file beside the store that exists only during a write. The write-ahead log would
/// be faster by less than a millisecond a run, but it works on no network file system, and it leaves the last runs in a
/// second file when a process is killed; a store should be one file that can be copied.
public final class RunStore: Sendable {
    /// The version of the tables; a file with a higher one is refused.
    public static let schemaVersion = 1
    /// How long one process waits for another to finish writing, in seconds.
    public static let patience = 60

    /// What a store is opened for.
    public enum Purpose: Sendable {
        /// To find runs and to keep more; the file is made if it does not exist.
        case keeping
        /// To find runs only.
        case reading
    }

    /// The file.
    public let path: String
    /// What it was opened for.
    public let purpose: Purpose
    let database: DatabaseQueue

    /// Opens a store.
    ///
    /// For keeping, one empty transaction is written, so that what would fail after a long run fails before it.
    public init(at path: String, for purpose: Purpose = .keeping) throws(RunStoreError) {
        self.path = path
        self.purpose = purpose
        try RunStore.checkPlace(path, for: purpose)
        var configuration = Configuration()
        configuration.busyMode = .timeout(TimeInterval(RunStore.patience))
        // Not read-only where it is only read: what a killed process has begun must be taken back first. SQLite reads
        // a write-protected file all the same.
        let settings = configuration
        database = try RunStore.translated(path) {
            let database = try DatabaseQueue(path: path, configuration: settings)
            switch purpose {
            case .reading: try database.read { try RunStore.checkTables(of: $0, path) }
            case .keeping: try database.write { try RunStore.makeTables(in: $0, path) }
            }
            return database
        }
    }

    /// The bytes that were kept for a run; nil if there are none.
    public func record(of key: RunKey) throws(RunStoreError) -> Data? {
        try RunStore.translated(path) { try database.read { try record(of: key, in: $0) } }
    }

    /// Keeps the bytes of a run, unless it has some already; says which are kept.
    @discardableResult
    public func keep(_ record: Data, of key: RunKey) throws(RunStoreError) -> Data {
        try RunStore.translated(path) {
            try database.write { database in
                try database.execute(
                    sql: """
                        INSERT INTO run (plan, seed, build, record, digest) VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT (plan, seed, build) DO NOTHING
                        """,
                    arguments: [
                        key.plan, Int64(bitPattern: key.seed), key.build, record, RunStore.digest(of: record, key),
                    ])
                return database.changesCount > 0 ? record : try self.record(of: key, in: database) ?? record
            }
        }
    }

    /// A text that goes with the runs, under a name; nil if there is none.
    public func note(_ name: String) throws(RunStoreError) -> Data? {
        try RunStore.translated(path) {
            try database.read { try Data.fetchOne($0, sql: "SELECT text FROM note WHERE name = ?", arguments: [name]) }
        }
    }

    /// Keeps a text under a name, unless there is one; says which one is kept.
    public func keepNote(_ text: Data, _ name: String) throws(RunStoreError) -> Data {
        try RunStore.translated(path) {
            try database.write { database in
                try database.execute(
                    sql: "INSERT INTO note (name, text) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
                    arguments: [name, text])
                return try Data.fetchOne(
                    database, sql: "SELECT text FROM note WHERE name = ?", arguments: [name]) ?? text
            }
        }
    }

    private func record(of key: RunKey, in database: Database) throws -> Data? {
        let row = try Row.fetchOne(
            database, sql: "SELECT record, digest FROM run WHERE plan = ? AND seed = ? AND build = ?",
            arguments: [key.plan, Int64(bitPattern: key.seed), key.build])
        guard let row else { return nil }
        guard let record = Data.fromDatabaseValue(row["record"]), let digest = Data.fromDatabaseValue(row["digest"]),
            digest == RunStore.digest(of: record, key)
        else {
            throw RunStoreError.damaged(path: path, detail: "the run with seed \(key.seed) is not what was kept")
        }
        return record
    }

    /// The digest of a run's bytes and of the key that they belong to.
    private static func digest(of record: Data, _ key: RunKey) -> Data {
        Data(SecureHash.digest([UInt8](Data("\(key.plan) \(key.seed) \(key.build)\n".utf8) + record)))
    }
}

// MARK: - What is in it

extension RunStore {
    /// What a store holds.
    public struct Contents: Sendable {
        /// The size of the file in bytes.
        public var fileSize: Int64
        /// The builds that made the runs, in the order of their names.
        public var builds: [Build]
    }

    /// The runs that one program made.
    public struct Build: Sendable {
        /// The program: ``RunKey/build``.
        public var name: String
        /// How many runs of it are kept.
        public var runs: Int
        /// How many bytes they take, without the store's own.
        public var bytes: Int64
    }

    /// What it holds now.
    ///
    /// - Complexity: linear in the number of runs.
    public func contents() throws(RunStoreError) -> Contents {
        try RunStore.translated(path) {
            try database.read { database in
                let pages = try Int64.fetchOne(database, sql: "PRAGMA page_count") ?? 0
                let pageSize = try Int64.fetchOne(database, sql: "PRAGMA page_size") ?? 0
                let rows = try Row.fetchAll(
                    database,
                    sql: """
                        SELECT build, count(*) AS runs, sum(length(record)) AS bytes FROM run
                        GROUP BY build ORDER BY build
                        """)
                return Contents(
                    fileSize: pages * pageSize,
                    builds: rows.map { Build(name: $0["build"], runs: $0["runs"], bytes: $0["bytes"]) })
            }
        }
    }

    /// Forgets all runs, or all but those of one build, and gives the room back; says how many were forgotten.
    public func clear(except build: String? = nil) throws(RunStoreError) -> Int {
        try RunStore.translated(path) {
            let forgotten = try database.write { database in
                try database.execute(sql: "DELETE FROM run WHERE build IS NOT ?", arguments: [build])
                return database.changesCount
            }
            try database.vacuum()
            return forgotten
        }
    }
}

// MARK: - Whose file it is

extension RunStore {
    /// What stands in the header of every store: `Orry`.
    private static let applicationID = 0x4F72_7279

    /// Stops on places where no file can be.
    private static func checkPlace(_ path: String, for purpose: Purpose) throws(RunStoreError) {
        let exists = FileManager.default.fileExists(atPath: path)
        if FileManager.default.fileExists(atPath: path + "/.") { throw .isFolder(path: path) }
        if exists { return }
        if purpose == .reading { throw .missing(path: path) }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard FileManager.default.fileExists(atPath: folder + "/.") else {
            throw .noFolder(path: path, folder: folder)
        }
    }

    /// Stops if the file is not a store that this program understands.
    private static func checkTables(of database: Database, _ path: String) throws {
        let application = try Int.fetchOne(database, sql: "PRAGMA application_id")
        guard application == applicationID else {
            let isEmpty = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0
            let found = isEmpty ? "an empty file" : "a database of another program"
            throw RunStoreError.foreign(path: path, found: found)
        }
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        if version > schemaVersion { throw RunStoreError.newer(path: path, version: version) }
        guard version == schemaVersion, try database.tableExists("run"), try database.tableExists("note") else {
            throw RunStoreError.damaged(path: path, detail: "its tables are not those of version \(schemaVersion)")
        }
    }

    /// Makes the tables in a new file; in any other, checks them and proves that they can be written.
    private static func makeTables(in database: Database, _ path: String) throws {
        let application = try Int.fetchOne(database, sql: "PRAGMA application_id")
        let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master")
        if application != 0 || tables != 0 {
            try checkTables(of: database, path)
        } else {
            try database.execute(
                sql: """
                    CREATE TABLE run (
                        plan TEXT NOT NULL, seed INTEGER NOT NULL, build TEXT NOT NULL,
                        record BLOB NOT NULL, digest BLOB NOT NULL,
                        PRIMARY KEY (plan, seed, build)
                    );
                    CREATE TABLE note (name TEXT NOT NULL PRIMARY KEY, text BLOB NOT NULL);
                    PRAGMA application_id = \(applicationID);
                    """)
        }
        // Writing the version that it has already touches the file like any other change.
        try database.execute(sql: "PRAGMA user_version = \(schemaVersion)")
    }

    /// Does something with SQLite, whose errors become those of the store.
    private static func translated<Result>(_ path: String, _ body: () throws -> Result) throws(RunStoreError) -> Result
    {
        do {
            return try body()
        } catch let error as RunStoreError {
            throw error
        } catch let error as DatabaseError {
            throw RunStoreError(error, path: path)
        } catch {
            throw .refused(path: path, detail: "\(error)")
        }
    }
}
