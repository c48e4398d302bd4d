import OrreryKernel

/// Where a rising curve bends: two straight lines that meet at one of its points, fitted by least squares.
///
/// Every inner point is tried as the place where the lines meet, and the one with the smallest sum of squares is taken.
/// There is a knee only where the curve rises before it and, per unit, less than half as much behind it.
///
/// Source: D. J. Hudson, "Fitting Segmented Curves Whose Join Points Have to be Estimated", Journal of the American
/// Statistical Association 61 (1966), with the join restricted to the points.
public struct Knee: Sendable, Equatable {
    /// Where the lines meet.
    public let position: Double
    /// How much the curve rises per unit before it; positive.
    public let slopeBefore: Double
    /// How much it rises per unit behind it; may be negative.
    public let slopeAfter: Double

    /// The fewest points that can show a knee: two lines and something left to judge them by.
    public static let pointsMin = 5

    /// The knee of finite points with rising positions; nil if there are too few, or no bend.
    /// - Complexity: quadratic in the number of points.
    public init?(_ points: [(position: Double, value: Double)]) {
        guard points.count >= Knee.pointsMin else { return nil }
        let fits = points[1..<points.count - 1].compactMap { Knee.fit(points, meetingAt: $0.position) }
        guard let best = fits.min(by: { $0.squares < $1.squares }) else { return nil }
        guard best.before > 0, best.after < best.before / 2 else { return nil }
        (position, slopeBefore, slopeAfter) = (best.position, best.before, best.after)
    }

    private typealias Fit = (position: Double, before: Double, after: Double, squares: Double)

    /// The best two lines that meet at a position: a constant, a slope, and how much the slope changes there.
    private static func fit(_ points: [(position: Double, value: Double)], meetingAt position: Double) -> Fit? {
        let rows = points.map { [1, $0.position - position, max(0, $0.position - position)] }
        var matrix = (0..<3).map { row in
            (0..<3).map { column in rows.reduce(0) { $0 + $1[row] * $1[column] } }
                + [zip(rows, points).reduce(0) { $0 + $1.0[row] * $1.1.value }]
        }
        for pivot in 0..<3 {
            let largest = (pivot..<3).max { abs(matrix[$0][pivot]) < abs(matrix[$1][pivot]) } ?? pivot
            matrix.swapAt(pivot, largest)
            guard abs(matrix[pivot][pivot]) > 0 else { return nil }
            for row in 0..<3 where row != pivot {
                let factor = matrix[row][pivot] / matrix[pivot][pivot]
                for column in pivot..<4 { matrix[row][column] -= factor * matrix[pivot][column] }
            }
        }
        let solution = (0..<3).map { matrix[$0][3] / matrix[$0][$0] }
        guard solution.allSatisfy(\.isFinite) else { return nil }
        let squares = zip(rows, points).reduce(0.0) { sum, pair in
            let value = zip(pair.0, solution).reduce(0) { $0 + $1.0 * $1.1 }
            return sum + (value - pair.1.value) * (value - pair.1.value)
        }
        return (position, solution[1], solution[1] + solution[2], squares)
    }
}
