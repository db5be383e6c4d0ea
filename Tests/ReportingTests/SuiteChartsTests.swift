import Foundation
import Records
import Reporting
import TestSupport
import Testing

/// What the scripts of the charts over all scenarios say.
@Suite struct SuiteChartsTests {
  private static func charts() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try Report(suite: Examples.repeated(Examples.saddleResult, target: 1)).drawCharts(
      to: folder.path)
    return folder
  }

  @Test func `equal ranks stand side by side and others where they are`() {
    let ranks = [1, 2.5, 2.5, 2.52, 4]
    let places = CriticalDifferenceChart.apart(ranks, width: 0.1)
    #expect(places[0] == 1 && places[4] == 4)
    for (left, right) in zip(places[1...2], places[2...3]) {
      #expect(abs(right - left - 0.1) < 1e-12)
    }
    // Around the mean of the three.
    #expect(abs(places[2] - 7.52 / 3) < 1e-12)
    #expect(CriticalDifferenceChart.apart([1, 2, 3], width: 0.1) == [1, 2, 3])
    #expect(CriticalDifferenceChart.apart([], width: 0.1).isEmpty)
  }

  /// gnuplot takes the place of a cell from its place among the rows, so none may be left out.
  @Test func `ranks fill a complete grid, also where an optimizer did not run`() throws {
    let folder = try TemporaryFolder()
    var results = Examples.repeated(Examples.saddleResult, count: 6, target: 1)
    let absent = results[2].scenario.optimizers[0].label
    results[2].scenario.optimizers.removeFirst()
    results[2].runs.removeAll { $0.optimizer == absent }
    try Report(suite: results).drawCharts(to: folder.path)
    let blocks = try folder.text("suite/ranks.dat").components(separatedBy: "\n\n\n")
      .map { block in
        block.split(separator: "\n").filter { !$0.hasPrefix("#") }
          .map { $0.split(separator: " ").map { Double($0) ?? .nan } }
      }
    let grid = try #require(blocks.first)
    let columns = results[0].scenario.optimizers.count
    #expect(
      grid.map { [$0[1], $0[0]] }
        == (0..<6).flatMap { row in
          (0..<columns).map { [Double(row), Double($0)] }
        })
    #expect(grid.count { $0[2].isNaN } == 1 && blocks[1].count == grid.count - 1)
  }

  @Test func `the profile counts in per cent and has a tic where it ends`() throws {
    let folder = try Self.charts()
    let script = try folder.text("suite/profile.gp")
    #expect(script.contains("set ylabel 'targets reached (%)'"))
    #expect(script.contains(", 64)\n"))
    let upper = try #require(script.firstMatch(of: #/set xrange \[1:([0-9.]+)\]/#)?.1)
    // gnuplot draws no tic whose logarithm rounding puts outside.
    #expect(try #require(Double(upper)) > 64.5)
    let shares = try folder.text("suite/profile.dat").split(separator: "\n")
      .filter { !$0.hasPrefix("#") }.compactMap { $0.split(separator: " ").last }
      .compactMap { Double($0) }
    #expect(shares.contains(100) && shares.allSatisfy { (0...100).contains($0) })
  }

  @Test func `duels get ever darker from losses over ties to wins`() throws {
    let script = try Self.charts().text("suite/duels.gp")
    let colors = script.matches(of: #/(-1|0|1) '#([0-9a-f]{6})'/#)
    let lightness = colors.map { match -> Double in
      let number = UInt32(match.2, radix: 16) ?? 0
      // Luma of Rec. 709, as printers without colors and greyscale views weigh them.
      return 0.2126 * Double(number >> 16 & 0xff) + 0.7152 * Double(number >> 8 & 0xff)
        + 0.0722 * Double(number & 0xff)
    }
    #expect(colors.map { String($0.1) } == ["-1", "0", "1"])
    // A twentieth of the range is the least that can be told apart without a neighbour.
    for (lighter, darker) in zip(lightness, lightness.dropFirst()) {
      #expect(lighter - darker > 255.0 / 20)
    }
  }
}
