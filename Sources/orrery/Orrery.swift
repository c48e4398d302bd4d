import ArgumentParser
import OrreryExperiment
import OrreryScenario
import OrreryStore

/// The command line: `orrery VERB …`.
@main
struct Orrery: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "orrery",
        abstract: "Shows where a network of telescopes collapses when it grows, before it is built.",
        discussion: "Results go to standard output, narration to standard error, files where -o says.",
        version: Experiment.version,
        subcommands: [
            RunCommand.self, SweepCommand.self, CapacityCommand.self, MergeCommand.self, ReportCommand.self,
            CompareCommand.self, BaselineCommand.self, ReplayCommand.self, FitCommand.self, VerifyCommand.self,
            VerifyRunsCommand.self,
            ValidateCommand.self, ListCommand.self, ExplainCommand.self, SchemaCommand.self, StoreCommand.self,
        ])

    static func main() async {
        BugTrap.set()
        Terminal.prepare()
        let arguments = Array(CommandLine.arguments.dropFirst())
        if let complaint = mistypedVerb(arguments) {
            Terminal.complain(complaint)
            exit(withError: ExitStatus.usage.code)
        }
        do {
            var command = try parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as CommandFailure {
            Terminal.complain(failure.message)
            exit(withError: failure.status.code)
        } catch let error as RunStoreError {
            Terminal.complain(error.description)
            exit(withError: ExitStatus(error).code)
        } catch {
            finish(error)
        }
    }

    /// Ends as the library of arguments would, but not in silence if what was asked for (`--help`) cannot be printed.
    private static func finish(_ error: any Error) -> Never {
        let status = exitCode(for: error)
        guard status.isSuccess else { exit(withError: error) }
        do {
            try Terminal.print(fullMessage(for: error))
        } catch let failure as CommandFailure {
            Terminal.complain(failure.message)
            exit(withError: failure.status.code)
        } catch {
            exit(withError: error)
        }
        exit(withError: status)
    }

    /// What to say to a verb that does not exist: the nearest one that does.
    private static func mistypedVerb(_ arguments: [String]) -> String? {
        let words = arguments.first == "help" ? arguments.dropFirst() : arguments[...]
        guard let verb = words.first, !verb.hasPrefix("-") else { return nil }
        let commands = configuration.subcommands.map { $0.configuration }
        if commands.contains(where: { $0.commandName == verb }) || verb == "help" { return nil }
        let verbs = commands.filter { $0.shouldDisplay }.compactMap { $0.commandName } + ["help"]
        let suggestion = NearestName.find(verb, among: verbs).map { " Did you mean '\($0)'?" } ?? ""
        return "there is no command '\(verb)'.\(suggestion) The commands are \(verbs.joined(separator: ", "))."
    }
}
