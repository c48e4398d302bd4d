extension ReportFormat {
    /// The figures as samples.
    static let openMetrics = ReportFormat(
        name: "openmetrics", summary: "series at simulated instants, for a backfill into Prometheus",
        fileExtension: "om"
    ) { result in
        result.openMetrics
    }
}
