/// A Markov chain in continuous time with finitely many states, and the share of time that it spends in each.
///
/// It is solved from its rates alone, by elimination from the last state to the first, which subtracts nothing and so
/// loses no digits. Closed forms are checked against it: it knows no queueing theory.
///
/// Source: W. K. Grassmann, M. I. Taksar, D. P. Heyman, "Regenerative analysis and steady state distributions for
/// Markov chains", Operations Research 33 (1985).
public struct MarkovChain {
    /// A state: as many whole numbers as the model needs.
    public typealias State = [Int]

    /// The states that can be reached, nearest to the start first.
    public let states: [State]
    /// The share of time in each state, in the long run.
    public let shares: [Double]

    /// The chain of all states that can be reached from a start; every one of them must lead back.
    public init(from start: State, leaving: (State) -> [(to: State, rate: Double)]) {
        var states = [start]
        var places = [start: 0]
        var rates: [(from: Int, to: Int, rate: Double)] = []
        var from = 0
        while from < states.count {
            for (state, rate) in leaving(states[from]) where rate > 0 {
                let to = places[state] ?? states.count
                if to == states.count {
                    places[state] = to
                    states.append(state)
                }
                rates.append((from, to, rate))
            }
            from += 1
        }
        self.states = states
        shares = MarkovChain.solve(count: states.count, rates)
    }

    /// The mean over time of a figure that depends on the state.
    public func mean(_ figure: (State) -> Double) -> Double {
        zip(states, shares).reduce(0) { $0 + figure($1.0) * $1.1 }
    }

    /// The share of time in the states that meet a condition.
    public func share(where condition: (State) -> Bool) -> Double { mean { condition($0) ? 1 : 0 } }

    /// Only the band around the diagonal is stored: elimination leaves what lies outside of it zero.
    private static func solve(count: Int, _ rates: [(from: Int, to: Int, rate: Double)]) -> [Double] {
        let band = rates.reduce(0) { max($0, abs($1.to - $1.from)) }
        let width = 2 * band + 1
        var matrix = [Double](repeating: 0, count: count * width)
        func index(_ row: Int, _ column: Int) -> Int { row * width + column - row + band }
        for (from, to, rate) in rates where from != to { matrix[index(from, to)] += rate }
        for last in stride(from: count - 1, to: 0, by: -1) {
            let near = max(0, last - band)..<last
            let leaving = near.reduce(0) { $0 + matrix[index(last, $1)] }
            precondition(leaving > 0, "the states from \(last) on do not lead back to the start")
            for row in near where matrix[index(row, last)] > 0 {
                matrix[index(row, last)] /= leaving
                let share = matrix[index(row, last)]
                for column in near { matrix[index(row, column)] += share * matrix[index(last, column)] }
            }
        }
        var weights = [1.0]
        for state in stride(from: 1, to: count, by: 1) {
            weights.append((max(0, state - band)..<state).reduce(0) { $0 + weights[$1] * matrix[index($1, state)] })
        }
        let total = weights.reduce(0, +)
        return weights.map { $0 / total }
    }
}
