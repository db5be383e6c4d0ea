import Foundation
import Listing
import Optimizers
import Parameters
import Scenarios

/// An option such as `--lr 0.1` that names a setting of scenarios: these are changed with `--set`.
struct MistypedOption {
  let message: String

  /// Suggestions beyond these are left out.
  private static let limit = 3

  /// - Parameters:
  ///   - words: of the command line.
  ///   - complaint: what the parser says about them.
  /// - Returns: `nil` if no option that the parser does not know is a setting.
  init?(_ words: [String], complaint: String) {
    guard let command = words.first, ["run", "tune"].contains(command),
      let place = words.firstIndex(where: { Self.isUnknown($0, in: complaint) })
    else { return nil }
    let parts = words[place].split(separator: "=", maxSplits: 1).map(String.init)
    let next = words.dropFirst(place + 1).first.flatMap { $0.hasPrefix("--") ? nil : $0 }
    let value = parts.count > 1 ? parts[1] : next ?? "VALUE"
    let name = parts[0].dropFirst(2).replacing("-", with: "_")
    guard let settings = Self.settings(called: String(name), in: words.dropFirst()) else {
      return nil
    }
    let choices = settings.map { "--set \(ShellText.quoted("\($0)=\(value)"))" }
    message =
      "unknown option '\(parts[0])'; settings of a scenario are changed with --set: "
      + choices.joined(separator: ", or ")
  }

  private static func isUnknown(_ word: String, in complaint: String) -> Bool {
    guard word.hasPrefix("--"), let option = word.split(separator: "=").first else { return false }
    return complaint.contains("'\(option)'")
  }

  /// The keys that `--set` takes for a name: one for all optimizers, then one for each of the first few that have the parameter.
  private static func settings(called name: String, in words: some Sequence<String>) -> [String]? {
    let scenarios = scenarios(among: words)
    let entrants = scenarios.flatMap(\.entrants)
    let types =
      entrants.isEmpty ? OptimizerCatalogue.all : entrants.map { type(of: $0.optimizer) }
    let hyperparameters = types.flatMap { $0.descriptions.map(\.name) }
    if let parameter = NearestName.known(as: name, among: hyperparameters) {
      let owners = entrants.filter { entrant in
        type(of: entrant.optimizer).descriptions.contains { $0.name == parameter }
      }.map(\.rule)
      let unique = owners.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      let named = unique.isEmpty ? ["OPTIMIZER"] : unique
      return named.prefix(limit).map { "\($0).\(parameter)" } + [parameter]
    }
    if let budget = NearestName.known(as: name, among: ["steps", "epochs"]) {
      return ["budget.\(budget)"]
    }
    return NearestName.known(as: name, among: Lists.keyNames).map { [$0] }
  }

  /// Those that can be read.
  private static func scenarios(among words: some Sequence<String>) -> [Scenario] {
    let words = Array(words)
    let folder = words.firstIndex(of: "--scenarios").flatMap { words.dropFirst($0 + 1).first }
    let library = ScenarioOptions.library(in: folder)
    let names = (try? library.names()) ?? []
    return words.filter { names.contains($0) || $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
      .flatMap { (try? library.load([$0])) ?? [] }
  }
}
