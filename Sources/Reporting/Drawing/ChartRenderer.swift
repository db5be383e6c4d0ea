import Foundation

/// Draws a chart in a folder of its own, looks at the result, and only then puts it in place.
struct ChartRenderer: Sendable {
  var gnuplot: Gnuplot
  var format = ChartFormat.png

  /// Leaves `NAME.png` or what the format calls it, `NAME.gp` and `NAME.dat` in `folder`, or throws and leaves what was there.
  func render(_ drawing: Drawing, chart: String, into folder: String) throws(ReportError) {
    try makeFolder(folder)
    StaleStaging.sweep(folder)
    let script = drawing.script(as: format)
    let names = ["dat", "gp", drawing.suffix(as: format)].map { "\(drawing.name).\($0)" }
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

    try gnuplot.run(script, in: staging, chart: chart)
    let picture = "\(staging)/\(names[2])"
    if let fault = PictureInspection.fault(in: picture, of: drawing, as: format) {
      // gnuplot itself does not look whether its picture could be written.
      if isFull(staging) { throw .cannotWrite(path: "\(folder)/\(names[2])", code: ENOSPC) }
      throw .gnuplotFailed(chart: chart, reason: fault)
    }

    for name in names {
      let target = "\(folder)/\(name)"
      guard rename("\(staging)/\(name)", target) == 0 else {
        throw .cannotWrite(path: target, code: errno)
      }
    }
    // Of a former run in another format; whoever looks for the chart must not find it.
    guard drawing.frames == nil else { return }
    for other in ChartFormat.allCases where other != format {
      unlink("\(folder)/\(drawing.name).\(other.rawValue)")
    }
  }

  /// Takes away what a former run drew of a chart that its results no longer fill.
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
