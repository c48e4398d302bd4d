extension ReportFormat {
    /// The summary.
    static let markdown = ReportFormat(
        name: "md", summary: "a summary of at most 60 kB, for the steps and comments of continuous integration",
        fileExtension: "md"
    ) { result in
        result.markdown
    }
}
