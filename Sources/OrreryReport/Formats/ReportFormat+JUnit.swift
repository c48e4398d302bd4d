extension ReportFormat {
    /// The thresholds as tests.
    static let junit = ReportFormat(
        name: "junit", summary: "one test for each threshold, for the pages of continuous integration",
        fileExtension: "xml"
    ) { result in
        result.junit
    }
}
