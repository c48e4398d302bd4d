import OrreryKernel
import OrreryModel

/// An event of a run as a line, for people or for programs.
struct EventLine {
    /// The event.
    let event: EventRecord
    /// The names of the network's parts.
    let names: EventNames

    /// `0 d 00:08:00.000000005  telescope 12 (lsc-1m/2): shutter closed`, and what it carries.
    var text: String {
        let payload = names.payload(of: event)
        return "\(EventNames.clock(event.time))  \(names.entity(of: event)): \(names.kind(of: event))"
            + (payload.isEmpty ? "" : ", \(payload)")
    }

    /// One object in one line; `seconds` are exact.
    var json: String {
        let payload = names.payload(of: event)
        let rest = payload.isEmpty ? "" : ",\"with\":\(JSONText.quoted(payload))"
        return "{\"seconds\":\(JSONText.decimal(event.time.nanoseconds, shift: 9)),\"order\":\(event.order),"
            + "\"what\":\(JSONText.quoted(names.kind(of: event))),\"whom\":\(JSONText.quoted(names.entity(of: event)))"
            + rest + "}"
    }
}
