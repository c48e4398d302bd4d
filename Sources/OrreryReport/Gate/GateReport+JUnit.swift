import OrreryExperiment

extension GateReport {
    /// The report in the XML of JUnit, which CI systems show: a suite for each scenario, a case for each variant and
    /// each question of capacity.
    ///
    /// What regressed has failed; what is inconclusive has failed too, of another type, because nothing shows that it
    /// passes. No times are stated: they are no part of the result.
    public var junit: String {
        let suites = result.scenarios.map(GateReport.suite)
        let count = suites.reduce(0) { $0 + $1.cases }
        let failed = suites.reduce(0) { $0 + $1.failures }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<testsuites name=\"orrery baseline check\" tests=\"\(count)\" failures=\"\(failed)\" errors=\"0\">\n"
            + suites.map(\.text).joined() + "</testsuites>\n"
    }

    private static func suite(_ scenario: GateScenarioResult) -> (text: String, cases: Int, failures: Int) {
        let variants = scenario.variants.map { variant in
            (name: variant.name, verdict: variant.verdict, lines: GateWords.lines(variant))
        }
        let answers = scenario.capacities.map { answer in
            (name: answer.question, verdict: answer.verdict, lines: [GateWords.line(answer)])
        }
        let cases = variants + answers
        let failures = cases.count { $0.verdict >= .inconclusive }
        let text = cases.map { entry -> String in
            let heading = "    <testcase classname=\"\(escaped(scenario.scenario))\" name=\"\(escaped(entry.name))\""
            let lines = escaped(entry.lines.joined(separator: "\n"))
            if entry.verdict >= .inconclusive {
                let message = escaped(entry.lines.first ?? entry.verdict.rawValue)
                return heading
                    + ">\n      <failure type=\"\(entry.verdict.rawValue)\" message=\"\(message)\">\(lines)</failure>\n"
                    + "    </testcase>\n"
            }
            if entry.verdict == .identical { return heading + "/>\n" }
            return heading + ">\n      <system-out>\(entry.verdict.rawValue)\n\(lines)</system-out>\n    </testcase>\n"
        }.joined()
        let heading =
            "  <testsuite name=\"\(escaped(scenario.scenario))\" tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"0\">\n"
        return (heading + text + "  </testsuite>\n", cases.count, failures)
    }

    /// A text as XML takes it.
    private static func escaped(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { TextReport().plain(String($0)) }
            .joined(separator: "\n").replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(
                ">", with: "&gt;"
            ).replacing("\"", with: "&quot;")
    }
}
