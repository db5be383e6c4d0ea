import ArgumentParser
import Foundation
import Reporting

struct ListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Says what there is: scenarios, optimizers, problems and more.",
    discussion: """
        bench list                      everything, in short
        bench list optimizers           each hyperparameter with its default and what it may be
        bench list diagnoses            what the column 'diagnosis' of runs.csv says, and by which rule
        bench list optimizers --format csv    for scripts

      On a terminal, lines end where it does (or at COLUMNS); piped into another program they are as long as they are.
      """)

  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case scenarios, optimizers, problems, schedules, datasets, metrics, diagnoses, charts
  }

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table, json, csv
  }

  @Argument(help: "One of them (default: all).")
  var kind: Kind?

  @Option(name: .long, help: "How to print.")
  var format = Format.table

  @OptionGroup var input: ScenarioOptions

  func run() async throws {
    try await Failure.reported {
      let kinds = kind.map { [$0] } ?? Kind.allCases
      let listings = try kinds.map { try Listing(of: $0, library: input.library) }
      switch format {
      case .table:
        let sections = listings.map { listing in
          let text = ListingText(listing: listing, width: StandardOutput.width).text
          return kind == nil ? "\(listing.name)\n\(text)" : text
        }
        try StandardOutput.write(sections.joined(separator: "\n\n"))
      case .csv:
        guard kind != nil else {
          throw Failure(
            status: .usage,
            message: "--format csv prints one kind at a time: bench list optimizers --format csv")
        }
        try StandardOutput.write(listings.map(\.csv).joined(separator: "\n"))
      case .json: try StandardOutput.write(Listing.json(listings, isSingle: kind != nil))
      }
    }
  }
}
