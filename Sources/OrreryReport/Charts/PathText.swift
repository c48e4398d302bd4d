/// The data of an SVG path in tenths of a unit, as short as it can be.
///
/// Moves are relative to the rounded point before, so that rounding never adds up.
struct PathText {
    /// The path so far.
    private(set) var text = ""
    private var (x, y) = (0, 0)

    /// Starts a new stretch.
    mutating func move(to x: Double, _ y: Double) {
        (self.x, self.y) = (tenths(x), tenths(y))
        text += "M" + written(self.x) + joined(self.y)
    }

    /// A horizontal stroke; nothing if it has no length.
    mutating func goAcross(to x: Double) {
        let target = tenths(x)
        if target != self.x { text += "h" + written(target - self.x) }
        self.x = target
    }

    /// A vertical stroke; nothing if it has no length.
    mutating func goUpright(to y: Double) {
        let target = tenths(y)
        if target != self.y { text += "v" + written(target - self.y) }
        self.y = target
    }

    /// Whether an upright stroke to this height would have no length.
    func isLevel(with y: Double) -> Bool { tenths(y) == self.y }

    /// A straight stroke.
    mutating func draw(to x: Double, _ y: Double) {
        let (across, upright) = (tenths(x) - self.x, tenths(y) - self.y)
        text += "l" + written(across) + joined(upright)
        self.x += across
        self.y += upright
    }

    /// Closes the stretch to its beginning.
    mutating func close() {
        text += "z"
    }

    private func tenths(_ value: Double) -> Int { Int((value * 10).rounded()) }

    private func joined(_ tenths: Int) -> String {
        tenths < 0 ? written(tenths) : " " + written(tenths)
    }

    private func written(_ tenths: Int) -> String {
        let size = abs(tenths)
        let whole = size / 10 == 0 && size % 10 != 0 ? "" : String(size / 10)
        return (tenths < 0 ? "-" : "") + whole + (size % 10 == 0 ? "" : ".\(size % 10)")
    }
}

extension PathText {
    /// A staircase through bins of equal width across 1000 units; bins without a value leave a gap.
    static func stairs(_ values: [Double?], binWidth: Double, height: (Double) -> Double) -> String {
        let values = values.map { value in value.flatMap { $0.isFinite ? $0 : nil } }
        var path = PathText()
        var isOpen = false
        for (index, value) in values.enumerated() {
            guard let value else {
                isOpen = false
                continue
            }
            let (left, level) = (Double(index) * binWidth, height(value))
            if !isOpen {
                path.move(to: left, level)
            } else if !path.isLevel(with: level) {
                path.goAcross(to: left)
                path.goUpright(to: level)
            }
            isOpen = true
            // A stretch of equal levels becomes one stroke: the next step, gap or end draws it.
            if index + 1 == values.count || values[index + 1] == nil {
                path.goAcross(to: min(1000, left + binWidth))
            }
        }
        return path.text
    }

    /// The surface between a staircase and the floor.
    static func surface(_ values: [Double?], binWidth: Double, floor: Double, height: (Double) -> Double) -> String {
        let filled = values.map { $0 ?? 0 }
        var path = PathText()
        path.move(to: 0, floor)
        for (index, value) in filled.enumerated() where !path.isLevel(with: height(value)) {
            path.goAcross(to: Double(index) * binWidth)
            path.goUpright(to: height(value))
        }
        path.goAcross(to: min(1000, Double(filled.count) * binWidth))
        path.goUpright(to: floor)
        path.close()
        return path.text
    }

    /// The surface between two staircases; bins in which one of them has no value leave a gap.
    static func between(
        _ lower: [Double?], _ upper: [Double?], binWidth: Double, height: (Double) -> Double
    ) -> String {
        let ends = zip(lower, upper).map { low, high -> (low: Double, high: Double)? in
            guard let low, let high, low.isFinite, high.isFinite else { return nil }
            return (low, high)
        }
        var path = PathText()
        var start = 0
        while start < ends.count {
            let stretch = ends[start...].prefix { $0 != nil }.compactMap(\.self)
            if !stretch.isEmpty { path.surround(stretch, from: start, binWidth: binWidth, height: height) }
            start += stretch.count + 1
        }
        return path.text
    }

    /// One stretch without a gap: along the upper ends to the right, along the lower ones back.
    private mutating func surround(
        _ ends: [(low: Double, high: Double)], from start: Int, binWidth: Double, height: (Double) -> Double
    ) {
        func edge(_ index: Int) -> Double { min(1000, Double(start + index) * binWidth) }
        move(to: edge(0), height(ends[0].high))
        for (index, end) in ends.enumerated() where !isLevel(with: height(end.high)) {
            goAcross(to: edge(index))
            goUpright(to: height(end.high))
        }
        goAcross(to: edge(ends.count))
        goUpright(to: height(ends[ends.count - 1].low))
        for (index, end) in ends.enumerated().reversed() where !isLevel(with: height(end.low)) {
            goAcross(to: edge(index + 1))
            goUpright(to: height(end.low))
        }
        goAcross(to: edge(0))
        close()
    }
}
