extension ReportFormat {
    /// The figures as a table.
    static let csv = ReportFormat(
        name: "csv", summary: "metrics and series in the long form, one value a line, for tables and notebooks",
        fileExtension: "csv"
    ) { result in
        result.table
    }
}
