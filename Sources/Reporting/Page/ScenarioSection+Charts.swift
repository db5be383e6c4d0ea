import Records
import Text

/// Data of the interactive charts.
extension ScenarioSection {
  var data: JSONText {
    let smoothing = scenario.smoothing
    return .object([
      "optimizers": .array(
        smoothing.map { BiasCorrectionChart.styles(of: $0).map(style) }
          ?? scenario.optimizers.compactMap { one in
            styles[one.label].map { style((label: one.label, style: $0)) }
          }),
      "metrics": PageCurves(result).data,
      "replicates": .text(scenario.replicatesNoun),
      "surface": PageLandscape.data(result) ?? .null,
      "smoothing": smoothing.map { self.smoothing($0) } ?? .null,
    ])
  }

  private func style(_ one: (label: String, style: SeriesStyle)) -> JSONText {
    .object([
      "label": .text(one.label), "color": .text(one.style.color),
      "dark": .text(Palette.colorOnDark(one.style.color)),
      "shape": .text(one.style.shape.rawValue), "filled": .flag(one.style.isFilled),
      "dash": .numbers(one.style.dash == 1 ? [] : [9, 4]),
    ])
  }

  private func smoothing(_ smoothing: Smoothing) -> JSONText {
    .object([
      "quantity": .text(smoothing.quantity), "firstDay": .text(smoothing.firstDay),
      "values": .numbers(smoothing.values),
      "averages": .array(
        smoothing.averages.map {
          .object(["average": .numbers($0.average), "corrected": .numbers($0.corrected)])
        }),
    ])
  }
}
