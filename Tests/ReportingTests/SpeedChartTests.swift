import Foundation
import Records
import Reporting
import TestSupport
import Testing

@Suite struct SpeedChartTests {
  private static func figures(_ count: Int) -> [SpeedFigure] {
    var figures: [SpeedFigure] = []
    for index in 0..<count {
      let label = index == 0 ? "adam" : "optimizer_\(index)"
      for (parameters, time) in [(1000, 0.75), (1_000_000, 1.5)] {
        figures.append(
          SpeedFigure(
            optimizer: label, parameters: parameters, nanoseconds: time * Double(index + 1),
            roof: index == 1 ? nil : 0.5))
      }
    }
    return figures
  }

  @Test(arguments: [1, 3, 40])
  func `steps are drawn with their roofs, a panel per optimizer`(count: Int) throws {
    let folder = try TemporaryFolder()
    try Report.drawSpeed(
      Self.figures(count), to: folder.file("out/steps.png"), machine: "a processor")
    #expect(folder.contents.filter { $0.hasPrefix("out/steps.") }.count == 3)
    let data = try folder.text("out/steps.dat")
    #expect(data.contains("# adam: parameters nanoseconds limit\n1000 0.75 0.5\n1000000 1.5 0.5\n"))
    let script = try folder.text("out/steps.gp")
    #expect(script.matches(of: #/(?m)^plot /#).count == count)
    #expect(script.contains("'adam  1.5 ns, 3.0×'"))
  }

  @Test func `the file's name says the format`() {
    #expect(Report.speedChartFormat(of: "a/b.PNG") == .png)
    #expect(Report.speedChartFormat(of: "b.svg") == .svg)
    for path in ["b", "b.gif", ".png", "it's.png", "a\nb.png", ""] {
      #expect(Report.speedChartFormat(of: path) == nil)
    }
  }
}
