import Records
import Reporting
import TestSupport
import Testing

/// Whatever finite or other numbers a store holds, every chart is drawn or left out with a reason, and page and tables are written.
@Suite struct ExtremeNumberTests {
  /// What becomes of the i-th number of a list.
  enum Change: String, CaseIterable {
    case zero, one, largest, leastOfAll, opposite, subnormal, subnormalSteps, missing, infinite
    case nearlyConstant, alternating, farFromZero, powers, lastIsHuge, allNegative

    func callAsFunction(_ number: Double, at index: Int) -> Double {
      switch self {
      case .zero: 0
      case .one: 1
      case .largest: 1e308
      case .leastOfAll: -1e308
      case .opposite: index.isMultiple(of: 2) ? 1.7e308 : -1.7e308
      case .subnormal: .leastNonzeroMagnitude
      case .subnormalSteps: Double(index) * .leastNonzeroMagnitude
      case .nearlyConstant: 1e34 * (1 + Double(index % 7) * 0x1p-52)
      case .missing: .nan
      case .infinite: .infinity
      case .alternating: index.isMultiple(of: 3) ? .nan : index.isMultiple(of: 2) ? 1e-300 : 1e300
      case .farFromZero: 1e16 + number
      case .powers: [1e-308, 1e-40, 1, 1e38, 1e150][index % 5]
      case .lastIsHuge: number * 1e307
      case .allNegative: -abs(number) - 1e-12
      }
    }
  }

  private static func changed(_ numbers: [Double], _ change: Change) -> [Double] {
    numbers.enumerated().map { change($1, at: $0) }
  }

  private static func changed(_ result: ScenarioResult, _ change: Change) -> ScenarioResult {
    var result = result
    for index in result.runs.indices {
      var trial = result.runs[index].trial
      trial.curves = trial.curves.map {
        Curve(
          metric: $0.metric, layer: $0.layer, steps: $0.steps, epochs: $0.epochs,
          values: changed($0.values, change))
      }
      trial.trajectory = trial.trajectory.map {
        Trajectory(
          steps: $0.steps, x: changed($0.x, change), y: changed($0.y, change),
          loss: changed($0.loss, change))
      }
      result.runs[index].trial = trial
    }
    return result
  }

  /// Draws with gnuplot; what is left out may only be so for want of results.
  private func draw(_ result: ScenarioResult, _ comment: String) throws {
    let folder = try TemporaryFolder()
    let report = Report(results: [result])
    do {
      try report.drawCharts(to: folder.path)
    } catch let error as ReportError {
      #expect(error.isForWantOfResults, "\(comment): \(error)")
      #expect(!"\(error)".contains("line "), "\(comment): \(error)")
    }
    try report.writePage(to: folder.file("report.html"), charts: "charts", facts: [])
  }

  @Test(arguments: Change.allCases)
  func `runs of any numbers are drawn or left out`(change: Change) throws {
    var surface = Examples.saddleResult
    surface.scenario.charts = ["trajectory", "loss", "panels", "relief", "targets"]
    surface.runs = surface.runs.filter { ["sgd", "adam"].contains($0.optimizer) }
    surface.scenario.optimizers = surface.scenario.optimizers.filter {
      ["sgd", "adam"].contains($0.label)
    }
    try draw(Self.changed(surface, change), "\(change)")
    try draw(Self.changed(Examples.networkResult(epochs: 2, seeds: 2), change), "\(change)")
  }

  /// Landscapes as stores of any age hold them.
  @Test(arguments: Change.allCases)
  func `a surface of any values is drawn or left out`(change: Change) throws {
    var result = Examples.saddleResult
    result.scenario.charts = ["trajectory", "panels", "relief", "race"]
    result.runs = Array(result.runs.prefix(2))
    result.scenario.optimizers = Array(result.scenario.optimizers.prefix(2))
    let values = try #require(result.scenario.landscape?.values)
    result.scenario.landscape?.values = Self.changed(values, change)
    try draw(result, "\(change)")
  }

  private static let extents: [(Double, Double)] = [
    (-1e308, 1e308), (-1e100, 1e100), (0, 1e55), (1e16, 1e16 + 4),
    (0, 2024 * Double.leastNonzeroMagnitude), (1e-300, 2e-300),
    (-Double.leastNonzeroMagnitude, Double.leastNonzeroMagnitude), (-1e37, 1e37), (3, 3 + 1e-5),
  ]

  @Test(arguments: extents)
  func `a picture of any extent is drawn or left out`(lower: Double, upper: Double) throws {
    for isTall in [false, true] {
      let wide = Landscape.Axis(lower: lower, upper: upper, count: 21)
      let usual = Landscape.Axis(lower: -2, upper: 2, count: 21)
      var result = Examples.saddleResult
      result.scenario.charts = ["trajectory", "panels", "relief"]
      result.runs = Array(result.runs.prefix(2))
      result.scenario.optimizers = Array(result.scenario.optimizers.prefix(2))
      result.scenario.landscape = Examples.landscape(
        Examples.saddle, x: isTall ? usual : wide, y: isTall ? wide : usual, start: (lower, 1),
        landmark: .saddle, at: (0, 0))
      try draw(result, "\(lower)…\(upper)")
    }
  }

  @Test func `what is left out is explained in words of the results`() throws {
    var result = Examples.saddleResult
    result.scenario.charts = ["trajectory"]
    func reason() throws -> String {
      let folder = try TemporaryFolder()
      let error = #expect(throws: ReportError.self) {
        try Report(results: [result]).drawCharts(to: folder.path)
      }
      return error.map { "\($0)" } ?? ""
    }
    let count = try #require(result.scenario.landscape?.values.count)
    result.scenario.landscape?.values = Array(repeating: .nan, count: count)
    #expect(try reason().contains("the surface has no finite value in the picture"))
    result = Examples.saddleResult
    result.scenario.charts = ["trajectory"]
    result.scenario.landscape?.x.upper = 1e50
    #expect(try reason().contains("x from -2 to 1e+50 is too wide for a picture"))
    result.scenario.landscape?.x.lower = 0.9999e6
    result.scenario.landscape?.x.upper = 1e6
    result.scenario.landscape?.x.lower = 1e6 - 1
    #expect(try reason().contains("is too narrow for a picture"))
  }
}
