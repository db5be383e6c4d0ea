import Foundation
import Records
import Reporting
import TestSupport
import Testing

/// Where things are on the page, in a browser.
@Suite struct PageDrawingTests {
  @Test(.needsBrowser)
  func `tables of results have all their columns in a window of 1400 pixels`() throws {
    let visit = try Browser(folder: try TemporaryFolder()).visit(
      try PageTests.page(Examples.all),
      script: """
        const results = [...document.querySelectorAll("section.scenario .table")]
          .filter((one) => one.querySelector("caption").textContent.includes("end of each run"));
        return results.length + " " + results.filter((one) => one.scrollWidth > one.clientWidth + 1).length;
        """, width: 1400)
    #expect(visit.answer == "4 0" && visit.complaints == [])
  }

  /// Of three runs one diverges after step 4, while the others go on to 10⁻²⁰.
  @Test(.needsBrowser)
  func `a run that diverged has its cross on the line at that step`() throws {
    var result = Examples.saddleResult
    let label = result.scenario.optimizers[0].label
    result.scenario.optimizers = [result.scenario.optimizers[0]]
    result.runs = (0..<3).map { seed in
      var run = result.runs[0]
      let last = seed == 2 ? 4 : 20
      run.seed = seed
      run.trial.key = "\(label)-\(seed)"
      run.trial.curves = [
        Curve(
          metric: .loss, steps: Array(0...last), epochs: nil,
          values: (0...last).map { seed == 2 && $0 == 4 ? .nan : pow(10, -Double($0)) })
      ]
      if seed == 2 { run.trial.status = .diverged(step: 4) }
      return run
    }
    result.scenario.trials = result.runs.map {
      TrialReference(optimizer: label, seed: $0.seed, key: $0.trial.key)
    }
    let visit = try Browser(folder: try TemporaryFolder()).visit(
      try PageTests.page([result]),
      script: """
        const sets = Chart.getChart(document.querySelector(".curves .plot canvas")).data.datasets;
        const cross = sets.find((set) => set.isCross).data;
        const there = sets.find((set) => set.style).data.find((point) => point.step === 4);
        return [cross.length, cross[0].x, Math.abs(cross[0].y / there.y - 1) < 1e-9, there.y > 1e-7].join(" ");
        """)
    #expect(visit.answer == "1 4 true true" && visit.complaints == [])
  }
}
