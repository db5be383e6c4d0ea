import Foundation

/// Check whether charts can be drawn, by drawing one.
package enum GnuplotProbe {
  /// Draws a small chart in a temporary folder and removes it.
  ///
  /// - Returns: Version of gnuplot.
  package static func draw() throws(ReportError) -> String { try draw(with: .standard) }

  /// Whether it can draw at all, so that what it refused is to blame.
  static func works(_ gnuplot: Gnuplot) -> Bool { (try? draw(with: gnuplot)) != nil }

  private static func draw(with gnuplot: Gnuplot) throws(ReportError) -> String {
    let folder = NSTemporaryDirectory() + "/bench-probe-\(UUID().uuidString)"
    try makeFolder(folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let script = """
      set terminal pngcairo size 300,200
      set output 'probe.png'
      plot x
      set output
      set print 'version'
      print sprintf('gnuplot %.1f', GPVAL_VERSION)
      set print
      """
    try gnuplot.run(script, in: folder, chart: "probe")
    guard FileManager.default.fileExists(atPath: folder + "/probe.png") else {
      throw .gnuplotFailed(
        chart: "probe", reason: "it wrote no picture; the pngcairo terminal may be missing")
    }
    let version = try? String(contentsOfFile: folder + "/version", encoding: .utf8)
    return (version ?? gnuplot.program).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
