public import OrreryExperiment

/// A result that can be written in every form.
public protocol Reportable: Codable, Sendable {
    /// The whole HTML page.
    var page: String { get }
    /// The figures as comma-separated values in the long form.
    var table: String { get }
    /// The thresholds as tests of continuous integration, in the XML of JUnit.
    var junit: String { get }
    /// A summary in Markdown.
    var markdown: String { get }
    /// The figures as samples at simulated instants, in the text format of OpenMetrics.
    var openMetrics: String { get }
    /// What is printed in a terminal, with a line break at its end.
    func text(isColoured: Bool) -> String
}

extension ExperimentResult: Reportable {
    /// The page of ``HTMLReport``.
    public var page: String { HTMLReport.render(self) }
    /// The table of ``CSVReport``.
    public var table: String { CSVReport.render(self) }
    /// The text of ``TextReport``.
    public func text(isColoured: Bool) -> String { TextReport(isColoured: isColoured).render(self) }
}
