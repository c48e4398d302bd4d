import OrreryKernel

@testable import OrreryModel

/// A broker driven by hand, message by message, and the books of what it did: what a table test of a kind talks to.
struct BrokerDriver {
    private(set) var broker: any Broker
    private(set) var port: BrokerPort
    /// All that it did, in order.
    private(set) var actions: [BrokerAction] = []
    private var published: UInt32 = 0

    /// A broker of a kind of the catalog, with values for some of its parameters.
    init(_ kind: String, _ values: [String: ParameterValue] = [:]) {
        guard let kind = BrokerCatalog.kinds[kind] else { preconditionFailure("no broker \(kind)") }
        broker = kind.make(ParameterValues(values))
        port = BrokerPort(random: RandomStream(seed: 1, entity: kind.name, purpose: "test"), idle: LongestIdle())
    }

    /// Feeds one input at the current instant; what the broker does about it.
    @discardableResult
    mutating func feed(_ input: BrokerInput) -> [BrokerAction] {
        port.actions = []
        broker.handle(input, port: &port)
        actions += port.actions
        return Array(port.actions)
    }

    /// Publishes so many messages, numbered on from the last one; what the broker does about them.
    @discardableResult
    mutating func publish(_ count: Int = 1, size: Int64 = 1024, key: UInt32? = nil) -> [BrokerAction] {
        (0..<count).flatMap { _ in
            defer { published += 1 }
            return feed(.published(Publication(copy: copy(published), size: ByteCount(size), key: key)))
        }
    }

    /// Lets time pass to so many seconds after the start, with every wake-up that the broker asked for on the way.
    @discardableResult
    mutating func advance(toSecond second: Double) -> [BrokerAction] {
        let end = Instant.start + Duration(seconds: second)
        var done: [BrokerAction] = []
        while let time = port.wakeTime, time <= end {
            port.wakeTime = nil
            port.now = max(port.now, time)
            done += feed(.woken)
        }
        port.now = end
        return done
    }

    /// The copy of the n-th message, counted from zero.
    func copy(_ number: UInt32) -> Copy { Copy(item: ItemID(number: number), number: 1) }
}

extension Sequence<BrokerAction> {
    /// The numbers of the messages that were confirmed.
    var confirmed: [Int] { compactMap { if case .confirm(let copy) = $0 { Int(copy.item.number) } else { nil } } }
    /// The numbers of the messages that were turned away.
    var refused: [Int] { compactMap { if case .refuse(let copy, _) = $0 { Int(copy.item.number) } else { nil } } }
    /// The numbers of the messages that were dropped.
    var dropped: [Int] { compactMap { if case .drop(let copy, _) = $0 { Int(copy.item.number) } else { nil } } }
    /// The numbers of the messages that were delivered.
    var delivered: [Int] { compactMap { if case .deliver(let copy, _) = $0 { Int(copy.item.number) } else { nil } } }
    /// The numbers of the messages that were delivered to one worker.
    func delivered(to worker: UInt32) -> [Int] {
        compactMap {
            if case .deliver(let copy, let other) = $0, other.number == worker { Int(copy.item.number) } else { nil }
        }
    }
}

extension Broker {
    /// The numbers of the messages that it holds, in order of number.
    var heldNumbers: [Int] { held.map { Int($0.item.number) }.sorted() }
}
