import Foundation
import Optimizers

/// One recorded trajectory of another library.
struct ReferenceCase: Decodable {
  var id: String
  var hyperparameters: [String: ReferenceValue]
  var problem: String
  var start: [Double]
  var steps: Int
  var recordedSteps: [Int]
  var params: [[Double]]
  var noiseDeviation: Double
  var gradientTable: String?

  static func all(of optimizer: String) throws -> [ReferenceCase] {
    struct File: Decodable { var cases: [ReferenceCase] }
    return try decode(File.self, from: optimizer).cases
  }

  /// Rows of gradients by name of the table.
  static let gradientTables: [String: [[Double]]] = {
    struct File: Decodable {
      struct Table: Decodable {
        var name: String
        var values: [[Double]]
      }
      var tables: [Table]
    }
    let tables = (try? decode(File.self, from: "gradient_tables").tables) ?? []
    return Dictionary(uniqueKeysWithValues: tables.map { ($0.name, $0.values) })
  }()

  /// The gradient of step `step` (counted from 1) at `point`.
  func gradient(step: Int, at point: [Double]) throws -> [Double] {
    let x = point[0]
    let y = point[1]
    switch problem {
    case "rosenbrock": return [-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)]
    case "quadratic": return [x, 100 * y]
    case "saddle": return [2 * x, -2 * y]
    case "exogenous":
      guard let table = gradientTable.flatMap({ Self.gradientTables[$0] }) else {
        throw ReferenceError.unknownProblem(problem)
      }
      return table[step - 1]
    default: throw ReferenceError.unknownProblem(problem)
    }
  }

  private static func decode<File: Decodable>(_: File.Type, from name: String) throws -> File {
    guard
      let url = Bundle.module.url(
        forResource: name, withExtension: "json", subdirectory: "References/torch")
    else { throw ReferenceError.missing(name) }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(File.self, from: Data(contentsOf: url))
  }
}

/// A hyperparameter as the reference files write it.
enum ReferenceValue: Decodable, Equatable {
  case number(Double)
  case flag(Bool)
  case list([Double])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else {
      self = .list(try container.decode([Double].self))
    }
  }
}

enum ReferenceError: Error {
  case missing(String)
  case unknownProblem(String)
  case notCovered(name: String, of: String)
}
