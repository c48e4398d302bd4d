import Foundation
import Synchronization

/// How far the work has come, on standard error: a bar on a terminal, at most twelve lines elsewhere, or nothing.
final class ProgressBar: Sendable {
    /// How progress is shown.
    enum Style: String, CaseIterable {
        case auto
        case plain
        case none
    }

    private struct State {
        var shares: [Double]
        var done = 0.0
        var shown = -1
        var isFinished = false
    }

    private let style: Style
    private let drawsBar: Bool
    private let started = Date()
    private let state: Mutex<State>

    /// A bar over this many runs.
    init(style: Style, runs: Int) {
        self.style = style
        drawsBar = style == .auto && Terminal.canDrawProgress
        state = Mutex(State(shares: Array(repeating: 0, count: runs)))
    }

    /// Notes how much of a run is done; called on many threads.
    func update(run: Int, share: Double) {
        guard style == .plain || drawsBar else { return }
        state.withLock { state in
            state.done += share - state.shares[run]
            state.shares[run] = share
            let total = state.done / Double(state.shares.count)
            let step = Int((total * (drawsBar ? 200 : 10)).rounded(.down))
            guard step > state.shown, !state.isFinished else { return }
            state.shown = step
            draw(total, runs: state.shares.count)
        }
    }

    /// Takes the bar away; once more takes nothing.
    func finish() {
        state.withLock { state in
            if drawsBar && !state.isFinished { emit("\r\u{1B}[K") }
            state.isFinished = true
        }
    }

    private func draw(_ share: Double, runs: Int) {
        let percent = "\(Int((share * 100).rounded(.down))) %"
        let elapsed = Date().timeIntervalSince(started)
        let left = share > 0.02 ? ", about \(ProgressBar.words(elapsed / share - elapsed)) left" : ""
        let words = "\(percent) of \(runs) run\(runs == 1 ? "" : "s")\(left)"
        emit(
            drawsBar ? "\r\u{1B}[K" + ProgressBar.bar(share, words, columns: Terminal.columns) : "progress: \(words)\n")
    }

    /// A bar and the words beside it, in one line of the terminal: a longer one would wrap and could not be taken away.
    static func bar(_ share: Double, _ words: String, columns: Int) -> String {
        let length = max(0, min(40, columns - 2 - words.count))
        let full = Int((share * Double(length)).rounded(.down))
        let bar = String(repeating: "█", count: full) + String(repeating: "·", count: length - full) + " "
        return String(((length < 5 ? "" : bar) + words).prefix(max(0, columns - 1)))
    }

    /// A time in the unit that people would use: `95 s`, `12 min`, `3.5 h`.
    static func words(_ seconds: Double) -> String {
        switch seconds {
        case ..<100: "\(Int(seconds.rounded(.up))) s"
        case ..<6000: "\(Int((seconds / 60).rounded(.up))) min"
        default: "\((seconds / 360).rounded(.up) / 10) h"
        }
    }

    private func emit(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
