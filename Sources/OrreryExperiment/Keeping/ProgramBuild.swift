import Foundation
import OrreryKernel

/// Which program makes runs, told apart so finely that no changed program is ever served the runs of another.
public enum ProgramBuild {
    /// Version of Orrery, version of the samplers and a digest of the running executable: `0.1.0/1/3f2a…`.
    ///
    /// Where the executable cannot be read, a name that never comes again, so that runs are kept for nobody.
    public static let current: String = {
        let executable = try? Data(contentsOf: URL(fileURLWithPath: "/proc/self/exe"))
        let digest = executable.map { SecureHash.hexadecimal([UInt8]($0)) } ?? UUID().uuidString
        return "\(Experiment.version)/\(RandomStream.version)/\(digest)"
    }()

    /// A build as people are told of it: versions and the beginning of the digest.
    public static func shortName(_ build: String) -> String {
        let parts = build.split(separator: "/").map(String.init)
        guard parts.count == 3 else { return build }
        return "Orrery \(parts[0]), samplers \(parts[1]), build \(parts[2].prefix(12))"
    }
}
