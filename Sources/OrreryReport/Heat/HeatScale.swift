/// Which value has which of the twelve colours of a heat map.
struct HeatScale: Equatable {
    /// The upper ends of the steps, rising.
    let bounds: [Double]
    /// The unit of the values.
    let unit: String

    /// From this ratio of the highest to the middle value on, the steps are ratios.
    private static let ratioFrom = 20.0

    /// A scale for values; without any it reaches to one.
    init(of values: [Double], unit: String) {
        self.unit = unit
        let positive = values.filter { $0 > 0 && $0.isFinite }.sorted()
        let steps = PaletteImage.steps
        guard unit != "share" else {
            bounds = (1...steps).map { Double($0) / Double(steps) }
            return
        }
        guard let highest = positive.last else {
            bounds = (1...steps).map { Double($0) / Double(steps) }
            return
        }
        if highest > HeatScale.ratioFrom * positive[positive.count / 2] {
            bounds = HeatScale.ratios(upTo: highest)
        } else {
            let upper = ValueAxis.counts(highest: highest).upper
            bounds = (1...steps).map { upper * Double($0) / Double(steps) }
        }
    }

    /// Twelve steps of the row 1, 2, 5, 10 … whose last is not below the highest value.
    private static func ratios(upTo highest: Double) -> [Double] {
        var bounds: [Double] = []
        var power = Numerals.powerOfTen(Int(Numerals.decimalLogarithm(highest).rounded(.up)) + 1)
        while bounds.count < PaletteImage.steps {
            for digit in [10, 5, 2.0] where bounds.count < PaletteImage.steps {
                let bound = digit * power / 10
                // The first one that holds the highest value is the last of those above it.
                if bound >= highest { bounds = [] }
                bounds.append(bound)
            }
            power /= 10
        }
        return bounds.reversed()
    }

    /// The place of a value in the palette.
    func place(of value: Double?) -> UInt8 {
        guard let value, value.isFinite else { return PaletteImage.missing }
        guard value > 0 else { return PaletteImage.nothing }
        return UInt8((bounds.firstIndex { value <= $0 } ?? bounds.count - 1) + 1)
    }

    /// The colours with the values at every third end.
    var legend: Markup {
        let width = 18
        let strip = PaletteImage(rows: [(1...UInt8(bounds.count)).map { $0 }])
        return element("div", ["class": "heat-key"]) {
            element("span") { "none" }
            element(
                "svg",
                ["class": "pixels", "width": "\(width * bounds.count)", "height": "30", "aria-hidden": "true"]
            ) {
                element("rect", ["class": "key-frame", "width": "100%", "height": "10"])
                element(
                    "image",
                    [
                        "width": "100%", "height": "10", "preserveAspectRatio": "none", "href": strip.address,
                    ])
                for place in stride(from: 2, to: bounds.count, by: 3) {
                    element("text", ["class": "tick", "x": "\(width * (place + 1))", "y": "24"]) {
                        label(bounds[place])
                    }
                }
            }
            element("span", ["class": "hidden"]) {
                "From little, \(label(bounds[0])) or less, to much, \(label(bounds[bounds.count - 1]))."
            }
        }
    }

    private func label(_ value: Double) -> String {
        unit == "share" || unit == "s" ? Quantity.text(value, unit: unit) : Numerals.significant(value)
    }
}
