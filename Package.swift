// swift-tools-version: 6.2
import PackageDescription

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

/// One row of the house: a target and all that it may import, in layer order.
///
/// Nothing imports upward.
struct Row {
    var name: String
    var dependencies: [Target.Dependency] = []
    var resources: [Resource] = []
    var tests = true
}

let rows = [
    Row(name: "OrreryKernel"),
    Row(name: "OrreryStatistics", dependencies: ["CGSL", "OrreryKernel"]),
    Row(name: "OrreryModel", dependencies: ["OrreryKernel"]),
    Row(name: "OrreryDiagnosis", dependencies: ["OrreryKernel", "OrreryModel", "OrreryStatistics"]),
    Row(name: "OrreryScenario", dependencies: ["OrreryKernel", "OrreryModel", yams]),
    Row(name: "OrreryStore", dependencies: ["OrreryKernel", grdb]),
    Row(
        name: "OrreryExperiment",
        dependencies: [
            "OrreryKernel", "OrreryStatistics", "OrreryModel", "OrreryDiagnosis", "OrreryScenario", "OrreryStore",
        ]),
    Row(
        name: "OrreryReport",
        dependencies: ["OrreryKernel", "OrreryStatistics", "OrreryDiagnosis", "OrreryExperiment"],
        resources: [.embedInCode("HTML/report.css"), .embedInCode("HTML/report.js")]),
]

let commands = Target.executableTarget(
    name: "orrery",
    dependencies: [
        "OrreryKernel", "OrreryStatistics", "OrreryModel", "OrreryDiagnosis", "OrreryScenario", "OrreryStore",
        "OrreryExperiment",
        "OrreryReport", arguments,
    ])

let benchmarks = Target.executableTarget(name: "orrery-bench", dependencies: ["OrreryKernel", "OrreryModel"])

let package = Package(
    name: "orrery",
    products: [.executable(name: "orrery", targets: ["orrery"])],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    ],
    targets: [.systemLibrary(name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"])])]
        + rows.map { .target(name: $0.name, dependencies: $0.dependencies, resources: $0.resources) }
        + [commands, benchmarks]
        + [
            .target(
                name: "OrreryTestSupport", dependencies: ["OrreryKernel", "OrreryStatistics", "OrreryModel"],
                path: "Tests/OrreryTestSupport")
        ]
        + rows.filter(\.tests).map {
            .testTarget(
                name: "\($0.name)Tests", dependencies: [.byName(name: $0.name), "OrreryTestSupport"] + $0.dependencies)
        }
        + [
            .testTarget(name: "HouseRulesTests"),
            .testTarget(name: "QueueingLawTests", dependencies: ["OrreryKernel", "OrreryTestSupport"]),
            .testTarget(
                name: "ScenarioTests",
                dependencies: [
                    "OrreryKernel", "OrreryStatistics", "OrreryModel", "OrreryDiagnosis", "OrreryScenario",
                    "OrreryExperiment", "OrreryTestSupport",
                ]),
            .testTarget(name: "CommandTests", dependencies: ["orrery", "orrery-bench", yams]),
        ]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .strictMemorySafety(),
        .treatAllWarnings(as: .error),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ]
}
