/// Error of making a report; descriptions name the chart or file.
package enum ReportError: Error, Equatable {
  /// gnuplot could not be started, so no chart can be drawn.
  case gnuplotUnavailable(program: String, reason: String)
  /// gnuplot failed or wrote no complete picture. `chart` is `SCENARIO/NAME`.
  case gnuplotFailed(chart: String, reason: String)
  /// The chart is unknown, or the results do not have what it needs.
  case cannotDraw(chart: String, reason: String)
  case cannotWrite(path: String, reason: String)
  /// A resource file of the program is missing.
  case cannotRead(path: String, reason: String)
  /// Two or more errors, in the order of the charts.
  case several([ReportError])
}

extension ReportError {
  /// Whether charts are missing only because the results do not have what they need.
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
      "charts need gnuplot, but '\(program)' cannot be run: \(reason); install it with 'apt-get install gnuplot-nox'"
    case .gnuplotFailed(let chart, let reason): "chart \(chart): gnuplot failed: \(reason)"
    case .cannotDraw(let chart, let reason): "chart \(chart): cannot be drawn: \(reason)"
    case .cannotWrite(let path, let reason): "\(path): cannot be written: \(reason)"
    case .cannotRead(let path, let reason): "\(path): cannot be read: \(reason)"
    case .several(let errors): errors.map(\.description).joined(separator: "\n")
    }
  }
}
