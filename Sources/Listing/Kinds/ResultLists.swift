import Analysis
import Records
import Reporting

extension KindList {
  static let metrics = KindList(
    kind: .metrics, columns: ["name", "better", "summary"],
    headings: ["name", "better", "summary"], isCut: false,
    entries: Metric.allCases.map { metric in
      let better = metric.isResult ? metric.largerIsBetter ? "larger" : "smaller" : ""
      return ListEntry(
        name: metric.rawValue, line: [metric.rawValue, better, metric.summary],
        rows: [[.text(metric.rawValue), .text(better), .text(metric.summary)]],
        summary: metric.summary,
        facts: (better.isEmpty ? [] : [.init("better", better)]) + [
          .init("recorded", metric.isPerEpoch ? "once per epoch" : "at every step")
        ])
    })

  static let charts = KindList(
    kind: .charts, columns: ["name", "problems", "summary"],
    headings: ["name", "problems", "summary"], isCut: false,
    entries: ChartCatalogue.all.map { chart in
      let kinds = chart.needs.kinds.map(\.rawValue).sorted().joined(separator: " ")
      let needs = [
        chart.needs.landscape ? "a surface with two coordinates" : "",
        chart.needs.validation ? "a validation set" : "",
        chart.needs.gradientNorms ? "'gradient_norms: true'" : "",
      ].filter { !$0.isEmpty }
      return ListEntry(
        name: chart.name, line: [chart.name, kinds, chart.summary],
        rows: [[.text(chart.name), .text(kinds), .text(chart.summary)]], summary: chart.summary,
        facts: [
          .init("problems", kinds.replacing(" ", with: ", ")),
          .init("needs", needs.isEmpty ? "nothing else" : needs.joined(separator: ", ")),
          .init("drawn", chart.isUsual ? "by default" : "if a scenario asks for it"),
          .init("in a scenario", "charts: [\(chart.name)]"),
        ])
    })

  static let diagnoses = KindList(
    kind: .diagnoses, columns: ["name", "said_when", "look_at"],
    headings: ["name", "condition", "what to check"], isCut: false,
    entries: Diagnosis.allCases.map { diagnosis in
      ListEntry(
        name: diagnosis.rawValue, line: [diagnosis.rawValue, diagnosis.rule, diagnosis.advice],
        rows: [[.text(diagnosis.rawValue), .text(diagnosis.rule), .text(diagnosis.advice)]],
        summary: "a value of the column 'diagnosis' in csv/runs.csv",
        facts: [.init("condition", diagnosis.rule), .init("check", diagnosis.advice)])
    })
}
