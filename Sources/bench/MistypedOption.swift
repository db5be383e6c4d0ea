import Foundation
import Listing
import Optimizers
import Parameters
import Scenarios

/// An option such as `--lr 0.1` that names a setting of scenarios: these are changed with `--set`.
struct MistypedOption {
  let message: String

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
    let advice = Self.advice(for: String(name), in: Array(words.dropFirst())) { key in
      "--set \(ShellText.quoted("\(key)=\(value)"))"
    }
    guard let advice else { return nil }
    message = "unknown option '\(parts[0])'; to change a setting of a scenario, use \(advice)"
  }

  private static func isUnknown(_ word: String, in complaint: String) -> Bool {
    guard word.hasPrefix("--"), let option = word.split(separator: "=").first else { return false }
    return complaint.contains("'\(option)'")
  }

  /// What to write instead, for a hyperparameter first for all optimizers, then for one of those that have it.
  ///
  /// - Parameter option: `--set` with a key.
  private static func advice(
    for name: String, in words: [String], _ option: (String) -> String
  ) -> String? {
    let entrants = scenarios(among: words).flatMap(\.entrants)
    let types =
      entrants.isEmpty ? OptimizerCatalogue.all : entrants.map { type(of: $0.optimizer) }
    let hyperparameters = types.flatMap { $0.descriptions.map(\.name) }
    if let parameter = NearestName.known(as: name, among: hyperparameters) {
      let owners = entrants.filter { entrant in
        type(of: entrant.optimizer).descriptions.contains { $0.name == parameter }
      }.map(\.rule)
      let names = owners.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      let one = option("\(names.first ?? "OPTIMIZER").\(parameter)")
      let more = names.count > 1 ? " (or \(names.dropFirst().joined(separator: ", ")))" : ""
      return "\(option(parameter)) for every optimizer, or for one: \(one)\(more)"
    }
    if let budget = NearestName.known(as: name, among: ["steps", "epochs"]) {
      return option("budget.\(budget)")
    }
    return NearestName.known(as: name, among: Lists.keyNames).map(option)
  }

  /// Those that can be read.
  private static func scenarios(among words: [String]) -> [Scenario] {
    let folder = words.firstIndex(of: "--scenarios").flatMap { words.dropFirst($0 + 1).first }
    let library = ScenarioOptions.library(in: folder)
    let names = (try? library.names()) ?? []
    return words.filter { names.contains($0) || $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
      .flatMap { (try? library.load([$0])) ?? [] }
  }
}
