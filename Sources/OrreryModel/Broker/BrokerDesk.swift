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
            if openRequests > 0 {
                openRequests -= 1
                agenda.schedule(.workers(.assigned(item)))
                return
            }
            switch broker.offer(item) {
            case .stored: ledger.move(item, to: .brokerWait, at: agenda.now)
            case .refused(let reason): ledger.lose(item, reason, at: agenda.now)
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
