import ArgumentParser
import Listing
import Scenarios

struct ListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists scenarios, optimizers, surfaces, data sets and everything else by name.",
    discussion: """
        bench list                      all names, by kind
        bench list optimizers           one line per optimizer
        bench list adam                 one optimizer: equation, hyperparameters …
        bench list rosenbrock           all with this name: scenario and surface
        bench list surface rosenbrock   the surface alone
        bench list keys                 every key of a scenario file
        bench list optimizers --format csv    one row per hyperparameter

      Kinds: \(ListKind.allCases.map(\.rawValue).joined(separator: ", ")).
      Output is wrapped to the terminal (or to COLUMNS); piped output is not wrapped.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table, json, csv
  }

  @Argument(
    help: ArgumentHelp(
      "A kind, names, or a kind and names (default: all names).", valueName: "kind-or-name"))
  var words: [String] = []

  @Option(name: .long, help: "Output format.")
  var format = Format.table

  @OptionGroup var input: ScenarioOptions

  func run() async throws {
    try await Failure.reported {
      let lists = Lists(library: input.library)
      guard let first = words.first else { return try writeAll(lists) }
      if words.count == 1, let kind = ListKind(rawValue: first) {
        let (list, issues) = try lists.readableList(of: kind)
        try write(list)
        // What can be read is listed all the same.
        if !issues.isEmpty { throw ScenarioError.invalid(issues) }
        return
      }
      try write(try matches(in: lists))
    }
  }

  /// The things that the words name.
  private func matches(in lists: Lists) throws -> [ListMatch] {
    let kind = words.count > 1 ? ListKind(word: words[0]) : nil
    let kinds = kind.map { [$0] } ?? ListKind.separate
    return try words.dropFirst(kind == nil ? 0 : 1).flatMap { name in
      let found = try lists.entries(named: name, in: kinds)
      guard !found.isEmpty else {
        let what = kind.map(\.singular) ?? "name"
        throw Failure(
          status: .usage, message: "unknown \(what) '\(name)'\(lists.hint(for: name, in: kinds))")
      }
      return found
    }
  }

  private func writeAll(_ lists: Lists) throws {
    switch format {
    case .table:
      let names = try ListKind.separate.map { ($0, try lists.names(of: $0)) }
      StandardOutput.write(OverviewText(names, width: StandardOutput.width).text)
      if StandardError.isTerminal {
        StandardError.write(
          "\n'bench list optimizers' describes one kind, 'bench list adam' one name.")
      }
    case .json:
      let all = try ListKind.allCases.map { try lists.readableList(of: $0) }
      try StandardOutput.write(data: ListJSON.text(of: all.map(\.list)))
      let issues = all.flatMap(\.issues)
      if !issues.isEmpty { throw ScenarioError.invalid(issues) }
    case .csv: throw oneKind("optimizers")
    }
  }

  private func write(_ list: KindList) throws {
    switch format {
    case .table: StandardOutput.write(KindText(list, width: StandardOutput.width).text)
    case .json: try StandardOutput.write(data: ListJSON.text(of: list))
    case .csv: StandardOutput.write(data: list.csv)
    }
  }

  private func write(_ matches: [ListMatch]) throws {
    var lists: [KindList] = []
    for kind in ListKind.allCases {
      let own = matches.filter { $0.list.kind == kind }
      if let list = own.first?.list { lists.append(list.only(own.map(\.entry))) }
    }
    switch format {
    case .table:
      StandardOutput.write(
        matches.map { EntryText($0, width: StandardOutput.width).text }
          .joined(separator: "\n\n\n"))
    case .json: try StandardOutput.write(data: ListJSON.text(of: lists))
    case .csv:
      guard lists.count == 1 else {
        throw oneKind(lists.map { "\($0.kind.rawValue) \(words.joined(separator: " "))" })
      }
      StandardOutput.write(data: lists[0].csv)
    }
  }

  /// Kinds have different columns.
  private func oneKind(_ choices: String...) -> Failure { oneKind(choices) }

  private func oneKind(_ choices: [String]) -> Failure {
    let commands = choices.map { "bench list \($0) --format csv" }
    return Failure(
      status: .usage,
      message: "--format csv prints one kind at a time: \(commands.joined(separator: ", or "))")
  }
}
