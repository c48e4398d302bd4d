import Foundation

/// One way to make the same runs, which must change nothing.
struct Variation: Sendable {
    /// What is different, in a few words.
    let name: String
    /// How many runs go on at a time.
    let jobs: Int
    /// What is set in the environment of its process.
    var environment: [String: String] = [:]
    /// Whether it takes other variants of the C library's functions.
    var changesLibrary = false

    /// All variations; the first is the reference.
    ///
    /// Every one is a process of its own, so each hashes with another seed and has other addresses.
    static let all: [Variation] =
        [
            Variation(name: "reference: one run at a time", jobs: 1),
            Variation(name: "a second process", jobs: 1),
            Variation(name: "2 runs at a time", jobs: 2),
            Variation(name: "\(manyJobs) runs at a time", jobs: manyJobs),
        ] + libraryVariations + [
            Variation(
                name: "other language, time zone and memory", jobs: 2,
                environment: [
                    "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati",
                    // Fresh and freed memory is filled with this byte, so that reading it would show.
                    "MALLOC_PERTURB_": "165",
                ])
        ]

    private static let manyJobs = max(4, ProcessInfo.processInfo.activeProcessorCount)

    /// The C library picks its functions for the processor when a process starts; glibc can be told to leave features
    /// aside.
    private static var libraryVariations: [Variation] {
        #if os(Linux) && arch(x86_64)
            [
                Variation(
                    name: "C library without AVX2 and FMA", jobs: 1,
                    environment: ["GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX512F"],
                    changesLibrary: true)
            ]
        #else
            []
        #endif
    }
}
