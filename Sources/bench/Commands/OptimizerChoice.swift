import Foundation
import Parameters
import Scenarios

/// `--optimizers`: which of the optimizers of a run's scenarios take part.
struct OptimizerChoice {
  private let names: [String]

  init(_ list: String) {
    names = list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
  }

  /// The scenarios with the optimizers named, those without any left out.
  ///
  /// - Throws: a failure of usage that names the slips.
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
        message: unknown.map {
          "--optimizers: '\($0)' takes part in no scenario of this run\(NearestName.hint(for: $0, among: known))"
        }.joined(separator: "\n"))
    }
    return scenarios.map { $0.restricted(to: names) }.filter { !$0.entrants.isEmpty }
  }
}
