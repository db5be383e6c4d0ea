import Foundation

/// Draws a chart in a temporary folder, checks the result, and then moves it into place.
struct ChartRenderer: Sendable {
  var gnuplot: Gnuplot
  var format = ChartFormat.png

  /// Writes the picture (such as `NAME.png`), `NAME.gp` and `NAME.dat` into `folder`; after an error, existing files are unchanged.
  ///
  /// - Returns: Whether it was drawn: not if there is a picture of the same script and data already.
  @discardableResult
  func render(_ drawing: Drawing, chart: String, into folder: String) throws(ReportError) -> Bool {
    try makeFolder(folder)
    StaleStaging.sweep(folder)
    let script = drawing.script(as: format)
    let names = ["dat", "gp", drawing.suffix(as: format)].map { "\(drawing.name).\($0)" }
    if isThere(drawing, script: script, at: names.map { "\(folder)/\($0)" }) { return false }
    // Inside the folder, so that renaming never crosses file systems.
    let staging = "\(folder)/\(stagingName(for: drawing.name))"
    guard mkdir(staging, 0o777) == 0 else { throw .cannotWrite(path: folder, code: errno) }
    defer {
      for name in names { unlink("\(staging)/\(name)") }
      rmdir(staging)
    }
    for (name, text) in zip(names, [drawing.data, script]) {
      let file = try OutputFile(path: "\(staging)/\(name)", shownAs: "\(folder)/\(name)")
      try file.append(text)
      try file.finish()
    }

    switch gnuplot.outcome(of: script, in: staging) {
    case .drawn: break
    case .missing(let reason):
      throw .gnuplotUnavailable(program: gnuplot.program, reason: reason)
    case .refused where GnuplotProbe.works(gnuplot):
      throw .cannotDraw(
        chart: chart,
        reason:
          "gnuplot cannot draw its numbers; they are too large, too small or too close together"
      )
    case .refused(let reason), .failed(let reason):
      throw .gnuplotFailed(chart: chart, reason: reason)
    }
    let picture = "\(staging)/\(names[2])"
    if let fault = PictureInspection.fault(in: picture, of: drawing, as: format) {
      // gnuplot does not check whether its picture could be written.
      if isFull(staging) { throw .cannotWrite(path: "\(folder)/\(names[2])", code: ENOSPC) }
      throw .gnuplotFailed(chart: chart, reason: fault)
    }

    // The picture first: if it is there with this script and data, it is theirs.
    for name in names.reversed() {
      let target = "\(folder)/\(name)"
      guard rename("\(staging)/\(name)", target) == 0 else {
        throw .cannotWrite(path: target, code: errno)
      }
    }
    // Removes pictures of earlier runs in other formats, which would be outdated.
    guard drawing.frames == nil else { return true }
    for other in ChartFormat.allCases where other != format {
      unlink("\(folder)/\(drawing.name).\(other.rawValue)")
    }
    return true
  }

  /// - Parameter paths: Of the data, the script and the picture.
  private func isThere(_ drawing: Drawing, script: String, at paths: [String]) -> Bool {
    zip(paths, [drawing.data, script]).allSatisfy { path, text in
      FileManager.default.contents(atPath: path) == Data(text.utf8)
    } && PictureInspection.fault(in: paths[2], of: drawing, as: format) == nil
  }

  /// Removes the files of a chart that an earlier run drew and that cannot be drawn now.
  func remove(_ chart: String, from folder: String) {
    for suffix in ["dat", "gp", "gif"] + ChartFormat.allCases.map(\.rawValue) {
      unlink("\(folder)/\(chart).\(suffix)")
    }
  }

  private func isFull(_ folder: String) -> Bool {
    var information = statvfs()
    guard statvfs(folder, &information) == 0 else { return false }
    return information.f_bavail * information.f_frsize < 1 << 16
  }
}
