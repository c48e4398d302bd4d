import OrreryKernel

/// A message that only says which one it is.
struct NoteEvent: SimulationEvent, Hashable {
    let id: UInt64

    var words: (kind: UInt64, entity: UInt64, payload: UInt64) { (kind: 7, entity: id % 11, payload: id) }
}

/// A model that writes down what it is told, and when.
struct Notebook: SimulationModel {
    struct Line: Hashable {
        let id: UInt64
        let time: Instant
    }

    var lines: [Line] = []

    mutating func handle(_ event: NoteEvent, agenda: inout Agenda<NoteEvent>) {
        lines.append(Line(id: event.id, time: agenda.now))
    }
}
