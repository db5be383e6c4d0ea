import Foundation

/// Checks what the package computes against recorded results of other libraries.
package struct Certifier: Sendable {
  private let tables: GradientTables

  package init() throws(CertificationError) { tables = try GradientTables.shipped() }

  /// Every finding of the reference files that ship with the package, file by file.
  package func shipped() throws(CertificationError) -> [Finding] {
    var findings: [Finding] = []
    for name in try ReferenceFiles.trajectoryNames() + ReferenceFiles.others {
      findings += try check(ReferenceFiles.data(name), path: name, tables: tables)
    }
    return findings
  }

  /// The findings of a file in the reference format; `gradient_tables.json` is read from the same folder.
  package func file(at path: String) throws(CertificationError) -> [Finding] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .missing(path: path)
    }
    let findings = try check(data, path: path, tables: tables.withTables(besideFile: path))
    guard !findings.isEmpty else {
      throw .malformed(path: path, reason: "it has no case to check")
    }
    return findings
  }

  private func check(
    _ data: Data, path: String, tables: GradientTables
  ) throws(CertificationError) -> [Finding] {
    struct Header: Decodable { var format: String? }
    guard let format = try decode(Header.self, data, path).format else {
      throw .malformed(
        path: path,
        reason: "no 'format', which a reference file begins with: \(Self.formats)")
    }
    switch format {
    case "optimizer-trajectories/1":
      let file = try decode(TrajectoryFile.self, data, path)
      return try findings(of: file.cases, dtype: file.dtype, path: path, name: \.content.id) {
        checked throws(CaseError) in
        try TrajectoryCheck.findings(for: checked, optimizer: file.optimizer, tables: tables)
      }
    case "schedules/1":
      let file = try decode(ScheduleFile.self, data, path)
      return try findings(of: file.schedules, dtype: file.dtype, path: path, name: \.content.name) {
        checked throws(CaseError) in try ScheduleCheck.findings(for: checked)
      }
    case "network-cases/1":
      let file = try decode(NetworkCaseFile.self, data, path)
      return try findings(of: file.cases, dtype: file.dtype, path: path, name: \.name) {
        recorded throws(CaseError) in try Self.networkFindings(recorded)
      }
    default: return [Finding(path, "format", notCovered: "format '\(format)'")]
    }
  }

  /// Of clipped gradients, of initializations, or of a network.
  private static func networkFindings(
    _ recorded: NetworkCase
  ) throws(CaseError) -> [Finding] {
    guard case .text = recorded.values["name"] else {
      throw .malformed(field: "name", reason: "must be given as text")
    }
    func has(_ keys: String...) -> Bool { keys.contains { recorded.values[$0] != nil } }
    if has("method", "gradients_before", "gradients_after") {
      return try ClippingCheck.findings(for: recorded)
    }
    return has("fan_in", "fan_out")
      ? try InitializationCheck.findings(for: recorded) : try NetworkCheck.findings(for: recorded)
  }

  /// What reference files may be.
  private static let formats = "optimizer-trajectories/1, schedules/1, network-cases/1"

  /// The findings of every case; the first malformed one names itself and the file.
  private func findings<Case>(
    of cases: [Case], dtype: String?, path: String, name: (Case) -> String,
    check: (Case) throws(CaseError) -> [Finding]
  ) throws(CertificationError) -> [Finding] {
    guard dtype ?? "float64" == "float64" else {
      return [Finding(path, "dtype", notCovered: "dtype '\(dtype ?? "")'")]
    }
    var findings: [Finding] = []
    for recorded in cases {
      do throws(CaseError) {
        findings += try check(recorded)
      } catch {
        let name = name(recorded)
        switch error {
        case .malformed(let field, let reason):
          throw .malformed(path: path, reason: "case '\(name)': '\(field)' \(reason)")
        case .notCovered(let what): findings.append(Finding(name, "case", notCovered: what))
        }
      }
    }
    return findings
  }

  private func decode<File: Decodable>(
    _: File.Type, _ data: Data, _ path: String
  ) throws(CertificationError) -> File {
    do {
      return try JSONDecoder().decode(File.self, from: data)
    } catch let error as DecodingError {
      let reason = CertificationError.reason(of: error) { Self.name(ofCase: $0, in: data) }
      throw .malformed(path: path, reason: reason)
    } catch {
      throw .malformed(path: path, reason: "\(error)")
    }
  }

  /// What a case that cannot be read calls itself.
  private static func name(ofCase index: Int, in data: Data) -> String? {
    struct File: Decodable {
      struct Name: Decodable {
        var id: String?
        var name: String?
      }
      var cases: [Name]?
      var schedules: [Name]?
    }
    guard let file = try? JSONDecoder().decode(File.self, from: data),
      let names = file.cases ?? file.schedules, names.indices.contains(index)
    else { return nil }
    return names[index].id ?? names[index].name
  }
}
