import Foundation
import Optimizers
import Parameters
import Scenarios

/// `--optimizers`: which optimizers of the selected scenarios are included.
struct OptimizerChoice {
  private let names: [String]

  init(_ list: String) {
    names = list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
  }

  /// The scenarios with the optimizers named, those without any left out.
  ///
  /// - Throws: a failure of usage that names those that no scenario has.
  func restrict(_ scenarios: [Scenario]) throws -> [Scenario] {
    let known = Set(scenarios.flatMap(\.entrants).flatMap(\.names)).sorted()
    let unknown = names.filter { !known.contains($0) }
    guard !names.isEmpty else {
      throw Failure(
        status: .usage, message: "--optimizers needs a name: \(known.joined(separator: ", "))")
    }
    guard unknown.isEmpty else {
      throw Failure(
        status: .usage,
        message: unknown.map { Self.message(for: $0, known: known) }.joined(separator: "\n"))
    }
    return scenarios.map { $0.restricted(to: names) }.filter { !$0.entrants.isEmpty }
  }

  private static func message(for name: String, known: [String]) -> String {
    guard OptimizerCatalogue.names.contains(name) else {
      return
        "--optimizers: no selected scenario contains the optimizer '\(name)'\(NearestName.hint(for: name, among: known))"
    }
    return
      "--optimizers: '\(name)' is a known optimizer, but no selected scenario contains it (they contain: \(known.joined(separator: ", ")))"
  }
}
