import Analysis

/// One of the files under `csv/`.
protocol CSVTable: SendableMetatype {
  static var file: String { get }
  static var columns: [String] { get }
  static func write(_ analysis: ScenarioAnalysis, to writer: CSVWriter) throws(ReportError)
}
