public import OrreryKernel
import OrreryModel
public import OrreryScenario

/// One run again, with a close look at a part of it: its events as lines, and a trace.
public struct Replay: Sendable {
    /// The scenario's name.
    public let scenario: String
    /// The variant.
    public let variant: ScenarioVariant
    /// The seed.
    public let seed: UInt64
    /// Where the part begins that is looked at.
    public let start: Instant
    /// Where it ends; events of this instant still belong to it.
    public let end: Instant
    /// How many events are shown at most.
    public let lineLimit: Int
    /// How many events a trace has at most; nil to make none.
    public let traceLimit: Int?

    /// A replay of a variant with a seed, which looks at all of the run unless a part is stated.
    public init(
        scenario: String, variant: ScenarioVariant, seed: UInt64, from start: Duration? = nil, to end: Duration? = nil,
        lineLimit: Int, traceLimit: Int?
    ) {
        (self.scenario, self.variant, self.seed) = (scenario, variant, seed)
        self.start = .start + (start ?? .zero)
        self.end = .start + (end ?? variant.plan.duration)
        (self.lineLimit, self.traceLimit) = (lineLimit, traceLimit)
    }

    /// What was seen.
    public struct Outcome: Sendable {
        /// The events of the part, the first ones, each with its line for people and for programs.
        public let lines: [(text: String, json: String)]
        /// How many events the part has.
        public let eventCount: UInt64
        /// The digest of all events of the run.
        public let run: Fingerprint
        /// The fingerprint that `orrery run` prints of this variant and seed alone.
        public let fingerprint: Fingerprint
        /// The trace; nil if none was wanted.
        public let trace: Trace?
    }

    /// A trace and what is in it.
    public struct Trace: Sendable {
        /// The file.
        public let text: String
        /// How many events it has, beside the names of its rows.
        public let eventCount: Int
        /// How many items it shows.
        public let itemCount: Int
        /// What is not in it, in sentences; empty if it is whole.
        public let leftOut: [String]
    }

    /// How a replay can fail.
    public enum Failure: Error {
        /// More items were on their way than memory should hold.
        case overwhelmed(at: Instant, items: Int)
        /// It was given up because somebody wanted it so.
        case abandoned
    }

    /// Makes the run; says now and then how much of it is over, and asks whether to give up.
    public func run(
        progress: (_ share: Double) -> Void = { _ in }, shouldAbandon: () -> Bool = { false }
    ) throws(Failure) -> Outcome {
        let notes = Notes(self)
        var watch = RunWatch()
        watch.look = RunLook(
            from: start, to: end, begin: { notes.trace?.begin(&$0) },
            event: { event, network in
                notes.count += 1
                if notes.events.count < notes.limit { notes.events.append(event) }
                notes.trace?.take(event, &network)
            }, finish: { notes.trace?.finish(&$0) })
        let run = Run(variant.plan, seed: seed)
        switch run.outcome(watch: watch, progress: progress, shouldAbandon: shouldAbandon) {
        case .finished(let recording): return outcome(notes, recording)
        case .overwhelmed(let instant, let items): throw .overwhelmed(at: instant, items: items)
        case .abandoned: throw .abandoned
        }
    }

    /// What is noted down during the run.
    private final class Notes {
        let limit: Int
        var events: [EventRecord] = []
        var count: UInt64 = 0
        var trace: TraceRecorder?

        init(_ replay: Replay) {
            limit = replay.lineLimit
            trace = replay.traceLimit.map {
                TraceRecorder(from: replay.start, to: replay.end, limit: $0, names: EventNames(replay.variant.plan))
            }
        }
    }

    private func outcome(_ notes: Notes, _ recording: Recording) -> Outcome {
        let names = EventNames(variant.plan)
        // A result has a digest over its variants, of theirs over their seeds; this one has one of each.
        var ofVariant = Fingerprint()
        ofVariant.absorb(recording.fingerprint)
        var fingerprint = Fingerprint()
        fingerprint.absorb(ofVariant)
        let lines = notes.events.map { EventLine(event: $0, names: names) }
        return Outcome(
            lines: lines.map { ($0.text, $0.json) }, eventCount: notes.count, run: recording.fingerprint,
            fingerprint: fingerprint, trace: notes.trace.map { trace($0, names, fingerprint) })
    }

    private func trace(_ recorder: TraceRecorder, _ names: EventNames, _ fingerprint: Fingerprint) -> Trace {
        let leftOut = leftOut(recorder)
        let facts = [
            ("scenario", scenario), ("variant", variant.name), ("seed", "\(seed)"), ("orrery", Experiment.version),
            ("fingerprint", "\(fingerprint)"), ("starts on", variant.plan.startDate.description),
            ("from", Replay.seconds(start)), ("to", Replay.seconds(recorder.end)),
            ("left out", leftOut.isEmpty ? "nothing" : leftOut.joined(separator: " ")),
        ]
        return Trace(
            text: TraceText(recorder: recorder, names: names, facts: facts).text, eventCount: recorder.events.count,
            itemCount: recorder.itemCount, leftOut: leftOut)
    }

    private func leftOut(_ recorder: TraceRecorder) -> [String] {
        var sentences: [String] = []
        if recorder.isCut {
            sentences.append(
                "The trace ends at \(Replay.seconds(recorder.end)) instead of \(Replay.seconds(end)), "
                    + "because it has at most \(traceLimit ?? 0) events.")
        }
        if recorder.itemsLeftOut > 0 {
            sentences.append(
                "\(recorder.itemsLeftOut) of the items that were on their way at \(Replay.seconds(start)) are not in it."
            )
        }
        return sentences
    }

    private static func seconds(_ time: Instant) -> String { JSONText.decimal(time.nanoseconds, shift: 9) + " s" }
}
