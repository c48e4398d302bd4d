import ArgumentParser
import Foundation
import OrreryExperiment
import OrreryKernel
import OrreryStore

/// `orrery store`: what is kept of finished runs, and how to be rid of it.
struct StoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "Say what is kept of finished runs, or forget it.",
        discussion: """
            Runs are pure functions of plan, seed and program, so they are kept and never made twice: by orrery sweep \
            and orrery capacity in \(usual), by orrery run where --store says. \
            The file may be deleted at any time.
            """,
        subcommands: [Info.self, Clear.self], defaultSubcommand: Info.self)

    private static let usual = "$XDG_CACHE_HOME/orrery/runs.sqlite (usually ~/.cache/orrery/runs.sqlite)"

    /// Which store is meant.
    struct Place: ParsableArguments {
        @Option(help: ArgumentHelp("The file, instead of the usual one.", valueName: "file"))
        var store: String?

        /// The store; nil if it is the usual one and nothing was kept yet.
        func open(for purpose: RunStore.Purpose) throws -> RunStore? {
            let path = store ?? StoreOptions.usualPath
            if !FileManager.default.fileExists(atPath: path) {
                if store != nil { throw RunStoreError.missing(path: path) }
                try Terminal.print("\(path): nothing is kept yet")
                return nil
            }
            return try RunStore(at: path, for: purpose)
        }
    }

    /// `orrery store info`.
    struct Info: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "info", abstract: "How many runs are kept, of which programs, and how much room they take.")

        @OptionGroup var place: Place

        func run() throws {
            guard let store = try place.open(for: .reading) else { return }
            let contents = try store.contents()
            let runs = contents.builds.reduce(0) { $0 + $1.runs }
            var lines = ["\(store.path): \(StoreCommand.runs(runs)), \(StoreCommand.size(contents.fileSize))"]
            for build in contents.builds {
                let own = build.name == ProgramBuild.current ? ", this program" : ""
                lines.append(
                    "  \(ProgramBuild.shortName(build.name)): \(StoreCommand.runs(build.runs)), "
                        + "\(StoreCommand.size(build.bytes))\(own)")
            }
            try Terminal.print(lines.joined(separator: "\n"))
        }
    }

    /// `orrery store clear`.
    struct Clear: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "clear", abstract: "Forget the runs that are kept; they are made again when needed.")

        @OptionGroup var place: Place

        @Flag(help: "Forget only what other programs than this one have made: other versions, other builds.")
        var olderBuilds = false

        func run() throws {
            guard let store = try place.open(for: .keeping)?.checkedAsStore() else { return }
            let forgotten = try store.clear(except: olderBuilds ? ProgramBuild.current : nil)
            let size = StoreCommand.size(try store.contents().fileSize)
            try Terminal.print("\(store.path): \(StoreCommand.runs(forgotten)) forgotten; it takes \(size) now")
        }
    }

    private static func runs(_ count: Int) -> String { "\(count) run\(count == 1 ? "" : "s")" }

    private static func size(_ bytes: Int64) -> String { Narration.megabytes(ByteCount(bytes)) }
}
