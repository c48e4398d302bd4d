import OrreryKernel
import OrreryTestSupport
import Testing

/// A model of which a textbook knows the answer.
///
/// Its initialiser puts its first events onto an agenda and takes its timers from there.
protocol TextbookModel: SimulationModel {
    /// The books of its parts, each with those who are there now, as the part itself holds them.
    var books: [(visits: Visits, present: [Instant])] { get }

    /// Whether what waits on the agenda is what the state calls for.
    func agrees(with agenda: borrowing Agenda<Event>) -> Bool

    /// Forgets what was observed so far: the warm-up is over.
    mutating func restart(at instant: Instant)
}

/// What one replication left behind: the model, and the instant at which it was stopped.
struct Replication<Model: TextbookModel> {
    let model: Model
    let end: Instant
}

/// Many independent runs of one model, of which figures are estimated.
struct Replications<Model: TextbookModel> {
    private(set) var runs: [Replication<Model>] = []

    /// Runs a model with many seeds, and checks in each run that nobody was lost and that Little's law holds exactly.
    ///
    /// The first twentieth of a run is warm-up.
    init(
        _ count: UInt64, seconds: Int64, _ make: (_ seed: UInt64, _ agenda: inout Agenda<Model.Event>) -> Model
    ) {
        for seed in 1...count {
            var agenda = Agenda<Model.Event>()
            let model = make(seed, &agenda)
            var simulation = Simulation(model, agenda: agenda)
            simulation.run(until: .start + .seconds(seconds / 20))
            simulation.model.restart(at: simulation.agenda.now)
            simulation.run(until: .start + .seconds(seconds))
            let end = simulation.agenda.now
            let agrees = simulation.model.agrees(with: simulation.agenda)
            #expect(agrees, "seed \(seed): the agenda is not what the state calls for")
            for (place, book) in simulation.model.books.enumerated() {
                let fault = book.visits.fault(present: book.present, at: end)
                #expect(fault == nil, "seed \(seed), book \(place): \(fault ?? "")")
            }
            runs.append(Replication(model: simulation.model, end: end))
        }
    }

    /// Compares a figure of each run with what theory says of it.
    func compare(_ what: String, _ theory: Double, _ figure: (Replication<Model>) -> Double) -> Comparison {
        Comparison(what, theory: theory, simulated: runs.map(figure))
    }
}

/// Expects every figure to reach its closed form.
func expectAgreement(_ comparisons: [Comparison], sourceLocation: SourceLocation = #_sourceLocation) {
    for comparison in comparisons {
        #expect(comparison.isConfirmed, "\(comparison)", sourceLocation: sourceLocation)
    }
}

/// Expects every figure to be seen as wrong: something was planted, so a test that is content could not fail.
func expectRefutation(_ comparisons: [Comparison], sourceLocation: SourceLocation = #_sourceLocation) {
    for comparison in comparisons {
        #expect(comparison.isRefuted, "\(comparison)", sourceLocation: sourceLocation)
    }
}
