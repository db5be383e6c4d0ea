import Foundation

/// The gradients of the cases that have a table of them: those that ship, and those of `gradient_tables.json` beside a file.
struct GradientTables {
  private var tables: [String: [[Double]]] = [:]

  private struct File: Decodable {
    struct Table: Decodable {
      var name: String
      var rows: Int?
      var columns: Int?
      var values: [[Double]]
    }
    var format: String
    var tables: [Table]
  }

  static let fileName = "gradient_tables.json"

  static func shipped() throws(CertificationError) -> GradientTables {
    var tables = GradientTables()
    try tables.add(ReferenceFiles.data("torch/\(fileName)"), path: fileName)
    return tables
  }

  /// These tables and those beside the file at `path`, which come first.
  func withTables(besideFile path: String) throws(CertificationError) -> GradientTables {
    let beside = URL(fileURLWithPath: path).deletingLastPathComponent()
      .appendingPathComponent(Self.fileName).path
    guard let data = FileManager.default.contents(atPath: beside) else { return self }
    var tables = self
    try tables.add(data, path: beside)
    return tables
  }

  private mutating func add(_ data: Data, path: String) throws(CertificationError) {
    let file: File
    do {
      file = try JSONDecoder().decode(File.self, from: data)
    } catch let error as DecodingError {
      throw .malformed(path: path, reason: CertificationError.reason(of: error) { _ in nil })
    } catch {
      throw .malformed(path: path, reason: "\(error)")
    }
    guard file.format == "gradient-tables/1" else {
      throw .malformed(path: path, reason: "'format' must be 'gradient-tables/1'")
    }
    for table in file.tables {
      let width = table.values.first?.count ?? 0
      guard table.values.allSatisfy({ $0.count == width }), (table.columns ?? width) == width,
        (table.rows ?? table.values.count) == table.values.count
      else {
        throw .malformed(
          path: path, reason: "table '\(table.name)' has other rows or columns than it says")
      }
      tables[table.name] = table.values
    }
  }

  /// One row per step, as long as `start`.
  func rows(for recorded: TrajectoryCase) throws(CaseError) -> [[Double]] {
    guard let name = recorded.gradientTable else {
      throw .malformed(field: "gradient_table", reason: "is missing")
    }
    guard let rows = tables[name] else {
      throw .malformed(
        field: "gradient_table",
        reason: "'\(name)' is neither shipped nor in a \(Self.fileName) beside the file")
    }
    let last = recorded.recordedSteps.last ?? 0
    try CaseError.require(
      rows.count >= last, "gradient_table",
      "'\(name)' has \(rows.count) rows, fewer than the \(last) steps")
    try CaseError.require(
      rows.allSatisfy { $0.count == recorded.start.count }, "gradient_table",
      "'\(name)' has \(rows.first?.count ?? 0) columns, 'start' \(recorded.start.count) numbers")
    return rows
  }
}
