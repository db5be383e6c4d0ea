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

  /// An optimizer that ran in five of six scenarios, so that the design has a gap.
  private static func withGap() -> [ScenarioResult] {
    var results = Examples.repeated(Examples.saddleResult, count: 6, target: 1)
    let absent = results[2].scenario.optimizers[0].label
    results[2].scenario.optimizers.removeFirst()
    results[2].runs.removeAll { $0.optimizer == absent }
    return results
  }

  @Test func `ranks are drawn where they are and the title has the answer`() throws {
    let folder = try TemporaryFolder()
    try Report(suite: Self.withGap()).drawCharts(to: folder.path)
    let script = try folder.text("suite/critical_difference.gp")
    #expect(script.contains("Average ranks: "), "\(script)")
    #expect(script.contains("that an optimizer ran in (in parentheses: how many of 6)"))
    // Name, average rank and number of scenarios; the leader ends at that rank.
    let labels = script.matches(of: #/set label 2\d '(\S+)  ([0-9.]+)  \((\d)\)'/#)
    #expect(labels.count == 7 && labels.count { $0.3 == "5" } == 1, "\(script)")
    let data = try folder.text("suite/critical_difference.dat")
    for label in labels {
      let block = try #require(
        data.components(separatedBy: "\n\n\n").first { $0.contains("# \(label.1): ") })
      let end = try #require(block.split(separator: "\n").last?.split(separator: " "))
      #expect(end[1] == "0")
      #expect(try abs(#require(Double(end[0])) - #require(Double(label.2))) < 0.00501)
    }
    let complete = try Self.charts().text("suite/critical_difference.gp")
    #expect(!complete.contains("parentheses"))
  }

  /// gnuplot takes the place of a cell from its place among the rows, so none may be left out.
  @Test func `ranks fill a complete grid, also where an optimizer did not run`() throws {
    let folder = try TemporaryFolder()
    let results = Self.withGap()
    try Report(suite: results).drawCharts(to: folder.path)
    let blocks = try folder.text("suite/ranks.dat").components(separatedBy: "\n\n\n")
    func rows(_ block: String) -> [[Double]] {
      block.split(separator: "\n").filter { !$0.hasPrefix("#") }
        .map { $0.split(separator: " ").map { Double($0) ?? .nan } }
    }
    let grid = try rows(#require(blocks.first { $0.contains("# grid: ") }))
    let columns = results[0].scenario.optimizers.count
    #expect(
      grid.map { [$0[1], $0[0]] }
        == (0..<6).flatMap { row in
          (0..<columns).map { [Double(row), Double($0)] }
        })
    #expect(grid.count { $0[2].isNaN } == 1)
    let missing = try rows(#require(blocks.first { $0.contains("# did not run: ") }))
    #expect(missing.map { [$0[0], $0[1]] } == grid.filter { $0[2].isNaN }.map { [$0[0], $0[1]] })
    // The color is that of the rank among those that ran: the last of six is as light as the last of seven.
    for line in 0..<6 {
      let shares = grid.filter { $0[1] == Double(line) && !$0[2].isNaN }
      let last = Double(shares.count - 1)
      #expect(shares.allSatisfy { abs($0[3] - ($0[2] - 1) / last) < 1e-6 }, "\(shares)")
    }
    // Bold: the first of each scenario, and nobody else.
    let firsts = blocks.filter { $0.contains("# first on ") }.flatMap(rows)
    #expect(
      Set(firsts.map { [$0[0], $0[1]] })
        == Set(
          (0..<6).flatMap { line in
            let own = grid.filter { $0[1] == Double(line) && !$0[2].isNaN }
            let best = own.map { $0[2] }.min()
            return own.filter { $0[2] == best }.map { [$0[0], $0[1]] }
          }))
    let bold = blocks.indices.filter { blocks[$0].contains("# first on ") }
    let script = try folder.text("suite/ranks.gp")
    #expect(script.components(separatedBy: "sans:Bold,17").count == bold.count + 1)
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

  @Test func `captions compare the scenarios that all optimizers ran in`() throws {
    let pictures = ["suite/targets", "suite/profile"]
    let all = try PageTests.page(
      Examples.repeated(Examples.saddleResult, target: 1), pictures: pictures)
    #expect(all.contains("By the end, ") && !all.contains("that all optimizers ran in"))
    let gaps = try PageTests.page(Self.withGap(), pictures: pictures)
    #expect(gaps.contains("In the 5 scenarios that all optimizers ran in: by the end, "))
    // The fastest with how often and of how many.
    #expect(gaps.contains(#/ \(\d of 6\) needs? the fewest evaluations for the most targets\./#))
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
