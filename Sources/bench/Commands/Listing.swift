import Analysis
import Datasets
import Foundation
import Networks
import Optimizers
import Parameters
import Records
import Reporting
import Scenarios
import Surfaces
import Text

/// One kind of thing that there is, as rows of named cells.
struct Listing {
  let name: String
  let columns: [String]
  private(set) var rows: [[String]]
  /// How people are shown it.
  private(set) var layout = ListingLayout.lines

  init(of kind: ListCommand.Kind, library: ScenarioLibrary) throws {
    name = kind.rawValue
    switch kind {
    case .scenarios:
      columns = ["name", "title", "problem", "budget", "seeds", "runs", "optimizers"]
      layout = .overview(rest: ["problem", "budget", "optimizers"])
      rows = try library.all().map { scenario in
        [
          scenario.name, scenario.title, ProblemWords.text(of: scenario.problemRecord),
          BudgetWords.text(of: scenario.budgetRecord),
          "\(scenario.seeds)", "\(scenario.entrants.count * scenario.seeds)",
          scenario.entrants.map(\.label).joined(separator: " "),
        ]
      }
    case .optimizers:
      columns = [
        "name", "summary", "source", "slots", "bytes_per_parameter", "hyperparameter", "default",
        "allowed", "searched", "meaning",
      ]
      layout = .blocks(
        parameter: "hyperparameter", meaning: "meaning",
        details: ["default", "allowed", "searched"])
      rows = OptimizerCatalogue.all.flatMap { type in
        let rule = type.init()
        let slots = rule.stepper(count: 1, as: Float.self).slotNames.joined(separator: " ")
        let bytes = rule.bytesPerParameter(as: Float.self)
        return type.descriptions.map {
          [
            type.name, type.summary, type.source, slots, "\(bytes)", $0.name,
            $0.defaultText, $0.domain.description, $0.search?.description ?? "", $0.meaning,
          ]
        }
      }
    case .problems:
      columns = [
        "name", "kind", "formula", "source", "parameter", "default", "allowed", "meaning",
      ]
      layout = .blocks(
        parameter: "parameter", meaning: "meaning", details: ["default", "allowed"])
      rows = Self.surfaces + Self.networks + Self.series
    case .diagnoses:
      columns = ["name", "said_when", "look_at"]
      rows = Diagnosis.allCases.map { [$0.rawValue, $0.rule, $0.advice] }
    case .schedules:
      columns = [
        "name", "summary", "formula", "source", "parameter", "default", "allowed", "meaning",
      ]
      layout = .blocks(
        parameter: "parameter", meaning: "meaning", details: ["default", "allowed"])
      rows = ScheduleCatalogue.all.flatMap { type in
        type.descriptions.map {
          [
            type.name, type.summary, type.equation, type.source, $0.name, $0.defaultText,
            $0.domain.description, $0.meaning,
          ]
        }
      }
    case .datasets:
      columns = ["name", "title", "train", "test", "size", "classes", "licence", "source"]
      rows = DatasetCatalogue.entries.map {
        [
          $0.name, $0.title, "\($0.trainCount)", "\($0.testCount)",
          "\($0.imageWidth)x\($0.imageHeight)",
          "\($0.classCount)", $0.licence, $0.source,
        ]
      }
      rows.append([
        "{idx: FOLDER}", "images of your own", "", "", "", "", "",
        "MNIST's four files, gzip or plain",
      ])
      rows.append([
        "{csv: FILE, label: COLUMN}", "a table of your own", "", "", "", "", "",
        "a header line, numbers, and a column of classes",
      ])
    case .metrics:
      columns = ["name", "better", "summary"]
      rows = Metric.allCases.map {
        [$0.rawValue, $0.largerIsBetter ? "larger" : "smaller", $0.summary]
      }
    case .charts:
      columns = ["name", "problems", "summary"]
      rows = ChartCatalogue.all.map {
        [$0.name, $0.kinds.map(\.rawValue).sorted().joined(separator: " "), $0.summary]
      }
    }
  }

  private static let surfaces: [[String]] =
    SurfaceCatalogue.all.flatMap { type in
      let head = [type.name, "surface", type.equation, type.source]
      let rows = type.descriptions.map {
        var text = $0.defaultText
        // A list is too long to be shown.
        if case .list = $0.domain { text = "" }
        return head + [$0.name, text, $0.domain.description, $0.meaning]
      }
      return rows.isEmpty ? [head + ["", "", "", ""]] : rows
    } + [
      [
        "expression", "surface", "as written", "the scenario", "expression", "",
        "a formula of x and y, or of x1, x2 …, such as x^2 + 10*y^2",
        "a surface of your own; functions: \(Expression.functionNames.joined(separator: " "))",
      ]
    ]

  private static let networks: [[String]] = {
    let rows = [
      [
        "layers", "",
        "a list of \(LayerSpecification.forms.joined(separator: ", ")), {residual: [layers]}, {repeat N: [layers]}",
        "from the inputs to the outputs; the last ones are as many as there are classes",
      ],
      [
        "initialization", NetworkTask.defaultInitialization.description,
        oneOf(Initialization.forms),
        "how weights start, or {weights: HOW, biases: NUMBER}; of one layer: 'dense 10 init HOW bias NUMBER'",
      ],
      [
        "loss", NetworkTask.defaultLoss.rawValue, oneOf(LossFunction.allCases.map(\.rawValue)),
        "what is made small; {NAME: {hardest: 0.25}} takes only that share of a batch, the largest",
      ],
      [
        "penalty", "none", "{l1: 0.01, l2: 0.02, half: true, biases: true}",
        "added to the loss: l1·Σ|w| + l2·Σw², halved as weight decay has it if asked; weights only",
      ],
      [
        "task", "", "a network's name",
        "a network that is known, alone or with keys that differ: 'network: fmnist_2c2d'",
      ],
    ]
    let options = TrainingOption.all.map { [$0.name, $0.defaultText, $0.allowed, $0.summary] }
    let named = NetworkCatalogue.entries.map { entry in
      [
        entry.name, "network", entry.summary, entry.source, "batch_size", "\(entry.batchSize)", "",
        "on \(entry.dataset); its source trains \(entry.epochs) epochs",
      ]
    }
    return (rows + options).map { ["network", "network", "mean loss over a mini-batch", ""] + $0 }
      + named
  }()

  private static let series: [[String]] = SeriesCatalogue.names.map {
    [
      $0, "series", "v ← βv + (1 − β)θ, v/(1 − βᵗ)", "Kingma and Ba 2015, section 3", "betas", "",
      "different numbers of at least 0 and below 1", "weights of the past in the averages",
    ]
  }

  private static func oneOf(_ names: [String]) -> String {
    "one of \(names.joined(separator: ", "))"
  }

  var csv: String { Self.csv(columns: columns, rows: rows) }

  static func csv(columns: [String], rows: [[String]]) -> String {
    ([columns] + rows).map { $0.map(CSVText.quoted).joined(separator: ",") }
      .joined(separator: "\n")
  }

  static func json(_ listings: [Listing], isSingle: Bool) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let objects = listings.map { listing in
      listing.rows.map { Dictionary(uniqueKeysWithValues: zip(listing.columns, $0)) }
    }
    let data =
      isSingle
      ? try encoder.encode(objects.first)
      : try encoder.encode(Dictionary(uniqueKeysWithValues: zip(listings.map(\.name), objects)))
    return String(decoding: data, as: UTF8.self)
  }
}
