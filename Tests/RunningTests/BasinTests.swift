import Optimizers
import Parameters
import Records
import Running
import Scenarios
import Synchronization
import Testing

/// Names of the rules that are handed their gradients; methods with a line search always take points one by one.
private let handedGradients: [String] = OptimizerCatalogue.all.compactMap { type in
  type.init().stepper(count: 1, as: Double.self).needsObjective ? nil : type.name
}

@Suite struct BasinTests {
  private func map(
    _ surface: String, _ optimizer: String, grid: Int = 12, steps: Int = 100, jobs: Int = 2
  ) throws -> BasinMap {
    let request = try BasinRequest(surface: surface, optimizer: optimizer)
    return try #require(
      BasinSearch(request.problem, entrant: request.entrant, steps: steps, grid: grid)
        .run(jobs: jobs, control: TrialControl()))
  }

  /// Gradient descent written out in NumPy: 12 × 12 starts, rate 0.01, the closest of the four minima within a hundredth of
  /// the diagonal, and the step after the last one outside.
  @Test func `gradient descent on Himmelblau ends where NumPy's does`() throws {
    let map = try map("himmelblau", "sgd: {learning_rate: 0.01}")
    let expected =
      String(repeating: "222222333333", count: 5) + "222221033333"
      + String(repeating: "111111000000", count: 6)
    var steps: [Int] = []
    let reached = map.outcomes.map { outcome in
      guard case .reached(let minimum, let count) = outcome else { return "-" }
      steps.append(count)
      return "\(minimum)"
    }
    #expect(reached.joined() == expected)
    #expect(steps.reduce(0, +) == 1051 && steps.max() == 31)
    #expect(steps.prefix(12) == [4, 4, 5, 5, 7, 9, 16, 14, 14, 14, 14, 16])
    // 37, 37, 35 and 35 starts.
    #expect(map.shares.map(\.minimum) == [0, 1, 2, 3])
  }

  /// A bound that no gradient meets keeps points apart, each with a state of its own.
  @Test(arguments: handedGradients)
  func `all starts at once go where each would go alone`(rule: String) throws {
    // Wrappers wrap a rule of their own default.
    let together = try map("himmelblau", rule, grid: 5, steps: 40)
    let alone = try map("himmelblau", "\(rule): {clip_value: 1.0e+300}", grid: 5, steps: 40)
    #expect(together.outcomes == alone.outcomes)
    #expect(together.minima == alone.minima)
  }

  /// Four gradients at one point are four times that gradient: rates, steps and the number of updates are those without them.
  @Test func `accumulated gradients make updates that schedules and steps count`() throws {
    let schedule = "schedule: {warm_up: {length: 10, start: 0}}"
    let plain = try map("himmelblau", "sgd: {learning_rate: 0.01, \(schedule)}", steps: 50)
    let grouped = try map(
      "himmelblau", "sgd: {learning_rate: 0.01, accumulate: 4, \(schedule)}", steps: 200)
    #expect(grouped.outcomes == plain.outcomes)
  }

  @Test func `a map that is cancelled inside a row is none`() throws {
    let request = try BasinRequest(
      surface: "himmelblau",
      optimizer:
        "lbfgs: {max_iterations: 1000000, max_evaluations: 100000000, learning_rate: 1.0e-9, change_tolerance: 0}"
    )
    let asked = Atomic(0)
    let control = TrialControl(isCancelled: { asked.add(1, ordering: .relaxed).newValue > 20 })
    let search = BasinSearch(request.problem, entrant: request.entrant, steps: 100, grid: 4)
    #expect(search.run(jobs: 2, control: control) == nil)
    #expect(asked.load(ordering: .relaxed) < 100)
  }

  @Test func `threads change nothing`() throws {
    let one = try map("rastrigin", "adam: {learning_rate: 0.05}", grid: 30, jobs: 1)
    #expect(try map("rastrigin", "adam: {learning_rate: 0.05}", grid: 30, jobs: 7) == one)
  }

  /// In each coordinate 2x + 20π sin 2πx = 0: eleven minima apiece in the domain, the first beside zero at 0.99495863765… (Newton's
  /// method in Python).
  @Test func `minima that the surface does not name are found`() throws {
    let map = try map("rastrigin", "sgd: {learning_rate: 0.001}", grid: 24)
    #expect(map.minima.count == 121 && map.minima.count(where: \.isDeclared) == 1)
    #expect(map.share(of: .elsewhere) == 0 && map.shares.count == 121)
    let neighbour = try #require(
      map.minima.first { abs($0.point.x - 1) < 0.1 && abs($0.point.y) < 0.1 })
    #expect(abs(neighbour.point.x - 0.9949586376523348) < 1e-8 && abs(neighbour.point.y) < 1e-8)
    // Of second order in that, times half the curvature of 400.
    #expect(abs(neighbour.value - 0.9949590570932916) < 1e-12)
  }

  @Test func `saddles and valley floors are no minima`() throws {
    let saddle = try map("saddle", "sgd", steps: 20)
    #expect(saddle.minima.isEmpty && saddle.share(of: .elsewhere) == 1)
    let valley = try map(
      "{surface: {expression: \"(x-y)^2\"}, domain: [[-1, 1], [-1, 1]]}",
      "sgd: {learning_rate: 0.1}")
    #expect(valley.minima.isEmpty && valley.share(of: .elsewhere) == 1)
  }

  @Test func `starts that leave the finite numbers are reported from those on their way`() throws {
    let map = try map("himmelblau", "sgd: {learning_rate: 1}", steps: 30)
    #expect(map.share(of: .diverged) == 1 && map.shares.isEmpty)
  }

  @Test func `a line search that diverges stays diverged`() throws {
    let map = try map("saddle", "lbfgs", grid: 4, steps: 2000)
    #expect(map.share(of: .diverged) + map.share(of: .elsewhere) == 1)
  }

  @Test func `a cancelled search leaves nothing`() throws {
    let request = try BasinRequest(surface: "sphere", optimizer: "sgd")
    let search = BasinSearch(request.problem, entrant: request.entrant, steps: 10, grid: 10)
    #expect(search.run(jobs: 2, control: TrialControl(isCancelled: { true })) == nil)
  }

  @Test(arguments: [
    ("himelblau", "adam", "surface 'himelblau': unknown surface"),
    ("himmelblau", "adm", "optimizer 'adm': unknown optimizer 'adm' (did you mean 'adam'?)"),
    ("himmelblau", "adam: {rate: 1}", "optimizer 'adam: {rate: 1}': unknown key 'rate'"),
    ("quadratic_deep", "sgd", "'quadratic_deep' has 100 coordinates"),
    ("{series: seattle-daily-temperature, betas: [0.9]}", "sgd", "basins are those of a surface"),
    ("sphere", "sgd, adam", "one optimizer per map"), ("sphere\n", "sgd", "one line, please"),
  ])
  func `what is no surface or no optimizer is reported`(
    surface: String, optimizer: String, message: String
  ) {
    let error = #expect(throws: ScenarioError.self) {
      try BasinRequest(surface: surface, optimizer: optimizer)
    }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }
}
