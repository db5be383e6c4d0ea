import ArgumentParser
import Parameters
import Scenarios

/// A first word that is no command, and the command that was probably meant.
struct MistypedCommand {
  let message: String

  /// Common words for what a command does.
  private static let synonyms = [
    "plot": "report", "draw": "report", "chart": "report", "show": "list", "ls": "list",
    "info": "list", "train": "run", "start": "run", "benchmark": "run", "search": "tune",
    "diff": "compare", "test": "verify", "time": "speed",
  ]

  /// - Returns: `nil` if the words begin with a command or an option.
  init?(_ words: [String]) {
    let commands = Bench.configuration.subcommands.compactMap { $0.configuration.commandName }
    guard let first = words.first, !first.hasPrefix("-"), first != "help",
      !commands.contains(first)
    else { return nil }
    message = "unknown command '\(first)'\(Self.hint(for: first, among: commands))"
  }

  private static func hint(for word: String, among commands: [String]) -> String {
    if let meant = synonyms[word] ?? NearestName.nearest(to: word, among: commands) {
      return " (did you mean '\(meant)'?)"
    }
    let scenarios = (try? ScenarioOptions.library().names()) ?? []
    if scenarios.contains(word) { return " (did you mean 'bench run \(word)'?)" }
    return " (there are: \(commands.joined(separator: ", ")))"
  }
}
