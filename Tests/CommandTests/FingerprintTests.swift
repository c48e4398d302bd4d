import Foundation
import Testing

@Suite("One fingerprint everywhere", .serialized)
struct FingerprintTests {
    private static let fleet = ["Scenarios/worldwide-fleet", "--duration", "1d", "--seeds", "2"]

    @Test("two processes, one job and two, and processors without AVX2 and FMA give the same fingerprint")
    func processesAndJobs() throws {
        let orrery = OrreryProcess.built
        let first = try orrery.fingerprint(FingerprintTests.fleet + ["--jobs", "1"])
        #expect(first.count == 32)
        #expect(try orrery.fingerprint(FingerprintTests.fleet + ["--jobs", "1"]) == first, "a second process")
        #expect(try orrery.fingerprint(FingerprintTests.fleet + ["--jobs", "2"]) == first, "two jobs")
        let tunables = ["GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA"]
        #expect(
            try orrery.fingerprint(FingerprintTests.fleet, environment: tunables) == first,
            "other variants of the C library")
        #expect(try orrery.fingerprint(FingerprintTests.fleet + ["--seed-base", "2"]) != first, "other seeds")
    }

    @Test(
        "debug and release builds give the same fingerprint",
        .enabled(
            if: ProcessInfo.processInfo.environment["ORRERY_DEBUG"] != nil
                && ProcessInfo.processInfo.environment["ORRERY_RELEASE"] != nil,
            "ORRERY_DEBUG and ORRERY_RELEASE name the two programs; scripts/test builds and sets them"))
    func debugAndRelease() throws {
        let environment = ProcessInfo.processInfo.environment
        let debug = OrreryProcess(path: try #require(environment["ORRERY_DEBUG"]))
        let release = OrreryProcess(path: try #require(environment["ORRERY_RELEASE"]))
        try #require(debug.path != release.path)
        #expect(try debug.fingerprint(FingerprintTests.fleet) == release.fingerprint(FingerprintTests.fleet))
        for name in ["m-m-1", "m-m-c", "m-m-1-k", "m-g-1", "m-m-c-c"] {
            let arguments = ["Scenarios/validation/\(name).yaml", "--seeds", "2"]
            #expect(try debug.fingerprint(arguments) == release.fingerprint(arguments), "\(name)")
        }
    }

    @Test("the result file has the same bytes from two processes and any number of jobs")
    func sameBytes() throws {
        let arguments = ["run", "Scenarios/validation/m-m-1-k.yaml", "--seeds", "6", "--json", "--quiet"]
        let one = try OrreryProcess.built.run(arguments + ["--jobs", "1"])
        let three = try OrreryProcess.built.run(arguments + ["--jobs", "3"])
        #expect(one.status == 0)
        #expect(one.output == three.output)
    }
}
