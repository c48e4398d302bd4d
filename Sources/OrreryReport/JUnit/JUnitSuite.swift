import OrreryExperiment

/// What continuous integration shows as a group of tests: a variant, or one point of a sweep, with its thresholds.
///
/// The elements and attributes are those that Jenkins, GitLab and the usual readers of such files know. There are no
/// times in it: how long a simulation took is no property of its result, and no attribute demands one.
struct JUnitSuite {
    /// A test: a threshold, or whether the runs came to their end.
    struct Case {
        /// What is tested.
        var name: String
        /// What is wrong; nil if it passes.
        var fault: Fault?
    }

    /// Why a test does not pass.
    struct Fault {
        /// Whether the condition was shown to be broken; otherwise nothing could be shown, which is never a pass.
        var isBroken: Bool
        /// The kind in a word: `threshold`, `inconclusive`, `no-data`, `unfinished`.
        var kind: String
        /// One line.
        var message: String
        /// What else is known, one line each.
        var details: [String] = []
    }

    /// The name, which its tests have as the name of their class.
    var name: String
    /// What a reader needs to make the same again.
    var properties: [(name: String, value: String)]
    /// The tests.
    var cases: [Case]

    private var failures: Int { cases.count { $0.fault?.isBroken == true } }
    private var errors: Int { cases.count { $0.fault?.isBroken == false } }

    /// A whole file.
    static func document(name: String, _ suites: [JUnitSuite]) -> String {
        func sum(_ count: (JUnitSuite) -> Int) -> String { String(suites.reduce(0) { $0 + count($1) }) }
        let root = element(
            "testsuites",
            [
                "name": name, "tests": sum(\.cases.count), "failures": sum(\.failures), "errors": sum(\.errors),
            ]
        ) {
            for suite in suites { lines(suite.markup) }
            Markup("\n")
        }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + root.source + "\n"
    }

    private var markup: Markup {
        element(
            "testsuite",
            [
                "name": name, "tests": String(cases.count), "failures": String(failures), "errors": String(errors),
                "skipped": "0",
            ]
        ) {
            JUnitSuite.lines(
                element("properties") {
                    for property in properties {
                        JUnitSuite.lines(element("property", ["name": property.name, "value": property.value]))
                    }
                })
            for test in cases { JUnitSuite.lines(markup(test)) }
        }
    }

    private func markup(_ test: Case) -> Markup {
        element("testcase", ["classname": name, "name": test.name]) {
            if let fault = test.fault {
                element(fault.isBroken ? "failure" : "error", ["type": fault.kind, "message": fault.message]) {
                    ([fault.message] + fault.details).joined(separator: "\n")
                }
            }
        }
    }

    /// A piece on a line of its own.
    private static func lines(_ markup: Markup) -> Markup { Markup(trusted: "\n" + markup.source) }
}

extension JUnitSuite.Case {
    /// Whether a threshold holds; one that is inconclusive or without data is an error.
    init(_ threshold: ThresholdResult) {
        name = ThresholdText.condition(threshold)
        if threshold.holds { return }
        let (word, observed) = (ThresholdText.judgement(threshold).word, ThresholdText.observed(threshold))
        let facts = [ThresholdText.margin(threshold), "\(ThresholdText.seeds(threshold)) seeds meet it by themselves"]
        fault = JUnitSuite.Fault(
            isBroken: threshold.isBroken,
            kind: threshold.isBroken ? "threshold" : threshold.isInconclusive ? "inconclusive" : "no-data",
            message: "\(word): observed \(observed)", details: facts + ThresholdText.remarks(threshold))
    }

    /// Whether all runs came to their end, and something happened in them.
    init(finished: Int, of asked: Int, isEmpty: Bool, details: [String] = []) {
        name = "every run comes to its end"
        if finished < asked {
            fault = JUnitSuite.Fault(
                isBroken: false, kind: "unfinished", message: "only \(finished) of \(asked) runs came to their end",
                details: details)
        } else if isEmpty {
            fault = JUnitSuite.Fault(
                isBroken: false, kind: "no-data", message: "nothing was produced, so there is nothing to judge")
        }
    }
}

extension [JUnitSuite.Case] {
    /// These tests, after one of the runs themselves where that fails or is all that there is to test.
    func after(_ completion: JUnitSuite.Case) -> [JUnitSuite.Case] {
        isEmpty || completion.fault != nil ? [completion] + self : self
    }
}
