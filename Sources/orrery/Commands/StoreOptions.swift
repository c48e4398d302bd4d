import ArgumentParser
import Foundation
import OrreryExperiment
import OrreryStore

/// The options that say where finished runs are kept.
struct StoreOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Keep finished runs in this file, and take from it what it has; the result does not depend on it.",
            valueName: "file"))
    var store: String?

    @Flag(help: "Keep no runs, and make every run anew.")
    var noStore = false

    /// Stops on options that contradict each other.
    func check() throws {
        if store != nil && noStore { throw ValidationError("--store and --no-store contradict each other") }
        if store == "" { throw ValidationError("--store: the name of the file is empty") }
    }

    /// The store to use; nil for none.
    ///
    /// Where no option says which, it is the one in the usual place if `isUsual`, else none.
    func open(isUsual: Bool) throws -> RunStore? {
        if noStore { return nil }
        if let store { return try RunStore(at: store).checkedAsStore() }
        return isUsual ? try StoreOptions.openUsual() : nil
    }

    /// The usual place of runs: `orrery/runs.sqlite` in the user's folder for what can be made again.
    ///
    /// Source: XDG Base Directory Specification 0.8: a variable that is no absolute path is ignored.
    static var usualPath: String {
        func folder(_ variable: String) -> URL? {
            guard let path = ProcessInfo.processInfo.environment[variable], path.hasPrefix("/") else { return nil }
            return URL(fileURLWithPath: path)
        }
        // Foundation alone would ask for the user's entry in the password file, and not for $HOME.
        let home = folder("HOME") ?? FileManager.default.homeDirectoryForCurrentUser
        return (folder("XDG_CACHE_HOME") ?? home.appending(path: ".cache")).appending(path: "orrery/runs.sqlite").path
    }

    private static func openUsual() throws -> RunStore {
        let path = usualPath
        do {
            try OutputFile.checkWritable(path)
            return try RunStore(at: path)
        } catch let failure as CommandFailure {
            throw CommandFailure(status: failure.status, message: failure.message + hint)
        } catch let error as RunStoreError {
            throw CommandFailure(status: ExitStatus(error), message: error.description + hint)
        }
    }

    private static let hint = "\nFinished runs are kept there; --store FILE names another place, --no-store none."
}

extension RunStore {
    /// The same store; it fails for the file of a shard, which belongs to one experiment and is whole or worthless.
    func checkedAsStore() throws -> RunStore {
        guard let manifest = try ShardManifest(in: self) else { return self }
        throw CommandFailure(
            status: .badInput,
            message:
                "\(path) is shard \(manifest.shard) of \(manifest.name), for orrery merge, and no store of finished "
                + "runs; name another file")
    }
}

extension ExitStatus {
    /// The status of a store that cannot be used.
    init(_ error: RunStoreError) {
        switch error {
        case .missing: self = .inputNotFound
        case .foreign, .newer, .damaged: self = .badInput
        case .contradicted: self = .bug
        case .noFolder, .isFolder, .writeProtected, .full, .busy, .refused: self = .cannotWrite
        }
    }
}
