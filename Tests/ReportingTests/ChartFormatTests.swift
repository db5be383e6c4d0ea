import Foundation
import Records
import Reporting
import TestSupport
import Testing

/// What scripts say so that pictures in other formats look like the PNG.
@Suite struct ChartFormatTests {
  private static func script(_ format: ChartFormat, _ chart: String) throws -> (
    script: String, picture: String
  ) {
    let folder = try TemporaryFolder()
    var result = Examples.networkResult(epochs: 2, seeds: 1)
    result.scenario.charts = [chart]
    try Report(results: [result]).drawCharts(to: folder.path, format: format)
    let place = "fashion_mnist/\(chart)"
    return (
      try folder.text("\(place).gp"),
      format == .svg ? try folder.text("\(place).svg") : ""
    )
  }

  @Test func `an SVG's title is bold, keeps its size, and all texts are on the picture`() throws {
    let picture = try Self.script(.svg, "train_loss").picture
    // 24 for the title, 17 for what stands on the axes, 16 for the legend.
    let bold = #"font-family="DejaVu Sans&#44; sans-serif" font-weight="bold" font-size="24.00""#
    #expect(picture.contains(bold))
    #expect(picture.components(separatedBy: "font-weight").count == 2)
    #expect(picture.contains(#"sans-serif" font-size="17.00""#))
    #expect(picture.contains(#"sans-serif" font-size="16.00""#))
    // gnuplot leaves out an axis title that does not fit.
    #expect(picture.contains("<text>epoch (passes over the training set)</text>"))
    #expect(picture.contains("<text>mean training loss</text>"))
    // The letters of the vertical title reach fifteen pixels to the left of their baseline.
    let title = #/translate\((\d+\.\d+),\d+\.\d+\) rotate\(270\)/#
    #expect(try #require(Double(picture.firstMatch(of: title)?.1 ?? "")) >= 20)
  }

  @Test func `a PDF's letters and markers have the PNG's sizes`() throws {
    // A pixel is 1/96 inch, a point 1/72: pdfcairo's own half would be two thirds of the PNG's letters.
    let script = try Self.script(.pdf, "train_loss").script
    #expect(script.contains("fontscale 0.75 pointscale 0.75"))
  }

  @Test(arguments: ChartFormat.allCases)
  func `colors used a second time have long dashes`(format: ChartFormat) throws {
    #expect(try Self.script(format, "train_loss").script.contains("\nset dashtype 2 (6,4)\n"))
  }

  @Test func `an SVG's heat map is of boxes, which no viewer smooths`() throws {
    let folder = try TemporaryFolder()
    let result = GradientNormsChartTests.result(["adam"]) { layer, step, _ in
      Double(1 + layer + step)
    }
    for format in [ChartFormat.svg, .png] {
      try Report(results: [result]).drawCharts(to: folder.path, format: format)
      let script = try folder.text("deep/gradient_norms.gp")
      #expect(script.contains("with image pixels notitle") == (format == .svg))
    }
    try Report(results: [result]).drawCharts(to: folder.path, format: .svg)
    #expect(try !folder.text("deep/gradient_norms.svg").contains("<image"))
  }
}
