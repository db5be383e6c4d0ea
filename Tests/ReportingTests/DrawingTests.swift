import Foundation
import Records
import Reporting
import TestSupport
import Testing

/// Formats, films, comparisons of all scenarios, and what is left of processes that died.
@Suite struct DrawingTests {
  private static func saddle(_ charts: [String]) -> ScenarioResult {
    var result = Examples.saddleResult
    result.scenario.charts = charts
    return result
  }

  // MARK: Formats

  @Test(arguments: [ChartFormat.svg, .pdf])
  func `charts are drawn in other formats, and their scripts draw them again`(format: ChartFormat)
    throws
  {
    let folder = try TemporaryFolder()
    try Report(results: [Self.saddle(["trajectory", "loss"])]).drawCharts(
      to: folder.path, format: format)
    for name in ["trajectory", "loss"] {
      let picture = folder.file("saddle/\(name).\(format.rawValue)")
      let first = try Data(contentsOf: URL(fileURLWithPath: picture))
      let begin = format == .svg ? "<?xml" : "%PDF-"
      #expect(first.starts(with: Data(begin.utf8)))
      // Colors of a surface are one picture inside, or the file would be thirty times as large.
      #expect(first.count < 1_500_000)
      try FileManager.default.removeItem(atPath: picture)
      try Gnuplot.standard.run(
        try folder.text("saddle/\(name).gp"), in: folder.file("saddle"), chart: name)
      #expect(FileManager.default.fileExists(atPath: picture))
    }
    #expect(!folder.contents.contains { $0.hasSuffix(".png") })
  }

  @Test func `a race is a film under three megabytes in which everybody moves`() throws {
    let folder = try TemporaryFolder()
    try Report(results: [Self.saddle(["race"])]).drawCharts(to: folder.path)
    let path = folder.file("saddle/race.gif")
    let film = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(film.count < 3_000_000)
    let size = (Int(film[6]) | Int(film[7]) << 8, Int(film[8]) | Int(film[9]) << 8)
    #expect(GIFInspection.fault(in: path, width: size.0, height: size.1, frames: 64) == nil)
    #expect(
      GIFInspection.fault(in: path, width: size.0, height: size.1, frames: 65)
        == "the animation has 64 frames instead of 65")
    try film.dropLast(200).write(to: URL(fileURLWithPath: path))
    #expect(
      GIFInspection.fault(in: path, width: size.0, height: size.1, frames: 64)
        == "the picture is incomplete")
    // Where each optimizer is in the first picture: all at the start.
    let heads = try folder.text("saddle/race.dat").components(separatedBy: "\n\n\n")
      .filter { $0.contains("position in each frame") }
    #expect(heads.count == 7)
    for head in heads {
      let places = head.split(separator: "\n").dropFirst()
      #expect(places.count == 64 && places.first == "1.5 0.001")
      // Some leave the picture early and are nowhere from then on.
      #expect(Set(places).count > 5)
    }
  }

  @Test func `every chart that suits a surface is drawn`() throws {
    let folder = try TemporaryFolder()
    let names = [
      "panels", "relief", "first_steps", "loss_by_evaluations", "loss_by_seconds",
    ]
    try Report(results: [Self.saddle(names)]).drawCharts(to: folder.path)
    for name in names { #expect(folder.contents.contains("saddle/\(name).png")) }
  }

  // MARK: What is in the data

  @Test func `a diverged run is marked at its step and not at the last value before it`() throws {
    let folder = try TemporaryFolder()
    var result = Examples.ellipseResult
    result.scenario.charts = ["loss"]
    let run = try #require(result.runs.first { $0.optimizer == "sgd" })
    let index = try #require(result.runs.firstIndex { $0.optimizer == "sgd" })
    var trial = run.trial
    trial.status = .diverged(step: 3)
    trial.curves = [
      Curve(metric: .loss, steps: [0, 1, 2, 3], epochs: nil, values: [8, 16, 32, .infinity])
    ]
    result.runs[index].trial = trial
    let results = [result]
    try Report(results: results).drawCharts(to: folder.path)
    let data = try folder.text("ellipse/loss.dat")
    #expect(data.contains("# sgd, diverged: step loss\n3 32\n"))
    #expect(data.contains("# sgd: step loss lower_quartile upper_quartile\n0 8 8 8\n"))
  }

  @Test func `a curve over seeds has its median and its quartiles`() throws {
    // Type 7 quartiles of 1, 2, 10: 1.5 and 6; of 3, 4, 5: 3.5 and 4.5 (NumPy's default).
    let folder = try TemporaryFolder()
    var result = Examples.saddleResult
    result.scenario.charts = ["loss"]
    let first = result.runs[0]
    result.runs = [[1.0, 3], [2, 5], [10, 4]].enumerated().map { seed, values in
      var run = first
      run.seed = seed
      run.trial.curves = [Curve(metric: .loss, steps: [0, 1], epochs: nil, values: values)]
      return run
    }
    let results = [result]
    try Report(results: results).drawCharts(to: folder.path)
    #expect(
      try folder.text("saddle/loss.dat")
        .contains("lower_quartile upper_quartile\n0 2 1.5 6\n1 4 3.5 4.5\n"))
  }

  // MARK: Texts

  @Test(arguments: [(1, 17, 2), (4, 13, 3), (40, 13, 3)])
  func `a long subtitle takes two lines that can be read`(
    repetitions: Int, smallest: Int, lines: Int
  ) throws {
    let folder = try TemporaryFolder()
    var result = Self.saddle(["loss"])
    let clause = "a clause of the task, which is forty one letters"
    result.scenario.problem = .legacy(
      [String](repeating: clause, count: repetitions).joined(separator: "; "))
    let results = [result]
    try Report(results: results).drawCharts(to: folder.path)
    let sizes = try folder.text("saddle/loss.gp").matches(
      of: #/set label \d+ '.*' at screen 0\.025,[0-9.]+ left font 'sans,(\d+)'/#
    ).compactMap { Int($0.1) }
    #expect(sizes.count == lines)
    #expect(sizes.allSatisfy { $0 >= smallest })
  }

  // MARK: All scenarios together

  @Test func `scenarios with the same optimizers are compared in five charts`() throws {
    let folder = try TemporaryFolder()
    let results = Examples.repeated(Examples.saddleResult)
    #expect(try Self.suiteCharts(of: results, to: folder) == 4)
    let targeted = Examples.repeated(Examples.saddleResult, target: 1)
    #expect(try Self.suiteCharts(of: targeted, to: folder) == 5)
    for name in ["ranks", "critical_difference", "profile", "targets", "duels"] {
      #expect(folder.contents.contains("suite/\(name).png"))
    }
    #expect(try Self.suiteCharts(of: Array(targeted.prefix(4)), to: folder) == 0)
  }

  private static func suiteCharts(of results: [ScenarioResult], to folder: TemporaryFolder) throws
    -> Int
  {
    try Report(suite: results).drawCharts(to: folder.path).drawn
  }

  /// gnuplot takes the label of a tic for the format of a number.
  @Test func `per cent signs in labels and names do not stop the comparison`() throws {
    let results = ["50%dropout", "%s%n", "%d", "%%", "100%"].map { name in
      var result = Examples.saddleResult
      result.scenario.name = name
      let former = result.scenario.optimizers[0].label
      result.scenario.optimizers[0].label = "50% drop"
      for run in result.runs.indices where result.runs[run].optimizer == former {
        result.runs[run].optimizer = "50% drop"
      }
      return result
    }
    let folder = try TemporaryFolder()
    #expect(try Self.suiteCharts(of: results, to: folder) == 4)
    #expect(try folder.text("suite/ranks.gp").contains("'50%% drop'"))
  }

  @Test func `what a former run drew in another format, or can no longer be drawn, goes`() throws {
    let folder = try TemporaryFolder()
    var results = Examples.repeated(Examples.saddleResult)
    #expect(try Self.suiteCharts(of: results, to: folder) == 4)
    try Report(suite: results).drawCharts(to: folder.path, format: .svg)
    #expect(folder.contents.contains("suite/ranks.svg"))
    #expect(!folder.contents.contains { $0.hasSuffix(".png") })
    results[4].scenario.optimizers = []
    results[4].runs = []
    #expect(try Self.suiteCharts(of: results, to: folder) == 0)
    #expect(folder.contents == ["suite"])
  }

  // MARK: Text of other scripts

  @Test func `characters of other scripts are drawn where a font has them`() throws {
    let folder = try TemporaryFolder()
    var result = Self.saddle(["loss"])
    result.scenario.title = "比較 \u{E000}"
    let results = [result]
    try Report(results: results).drawCharts(to: folder.path)
    let script = try folder.text("saddle/loss.gp")
    let fonts = Process()
    fonts.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    fonts.arguments = ["fc-list", ":charset=6bd4:outline=true:color=false", "family"]
    let output = Pipe()
    fonts.standardOutput = output
    try fonts.run()
    let isInstalled = !output.fileHandleForReading.readDataToEndOfFile().isEmpty
    fonts.waitUntilExit()
    #expect(script.contains(isInstalled ? "比較 □" : "□□ □"))
  }

  // MARK: Remains

  @Test func `remains of killed processes are removed, those of living ones and young ones stay`()
    throws
  {
    let folder = try TemporaryFolder()
    // No process has so large a number (proc(5): at most 2^22).
    let dead = 1 << 22 + 1
    let old = Date(timeIntervalSinceNow: -7200)
    for (name, date) in [
      (".loss.\(dead).abc123.tmp", old), (".loss.\(getpid()).abc123.tmp", old),
      (".loss.\(dead).def456.tmp", Date()), (".other", old),
    ] {
      try folder.write("half a picture", to: "saddle/\(name)/loss.png")
      try FileManager.default.setAttributes(
        [.modificationDate: date], ofItemAtPath: folder.file("saddle/\(name)"))
    }
    try Report(results: [Self.saddle(["loss"])]).drawCharts(to: folder.path)
    let left = Set(try FileManager.default.contentsOfDirectory(atPath: folder.file("saddle")))
    #expect(
      left == [
        ".loss.\(getpid()).abc123.tmp", ".loss.\(dead).def456.tmp", ".other", "loss.dat", "loss.gp",
        "loss.png",
      ])
  }

  @Test func `a gnuplot that hangs is ended and told as such`() throws {
    let folder = try TemporaryFolder()
    // It reads nothing either, and the script is more than a pipe holds.
    var program = Gnuplot(program: try folder.program("exec sleep 600"))
    program.timeLimit = 0.2
    let script = String(repeating: "# more than a pipe holds\n", count: 100_000)
    let begin = ContinuousClock.now
    #expect(
      throws: ReportError.gnuplotFailed(
        chart: "a/b",
        reason: "it was stopped after 0.2 s; set BENCH_GNUPLOT_SECONDS to allow more time")
    ) { try program.run(script, in: folder.path, chart: "a/b") }
    // The sleep is 600 s: anything below shows that it was not waited for.
    #expect(ContinuousClock.now - begin < .seconds(300))
  }
}
