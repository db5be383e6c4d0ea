import Foundation
import TestSupport
import Testing

extension QuickRunTests {
  /// The four bytes from `offset` as a number, the highest first.
  private func word(_ data: Data, at offset: Int) -> Int {
    data.dropFirst(offset).prefix(4).reduce(0) { $0 << 8 | Int($1) }
  }

  @Test func `every chart asked for has a picture, its script and its data`() throws {
    #expect(quick.scenarios.allSatisfy { !$0.charts.isEmpty })
    for scenario in quick.scenarios {
      for chart in scenario.charts {
        for ending in [chart == "race" ? "gif" : "png", "gp", "dat"] {
          let name = "charts/\(scenario.name)/\(chart).\(ending)"
          #expect(FileManager.default.fileExists(atPath: quick.file(name)), "\(name)")
          #expect(try !quick.data(name).isEmpty, "\(name)")
        }
      }
    }
  }

  @Test func `pictures are whole and of the size their scripts say`() throws {
    let charts = quick.scenarios.flatMap { scenario in
      scenario.charts.filter { $0 != "race" }.map { "charts/\(scenario.name)/\($0)" }
    }
    #expect(charts.count >= 50)
    for chart in charts {
      let picture = try quick.data("\(chart).png")
      #expect(picture.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]), "\(chart)")
      #expect(
        picture.suffix(8).elementsEqual([0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82]),
        "\(chart)")
      let script = try String(contentsOfFile: quick.file("\(chart).gp"), encoding: .utf8)
      let size = try #require(
        script.firstMatch(of: #/(?m)^set terminal pngcairo .*size (\d+),(\d+)/#), "\(chart)")
      #expect("\(word(picture, at: 16))" == size.output.1, "\(chart)")
      #expect("\(word(picture, at: 20))" == size.output.2, "\(chart)")
      #expect(picture.count > 20_000, "there is hardly anything in \(chart)")
    }
  }

  @Test func `races are whole and small enough to send`() throws {
    let races = quick.scenarios.filter { $0.charts.contains("race") }
    #expect(!races.isEmpty)
    for scenario in races {
      let race = try quick.data("charts/\(scenario.name)/race.gif")
      #expect(race.starts(with: Data("GIF89a".utf8)) && race.last == 0x3B, "\(scenario.name)")
      #expect(race.count < 3_000_000, "\(scenario.name)")
    }
  }

  @Test func `one page has a section per scenario and loads nothing`() throws {
    let page = try String(contentsOfFile: quick.file("report.html"), encoding: .utf8)
    #expect(
      page.matches(of: #/<section class="scenario"/#).count == quick.scenarios.count)
    #expect(page.utf8.count < 5_000_000)
    #expect(!page.contains("@import"))
    #expect(!page.contains(#/(?:src|href)="https?:[^"]*\.(?:js|css|png)"/#))
  }

  @Test func `a script draws its chart again with a gnuplot started by hand`() throws {
    let again = try TemporaryFolder()
    for name in ["trajectory.gp", "trajectory.dat"] {
      try quick.data("charts/saddle/\(name)").write(to: URL(fileURLWithPath: again.file(name)))
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gnuplot", "trajectory.gp"]
    process.currentDirectoryURL = URL(fileURLWithPath: again.path)
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let picture = try Data(contentsOf: URL(fileURLWithPath: again.file("trajectory.png")))
    #expect(picture == (try quick.data("charts/saddle/trajectory.png")))
  }
}
