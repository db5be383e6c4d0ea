import Foundation

/// Checks what the package computes against recorded results of other libraries.
public struct Certifier: Sendable {
  private let tables: [String: [[Double]]]

  public init() throws(CertificationError) {
    tables = try Self.gradientTables(ReferenceFiles.data("torch/gradient_tables.json"))
  }

  /// Every finding of the reference files that ship with the package, file by file.
  public func shipped() throws(CertificationError) -> [Finding] {
    var findings: [Finding] = []
    for name in try ReferenceFiles.trajectoryNames() + ReferenceFiles.others {
      findings += try check(ReferenceFiles.data(name), path: name)
    }
    return findings
  }

  /// The findings of a file in the reference format.
  public func file(at path: String) throws(CertificationError) -> [Finding] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .missing(path: path)
    }
    let findings = try check(data, path: path)
    guard !findings.isEmpty else {
      throw .malformed(path: path, reason: "it holds no case to check")
    }
    return findings
  }

  private func check(_ data: Data, path: String) throws(CertificationError) -> [Finding] {
    struct Header: Decodable { var format: String? }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      guard let format = try decoder.decode(Header.self, from: data).format else {
        throw CertificationError.malformed(
          path: path,
          reason:
            "no 'format', which a reference file begins with: \(Self.formats.joined(separator: ", "))"
        )
      }
      switch format {
      case "optimizer-trajectories/1":
        let plain = JSONDecoder()
        plain.keyDecodingStrategy = .custom(TrajectoryKeys.convert)
        return try plain.decode(TrajectoryFile.self, from: data).cases.flatMap {
          TrajectoryCheck.findings(for: $0, tables: tables)
        }
      case "schedules/1":
        let plain = JSONDecoder()
        plain.keyDecodingStrategy = .custom(TrajectoryKeys.convert)
        return try plain.decode(ScheduleFile.self, from: data).schedules.flatMap {
          ScheduleCheck.findings(for: $0)
        }
      case "network-cases/1":
        return try JSONDecoder().decode(NetworkCaseFile.self, from: data).cases.flatMap {
          if $0.values["method"] != nil { return ClippingCheck.findings(for: $0) }
          if $0.values["fan_in"] != nil { return InitializationCheck.findings(for: $0) }
          return NetworkCheck.findings(for: $0)
        }
      default:
        return [
          Finding(
            name: path, quantity: "format", verdict: .notCovered, worstError: .nan,
            tolerance: .nan, step: nil, remark: "format '\(format)'")
        ]
      }
    } catch let error as CertificationError {
      throw error
    } catch {
      throw .malformed(path: path, reason: CertificationError.reason(of: error))
    }
  }

  /// What reference files may be.
  private static let formats = ["optimizer-trajectories/1", "schedules/1", "network-cases/1"]

  private static func gradientTables(
    _ data: Data
  ) throws(CertificationError) -> [String: [[Double]]] {
    struct File: Decodable {
      struct Table: Decodable {
        var name: String
        var values: [[Double]]
      }
      var tables: [Table]
    }
    do {
      let tables = try JSONDecoder().decode(File.self, from: data).tables
      return Dictionary(tables.map { ($0.name, $0.values) }) { first, _ in first }
    } catch {
      throw .malformed(
        path: "gradient_tables.json", reason: CertificationError.reason(of: error))
    }
  }
}

/// Reads snake_case keys of the format itself and leaves the names of hyperparameters alone.
private enum TrajectoryKeys {
  static func convert(_ path: [any CodingKey]) -> any CodingKey {
    let key = path[path.count - 1]
    let isHyperparameter = path.dropLast().contains {
      ["hyperparameters", "parameters"].contains($0.stringValue)
    }
    guard !isHyperparameter else { return key }
    let words = key.stringValue.split(separator: "_")
    guard let first = words.first, words.count > 1 else { return key }
    return Key(stringValue: words.dropFirst().reduce(String(first)) { $0 + $1.capitalized })
  }

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
