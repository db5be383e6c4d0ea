/// The tables of an earlier report, held open: they stay readable while others take their names.
struct KeptTables {
  private let files: [String: ReadFile]

  /// `nil` unless all tables in `folder` are as that report wrote them.
  init?(_ identities: [String: FileIdentity], in folder: String) {
    var files: [String: ReadFile] = [:]
    for name in CSVReport.scenarioFiles {
      guard let identity = identities[name], let file = ReadFile(path: "\(folder)/\(name)"),
        file.identity == identity
      else { return nil }
      files[name] = file
    }
    self.files = files
  }

  /// Copies the bytes in `range` of one table.
  func copy(_ range: Range<Int>, of file: String, to writer: CSVWriter) throws(ReportError) {
    guard !range.isEmpty else { return }
    guard let table = files[file] else {
      throw .cannotRead(path: file, reason: "no such table")
    }
    try writer.append(range, of: table)
  }
}
