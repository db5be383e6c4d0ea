/// What can keep a report from being made; descriptions name the chart or file.
package enum ReportError: Error, Equatable {
  /// gnuplot could not be started, so no chart can be drawn.
  case gnuplotUnavailable(program: String, reason: String)
  /// gnuplot ended badly or left no whole picture. `chart` is `SCENARIO/NAME`.
  case gnuplotFailed(chart: String, reason: String)
  /// The scenario asks for a chart that is not known, or that its results cannot fill.
  case cannotDraw(chart: String, reason: String)
  case cannotWrite(path: String, reason: String)
  /// A file that belongs to the program is missing.
  case cannotRead(path: String, reason: String)
  /// Two or more of the others, in the order of the charts.
  case several([ReportError])
}

extension ReportError {
  /// Whether charts are missing only because results cannot fill them.
  package var isForWantOfResults: Bool {
    switch self {
    case .cannotDraw: true
    case .several(let errors): errors.allSatisfy(\.isForWantOfResults)
    case .gnuplotUnavailable, .gnuplotFailed, .cannotWrite, .cannotRead: false
    }
  }
}

extension ReportError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .gnuplotUnavailable(let program, let reason):
      "charts need gnuplot, but '\(program)' cannot be run: \(reason); 'apt-get install gnuplot-nox' installs it"
    case .gnuplotFailed(let chart, let reason): "chart \(chart): gnuplot failed: \(reason)"
    case .cannotDraw(let chart, let reason): "chart \(chart): cannot be drawn: \(reason)"
    case .cannotWrite(let path, let reason): "\(path): cannot be written: \(reason)"
    case .cannotRead(let path, let reason): "\(path): cannot be read: \(reason)"
    case .several(let errors): errors.map(\.description).joined(separator: "\n")
    }
  }
}
