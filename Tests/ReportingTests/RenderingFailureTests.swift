import Foundation
import Records
import Reporting
import TestSupport
import Testing

/// gnuplot in all the ways in which it fails: each is an error with its reason, and no picture.
struct RenderingFailureTests {
  private static var oneChart: ScenarioResult {
    var result = Examples.saddleResult
    result.scenario.charts = ["loss"]
    return result
  }

  /// What drawing one chart with `program` throws; checks that nothing is left of it.
  private func failure(_ program: String, _ result: ScenarioResult = oneChart) throws
    -> ReportError?
  {
    let folder = try TemporaryFolder()
    do {
      try Report(results: [result]).drawCharts(to: folder.path, gnuplot: program)
      return nil
    } catch let error as ReportError {
      #expect(folder.contents.filter { $0.contains(".") } == [])
      return error
    }
  }

  @Test(arguments: ["/nowhere/gnuplot", "no-such-program-as-this", "/etc/passwd", "/etc/passwd/x"])
  func `a program that is not there is named with what installs it`(program: String) throws {
    let error = try #require(try failure(program, Examples.networkResult()))
    guard case .gnuplotUnavailable(program, _) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(error.description.contains("apt-get install gnuplot-nox"))
  }

  @Test(arguments: [
    ("echo 'line 3: no such thing' >&2; exit 1", "exit status 1: line 3: no such thing"),
    ("cat >/dev/null; kill -9 $$", "killed by signal 9 (Killed)"),
    ("kill -15 $$", "killed by signal 15 (Terminated)"),
    ("cat >/dev/null", "no picture was written"),
    ("exit 0", "no picture was written"),
    ("cat >/dev/null; : >loss.png", "the picture is empty"),
    ("cat >/dev/null; echo 'this is no picture' >loss.png", "the picture is not a PNG file"),
    ("gnuplot -d; head -c 20000 loss.png >half; mv half loss.png", "the picture is incomplete"),
    (
      "gnuplot -d -e \"set terminal pngcairo size 300,200; set output 'loss.png'; plot x\"; cat >/dev/null",
      "the picture measures 300×200 instead of 1600×1000"
    ),
    (
      "gnuplot -d -e \"set terminal pngcairo size 1600,1000; set output 'loss.png'; "
        + "set multiplot; unset multiplot\"; cat >/dev/null", "the picture is blank"
    ),
  ])
  func `a gnuplot that goes wrong is reported with its reason`(script: String, reason: String)
    throws
  {
    let folder = try TemporaryFolder()
    let error = try failure(try folder.program(script))
    guard case .gnuplotFailed("saddle/loss", let found)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    // Whether `exit 0` comes before or after the script fits into the pipe is a race.
    let expected = script == "exit 0" && found.contains("stopped reading") ? found : reason
    #expect(found == expected)
  }

  @Test func `a picture that outgrows what may be written is reported`() throws {
    // SIGXFSZ stands in for a full disk; a limit is a number of 512-byte blocks.
    let folder = try TemporaryFolder()
    let error = try failure(try folder.program("ulimit -f 8; exec gnuplot -d"))
    guard case .gnuplotFailed? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func `a program that stops reading does not kill this process`() throws {
    let folder = try TemporaryFolder()
    let program = Gnuplot(program: try folder.program("exec 0<&-; sleep 0.2"))
    let script = String(repeating: "# more than a pipe holds\n", count: 100_000)
    #expect(
      throws: ReportError.gnuplotFailed(
        chart: "a/b", reason: "it stopped reading before the end of the script")
    ) { try program.run(script, in: folder.path, chart: "a/b") }
  }

  @Test func `an error in a script is reported in gnuplot's words and not with the script`() throws
  {
    let folder = try TemporaryFolder()
    let script = "plot " + String(repeating: "x, ", count: 2_000) + "nonsense(x)\n"
    do {
      try Gnuplot.standard.run(script, in: folder.path, chart: "a/b")
      Issue.record("nothing was thrown")
    } catch {
      let text = "\(error)"
      #expect(text.contains("undefined function: nonsense") && text.utf8.count < 200)
    }
  }

  @Test func `one bad chart leaves the others alone`() throws {
    let folder = try TemporaryFolder()
    var result = Examples.saddleResult
    result.scenario.charts = ["loss", "test_accuracy", "nonsense"]
    let error = #expect(throws: ReportError.self) {
      try Report(results: [result]).drawCharts(to: folder.path)
    }
    guard case .several(let errors)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(
      errors[0]
        == .cannotDraw(
          chart: "saddle/test_accuracy",
          reason: "no run of the scenario has recorded test_accuracy by epoch"))
    #expect(errors[1].description.contains("unknown chart (available: trajectory, "))
    #expect(folder.contents.contains("saddle/loss.png"))
  }

  @Test func `a file in place of the charts' folder is named`() throws {
    let folder = try TemporaryFolder()
    try "".write(toFile: folder.path + "/charts", atomically: true, encoding: .utf8)
    #expect(
      throws: ReportError.cannotWrite(
        path: folder.path + "/charts/saddle", reason: "Not a directory")
    ) { try Report(results: [Self.oneChart]).drawCharts(to: folder.path + "/charts") }
  }

  @Test func `a failing gnuplot leaves the picture of before`() throws {
    let folder = try TemporaryFolder()
    try Report(results: [Self.oneChart]).drawCharts(to: folder.path)
    let before = folder.contents
    let elsewhere = try TemporaryFolder()
    let program = try elsewhere.program("exit 3")
    // With the same numbers there would be nothing to draw.
    var other = Self.oneChart
    other.runs.removeLast()
    #expect(throws: ReportError.gnuplotFailed(chart: "saddle/loss", reason: "exit status 3")) {
      try Report(results: [other]).drawCharts(to: folder.path, gnuplot: program)
    }
    #expect(folder.contents == before)
  }

  @Test(arguments: ["../up", "a/b", "", ".hidden"])
  func `a scenario cannot have its charts written elsewhere`(name: String) throws {
    var result = Self.oneChart
    result.scenario.name = name
    guard case .cannotDraw? = try failure("gnuplot", result) else {
      Issue.record("it was drawn")
      return
    }
  }
}
