import ArgumentParser

/// How `orrery` ends: the documented exit codes, each with one meaning.
enum ExitStatus: Int32, CaseIterable {
    case passed = 0
    case different = 96
    case invalid = 97
    case regression = 98
    case thresholdsBroken = 99
    case usage = 64
    case badInput = 65
    case inputNotFound = 66
    case bug = 70
    case cannotWrite = 73
    case interrupted = 130
    case terminated = 143

    /// What it means.
    var meaning: String {
        switch self {
        case .passed: "passed: every threshold holds, or the scenario states none"
        case .different: "orrery verify: the same runs differ between processes; the first differing event is named"
        case .invalid:
            "invalid or inconclusive: nothing to judge, a threshold without data, or too few runs; of orrery baseline "
                + "check, a change that matters is neither shown nor excluded"
        case .regression: "orrery compare or orrery baseline check: something is shown to be worse than in the base"
        case .thresholdsBroken: "a threshold is broken"
        case .usage: "the command line is wrong"
        case .badInput:
            "the input cannot be used: a scenario or measurements with faults, a file of another kind or version"
        case .inputNotFound: "an input file does not exist or cannot be read"
        case .bug: "a bug of Orrery: please report it with the command"
        case .cannotWrite: "an output cannot be written; nothing was half-written"
        case .interrupted: "interrupted (Ctrl-C); what was finished is in the outputs"
        case .terminated: "terminated (SIGTERM); what was finished is in the outputs"
        }
    }

    var code: ExitCode { ExitCode(rawValue) }
}

/// An error with its exit code: what is wrong, in words for the person at the terminal.
struct CommandFailure: Error {
    let status: ExitStatus
    let message: String
}
