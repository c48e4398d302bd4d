import OrreryKernel

/// The broker at work: offers go to a worker that asked for work, else into the broker, which may refuse them.
struct BrokerDesk: Sendable {
    private var broker: any Broker
    /// Requests of workers that nothing could answer yet.
    private var openRequests = 0

    /// A desk before a broker.
    init(_ broker: any Broker) {
        self.broker = broker
    }

    /// How many items wait.
    var depth: Int { broker.depth }

    mutating func handle(_ event: Message.BrokerEvent, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        switch event {
        case .offered(let item):
            if ledger.items[item].stage != .brokerWait { ledger.move(item, to: .brokerWait, at: agenda.now) }
            if openRequests > 0 {
                openRequests -= 1
                agenda.schedule(.workers(.assigned(item)))
            } else if case .refused(let reason) = broker.offer(item) {
                ledger.lose(item, reason, at: agenda.now)
            }
        case .requested:
            if let item = broker.take() {
                agenda.schedule(.workers(.assigned(item)))
            } else {
                openRequests += 1
            }
        }
    }
}
