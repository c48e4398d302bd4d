/// The one table of the house: every target, what it may import, and what is allowed there and nowhere else.
enum HouseTable {
    struct Row {
        /// The folder below `Sources`.
        let target: String
        /// The targets and packages it may import, as `Package.swift` states them.
        let dependencies: Set<String>
        /// Parts of the toolchain it may import besides.
        var toolchain: Set<String> = []
        /// Whether its results become event times, so that no clock, no hash order and no foreign number may reach it.
        var isDeterministic = false
        /// Whether it talks to the terminal.
        var prints = false
    }

    static let rows = [
        Row(target: "OrreryKernel", dependencies: [], isDeterministic: true),
        Row(target: "OrreryStatistics", dependencies: ["CGSL", "OrreryKernel"]),
        Row(target: "OrreryModel", dependencies: ["OrreryKernel"], isDeterministic: true),
        Row(target: "OrreryDiagnosis", dependencies: ["OrreryKernel", "OrreryModel", "OrreryStatistics"]),
        Row(target: "OrreryScenario", dependencies: ["OrreryKernel", "OrreryModel", "Yams"]),
        Row(target: "OrreryStore", dependencies: ["OrreryKernel", "GRDB"], toolchain: ["Foundation"]),
        Row(
            target: "OrreryExperiment",
            dependencies: [
                "OrreryKernel", "OrreryStatistics", "OrreryModel", "OrreryDiagnosis", "OrreryScenario", "OrreryStore",
            ],
            toolchain: ["Foundation", "Dispatch", "Synchronization"]),
        Row(
            target: "OrreryReport",
            dependencies: ["OrreryKernel", "OrreryStatistics", "OrreryDiagnosis", "OrreryExperiment"],
            toolchain: ["Foundation"]),
        Row(
            target: "orrery",
            dependencies: [
                "OrreryKernel", "OrreryStatistics", "OrreryModel", "OrreryDiagnosis", "OrreryScenario", "OrreryStore",
                "OrreryExperiment", "OrreryReport", "ArgumentParser",
            ], toolchain: ["Foundation", "Dispatch", "Synchronization"], prints: true),
        Row(
            target: "orrery-bench", dependencies: ["OrreryKernel", "OrreryModel"], toolchain: ["Foundation"],
            prints: true),
    ]

    static func row(of target: String?) -> Row? {
        rows.first { $0.target == target }
    }

    /// Files that may use `unsafe`, each with its reason.
    static let unsafeFiles = [
        "Sources/OrreryKernel/Events/EventMemory.swift": "the event set's memory, without a check on every access",
        "Sources/OrreryStatistics/GSL/GSLBridge.swift": "the only calls of libgsl, which takes pointers",
        "Sources/orrery/Running/BugTrap.swift": "a signal handler writes bytes without allocating",
        "Sources/orrery/Running/Effort.swift": "the system fills in what the process has cost through a pointer",
        "Sources/orrery/Terminal/Terminal.swift": "the system fills in the size of the terminal through a pointer",
    ]

    /// Files that may iterate over something that looks unordered, each with its reason.
    static let unorderedIterations = [
        "Sources/OrreryExperiment/Verification/PlantedDisorder.swift": "the fault that the test of orrery verify plants"
    ]

    /// Files that are not named for a type in them, each with its reason.
    static let filesWithoutTheirType = [
        "Sources/OrreryKernel/Recording/TimeSeries.swift": "two kinds of series and the grid they share",
        "Sources/OrreryKernel/Random/Samplers/SamplerParameters.swift": "what the parameters of samplers share",
        "Sources/OrreryKernel/Events/Invariant.swift": "two functions that stop the program",
        "Sources/OrreryModel/Messages/Identifiers.swift": "the small types of all identifiers",
    ]

    /// The one file that may trap, with a message that release builds print too.
    static let trap = "Sources/OrreryKernel/Events/Invariant.swift"

    /// Files that may not call the C library's mathematics but define their own under the same names.
    static let mathematics = "Sources/OrreryKernel/Mathematics/"
}
