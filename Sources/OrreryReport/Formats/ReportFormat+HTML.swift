extension ReportFormat {
    /// The page.
    static let html = ReportFormat(
        name: "html", summary: "a page with charts in one file, to read, print and send", fileExtension: "html"
    ) { result in
        result.page
    }
}
