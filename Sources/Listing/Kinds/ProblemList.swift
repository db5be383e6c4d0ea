import Parameters
import Scenarios

extension KindList {
  /// Every kind of problem in one table with common columns.
  static let problems = KindList(
    kind: .problems,
    columns: ["name", "kind", "formula", "source", "parameter", "default", "allowed", "meaning"],
    headings: ["name", "kind", "summary"],
    entries: surfaces.entries.map { surface in
      var entry = surface
      // A row of a surface has a title where one of a problem has its kind.
      entry.rows = surface.rows.map { [$0[0], "surface"] + $0[2...] }
      entry.line = [surface.name, "surface", surface.line[1]]
      return entry
    } + [trainedNetwork]
      + networks.entries.map { network in
        var entry = network
        entry.rows = network.rows.map {
          [
            $0[0], "network", $0[1], $0[2], "batch_size", $0[4], .absent,
            "on \($0[3].text); its source trains \($0[5].text) epochs",
          ]
        }
        entry.line = [network.name, "network", network.summary]
        return entry
      }
      + series.entries.map { series in
        var entry = series
        entry.rows = [
          [
            .text(series.name), "series", .text(average), .text(averageSource), .text(betas.name),
            betas.standard, .text(betas.allowed), .text(betas.meaning),
          ]
        ]
        entry.line = [series.name, "series", series.summary]
        return entry
      })

  /// A network that a scenario writes layer by layer.
  private static let trainedNetwork = {
    let summary = "mean loss over a mini-batch"
    let keys = ScenarioKeys.all.first { $0.name == "network" }?.parameters ?? []
    let parameters = (keys + StoppingRules.descriptions).map(ListedParameter.init)
    return ListEntry(
      name: "network", line: ["network", "network", summary],
      rows: parameters.map {
        [
          "network", "network", .text(summary), .absent, .text($0.name), $0.standard,
          .text($0.allowed), .text($0.meaning),
        ]
      }, summary: summary, sections: [.init(parameters: parameters)].compactMap(\.self))
  }()
}
