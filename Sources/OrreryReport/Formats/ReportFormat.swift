/// A form in which a result can be written.
///
/// To add one, write a file beside this one that makes it, and name it in ``all``. The commands' help, their checks
/// and the names of files follow from the list.
public struct ReportFormat: Sendable {
    /// The name after `-o`: `html`.
    public let name: String
    /// One line on what it is for.
    public let summary: String
    /// The end of a file's name, without a dot.
    public let fileExtension: String
    /// Writes a result; the same text for the same result.
    public let render: @Sendable (any Reportable) throws -> String

    /// All forms, in the order in which they are listed.
    public static let all = [json, html, csv, junit, markdown, openMetrics]

    /// The form of this name; nil if there is none.
    public static func named(_ name: String) -> ReportFormat? {
        all.first { $0.name == name }
    }
}
