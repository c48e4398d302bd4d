import Foundation
import OrreryKernel
import OrreryModel

/// What an event costs, and what a telescope weighs, as the whole model grows.
enum ModelScale {
    /// `scale [--markdown] [--telescopes 100,1000] [--events 10000000]`.
    ///
    /// Every size has a process of its own, so that none lives in memory that another one left behind.
    static func run(_ arguments: [String]) {
        if let cell = value(of: "--cell", in: arguments)?.split(separator: ",").compactMap({ Int($0) }), cell.count == 3
        {
            return measure(ModelScalePlan(telescopes: cell[0], telescopesPerSite: cell[1]), events: UInt64(cell[2]))
        }
        let sizes = value(of: "--telescopes", in: arguments)?.split(separator: ",").compactMap { Int($0) }
        let events = value(of: "--events", in: arguments).flatMap { Int($0) } ?? 10_000_000
        let table = ModelScaleTable(isMarkdown: arguments.contains("--markdown"))
        for telescopesPerSite in [10, 1] {
            table.begin(telescopesPerSite: telescopesPerSite)
            var smallest: ModelScaleCell?
            for telescopes in sizes ?? [100, 1000, 10_000, 100_000] {
                guard let cell = inOwnProcess("\(telescopes),\(telescopesPerSite),\(events)") else {
                    FileHandle.standardError.write(Data("\(telescopes) telescopes could not be measured\n".utf8))
                    exit(70)
                }
                table.add(cell, comparedWith: smallest ?? cell)
                smallest = smallest ?? cell
            }
        }
    }

    private static func value(of option: String, in arguments: [String]) -> String? {
        arguments.firstIndex(of: option).flatMap { $0 + 1 < arguments.count ? arguments[$0 + 1] : nil }
    }

    private static func measure(_ plan: ModelScalePlan, events: UInt64) {
        guard let data = try? JSONEncoder().encode(ModelScaleCell(plan, events: events, rounds: 3)) else { return }
        FileHandle.standardOutput.write(data)
    }

    private static func inOwnProcess(_ cell: String) -> ModelScaleCell? {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["scale", "--cell", cell]
        process.standardOutput = output
        guard (try? process.run()) != nil else { return nil }
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return try? JSONDecoder().decode(ModelScaleCell.self, from: data)
    }
}
