import Foundation

/// `orrery-bench WHAT …`: the speed benchmarks that `scripts/bench` runs beside the peers.
@main
struct Bench {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch arguments.first {
        case "scale": ModelScale.run(Array(arguments.dropFirst()))
        default:
            FileHandle.standardError.write(Data("usage: orrery-bench scale\n".utf8))
            exit(64)
        }
    }
}
