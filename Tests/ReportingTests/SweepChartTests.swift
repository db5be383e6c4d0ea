import FoundationEssentials
import Records
import Reporting
import TestSupport
import Testing

@Suite struct SweepChartTests {
  /// A variant's place, accuracies of its seeds (`nil` is a divergence), and the epoch at which each reaches the target.
  private struct Entry {
    var label: String
    var optimizer = "sgd"
    var values: [String: Setting]
    var rate = 0.1
    var accuracies: [Double?]
    var stepsPerEpoch = 10
    var labelParts: [Participant.Variant.LabelPart]?
  }

  private static func result(_ entries: [Entry]) -> ScenarioResult {
    let runs = entries.flatMap { entry in
      entry.accuracies.enumerated().map { seed, accuracy in
        ScenarioResult.Run(
          optimizer: entry.label, seed: seed,
          trial: TrialRecord(
            key: "\(entry.label)\(seed)", configuration: "",
            status: accuracy == nil ? .diverged(step: 3) : .finished,
            steps: 2 * entry.stepsPerEpoch, epochs: 2, lossEvaluations: 0, gradientEvaluations: 0,
            parameters: 1, stateBytes: 0, wallSeconds: 0,
            curves: [
              Curve(
                metric: .testAccuracy,
                steps: [0, entry.stepsPerEpoch, 2 * entry.stepsPerEpoch], epochs: [0, 1, 2],
                values: [0.1, 0.5, accuracy ?? .nan])
            ], trajectory: nil))
      }
    }
    return ScenarioResult(
      scenario: ScenarioRecord(
        name: "sweep", title: "Sweep", problem: .legacy("p"), budget: .epochs(2), kind: .network,
        rankedBy: .testAccuracy, target: Target(metric: .testAccuracy, value: 0.8),
        optimizers: entries.map { entry in
          Participant(
            label: entry.label, rule: entry.optimizer,
            hyperparameters: ["learning_rate": .number(entry.rate)],
            variant: .init(
              label: entry.label, optimizer: entry.optimizer, changes: entry.values,
              values: entry.values, labelParts: entry.labelParts))
        },
        trials: runs.map { .init(optimizer: $0.optimizer, seed: $0.seed, key: $0.trial.key) },
        charts: ["sweep"]), runs: runs)
  }

  private static func batch(_ size: Setting) -> [String: Setting] {
    ["problem.network.batch_size": size]
  }

  @Test func `batch sizes stand by size, the whole set beside them, what failed in the strip`()
    throws
  {
    let folder = try TemporaryFolder()
    let results = [
      Self.result([
        Entry(
          label: "ten", values: Self.batch(.number(10)), rate: 0.5, accuracies: [0.9, 0.8, 0.85],
          stepsPerEpoch: 20),
        Entry(
          label: "one", values: Self.batch(.number(1)), rate: 0.5, accuracies: [0.7, 0.9, 0.95],
          stepsPerEpoch: 200),
        Entry(
          label: "hundred", values: Self.batch(.number(100)), rate: 0.1,
          accuracies: [nil, nil, 0.9], stepsPerEpoch: 2),
        Entry(
          label: "all", values: Self.batch(.text("full")), rate: 1, accuracies: [0.6, 0.7, 0.8],
          stepsPerEpoch: 1),
      ])
    ]
    try Report(results: results).drawCharts(to: folder.path)
    let data = try folder.text("sweep/sweep.dat")
    // Median and type 7 quartiles in per cent; log10 of the size, and `full` 1.3 gaps to the right.
    #expect(
      data.contains(
        """
        # test accuracy (%), sgd: log10_of_batch_size median lower_quartile upper_quartile
        0 90 80 92.5
        1 85 82.5 87.5

        3.3 70 65 75

        """))
    #expect(
      data.contains("# test accuracy (%), sgd: ≥ half diverged: batch_size height\n2 0.05\n")
    )
    // Two of three seeds of the single samples get there in the second epoch, and so after 400 steps.
    #expect(
      data.contains(
        "# steps to target, sgd: log10_of_batch_size median lower_quartile upper_quartile\n0 400 400 400\n1 40 40 40\n"
      ))
    #expect(
      data.contains(
        "# epochs to target, sgd: log10_of_batch_size median lower_quartile upper_quartile\n0 2 2 2\n"
      ))
    #expect(
      data.contains(
        "# epochs to target, sgd: ≤ half reached: batch_size height\n2 0.95\n3.3 0.95\n"))
    let script = try folder.text("sweep/sweep.gp")
    #expect(script.contains("set xtics ('1' 0, '10' 1, '100' 2, 'full' 3.3)"))
    #expect(script.contains("effect of the batch size"))
    // 40 to 400 steps, with room above for what failed, which has no numbers.
    #expect(script.contains("set ylabel 'steps to target (log)'"))
    let tics = try #require(
      script.components(separatedBy: "set ylabel 'steps to target (log)'").last?
        .firstMatch(of: #/set ytics \((.*)\)/#)?.1)
    #expect(tics.contains("'50' ") && tics.contains("'400' ") && !tics.contains("'500' "))
    // Two values of a line are no trend.
    #expect(script.contains("lw 3 dt (1,3) pt"))
    #expect(folder.contents.contains("sweep/sweep.png"))
  }

  @Test func `where two keys are combined each other setting has a line`() throws {
    let folder = try TemporaryFolder()
    let entries = [0.1, 0.2, 0.3].flatMap { rate in
      ["plain", "learning_rate · norm"].map { layers in
        Entry(
          label: "learning_rate \(rate) · \(layers)",
          values: [
            "optimizers.learning_rate": .number(rate), "problem.network.layers": .text(layers),
          ], rate: rate, accuracies: [0.9],
          // A label may hold the separator, and begin with the name of the swept key.
          labelParts: [
            .init(key: "optimizers.sgd.learning_rate", text: "learning_rate \(rate)"),
            .init(key: "problem.network.layers", text: layers),
          ])
      }
    }
    let results = [Self.result(entries)]
    try Report(results: results).drawCharts(to: folder.path)
    let data = try folder.text("sweep/sweep.dat")
    #expect(data.contains("# test accuracy (%), learning_rate · norm: learning_rate median"))
    #expect(
      data.contains(
        "# test accuracy (%), plain: learning_rate median lower_quartile upper_quartile\n0.1 90 90 90\n0.2 90 90 90\n0.3 90 90 90\n"
      ))
    // Every epoch has as many steps, so that epochs would say nothing more.
    #expect(!data.contains("epochs to target"))
    // A line looks like its first variant in the other charts.
    let script = try folder.text("sweep/sweep.gp")
    let styles = Palette.styles(of: results[0].scenario.optimizers)
    for layers in ["plain", "learning_rate · norm"] {
      let style = try #require(styles["learning_rate 0.1 · \(layers)"])
      #expect(
        script.contains(
          "lc '\(style.color)' lw 3 dt \(style.dash) pt \(style.marker) ps 1.8 title '\(layers)'"))
    }
  }

  /// Two lines by three rates: at 0.3 one fails completely, the other in two of three runs.
  @Test func `marks of failed lines are side by side, and the strip says how many failed`() throws {
    func entries(_ failing: [String: [Double?]]) -> [Entry] {
      [0.1, 0.2, 0.3].flatMap { rate in
        ["plain", "norm"].map { layers in
          Entry(
            label: "\(layers) \(rate)",
            values: [
              "optimizers.learning_rate": .number(rate), "problem.network.layers": .text(layers),
            ], rate: rate,
            accuracies: rate < 0.3 ? [0.9, 0.91, 0.92] : failing[layers] ?? [])
        }
      }
    }
    func drawn(_ failing: [String: [Double?]]) throws -> (script: String, marks: [Double]) {
      let folder = try TemporaryFolder()
      try Report(results: [Self.result(entries(failing))]).drawCharts(to: folder.path)
      let marks = try folder.text("sweep/sweep.dat").components(separatedBy: "\n\n\n")
        .filter { $0.contains("learning_rate height") && $0.contains("# test accuracy") }
        .compactMap { $0.split(separator: "\n").last?.split(separator: " ").first }
        .compactMap { Double($0) }
      return (try folder.text("sweep/sweep.gp"), marks)
    }
    let some = try drawn(["plain": [nil, nil, nil], "norm": [nil, nil, 0.9]])
    #expect(some.script.contains("set label 9 '≥ half diverged'"))
    #expect(some.script.contains("set label 9 '≤ half reached'"))
    // 22 of the plot's 1010 pixels; the axis is at least 0.22 wide.
    #expect(some.marks.count == 2 && abs(some.marks[0] - some.marks[1]) > 0.22 * 22 / 1010)
    #expect(abs((some.marks[0] + some.marks[1]) / 2 - 0.3) < 1e-6)
    let all = try drawn(["plain": [nil, nil, nil], "norm": [nil, nil, nil]])
    #expect(all.script.contains("set label 9 'diverged'"))
    #expect(all.script.contains("set label 9 'not reached'"))
  }

  @Test func `one bad setting does not flatten the others`() throws {
    let folder = try TemporaryFolder()
    let entries = (1...12).map { index -> Entry in
      // Eleven from 90 to 91 per cent, of which one has a quartile at 60, and one at 20.
      let plain = 0.9 + 0.001 * Double(index)
      var accuracies: [Double?] = [plain, plain, plain]
      if index == 6 { accuracies = [0.3, 0.9, 0.91] }
      if index == 12 { accuracies = [0.2, 0.2, 0.2] }
      return Entry(
        label: "\(index)", values: Self.batch(.number(Double(index))), accuracies: accuracies)
    }
    try Report(results: [Self.result(entries)]).drawCharts(to: folder.path)
    let script = try folder.text("sweep/sweep.gp")
    let lower = try #require(script.firstMatch(of: #/set yrange \[([^:]+):/#)?.1)
    #expect(try #require(Double(lower)) > 85, "\(lower)")
    #expect(script.contains("'↓ 20' at first"))
    #expect(script.contains("arrows: values outside the plot; bars are cut at the edge"))
    // The data are as they are.
    let data = try folder.text("sweep/sweep.dat")
    #expect(data.contains(" 20 20 20\n") && data.contains(" 90 60 90.5\n"), "\(data)")
  }

  @Test func `per cent signs, quotes and macros in values are shown and never run`() throws {
    let folder = try TemporaryFolder()
    let texts = ["50%d", "'; system('touch broken'); '", "`touch broken`", "@x"]
    let results = [
      Self.result(
        [1.0, 10].map { Entry(label: "\($0)", values: Self.batch(.number($0)), accuracies: [0.9]) }
          + texts.map { Entry(label: $0, values: Self.batch(.text($0)), accuracies: [0.9]) })
    ]
    try Report(results: results).drawCharts(to: folder.path)
    #expect(try folder.text("sweep/sweep.gp").contains("'50%%d'"))
    #expect(!folder.contents.contains { $0.contains("broken") })
  }

  @Test func `variants without two numbers of a key have no such chart`() throws {
    let folder = try TemporaryFolder()
    let results = [
      Self.result([
        Entry(label: "a", values: Self.batch(.number(10)), accuracies: [0.9]),
        Entry(label: "b", values: Self.batch(.text("full")), accuracies: [0.9]),
      ])
    ]
    #expect(
      throws: ReportError.cannotDraw(
        chart: "sweep/sweep",
        reason: "no setting takes two or more numbers in its variants")
    ) { try Report(results: results).drawCharts(to: folder.path) }
  }
}
