extension ReportFormat {
    /// The result file.
    static let json = ReportFormat(
        name: "json", summary: "the whole result, from which every other form can be made again", fileExtension: "json"
    ) { result in
        String(decoding: try ResultFile.encode(result), as: UTF8.self)
    }
}
