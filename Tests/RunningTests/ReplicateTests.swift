import Foundation
import Records
import Running
import ScenarioTestSupport
import Scenarios
import Surfaces
import TestSupport
import Testing

private final class Silence: EngineObserver {
  func began(_ trials: [Trial], reused: Int) {}
  func progressed(_ index: Int, share: Double) {}
  func finished(_ index: Int, _ trial: Trial, _ record: TrialRecord) {}
  func ended() {}
}

/// Random starts and instances, from the file to the trials.
@Suite struct ReplicateTests {
  private let desk: ScenarioDesk

  init() throws { desk = try ScenarioDesk() }

  private func text(
    _ replicates: String, problem: String = "{surface: himmelblau}", steps: Int = 5
  ) -> String {
    """
    title: Replicates
    problem: \(problem)
    budget: {steps: \(steps)}
    \(replicates)
    optimizers: [sgd: {learning_rate: 0.01}, adam]
    """
  }

  private func plan(_ text: String, masterSeed: UInt64 = 1) throws -> Plan {
    try Plan(scenarios: [desk.read(text)], masterSeed: masterSeed, datasetDirectory: nil)
  }

  private func surface(_ trial: Trial) throws -> SurfaceProblem {
    guard case .surface(let problem) = trial.problem else {
      throw ScenarioError.notFound("no surface")
    }
    return problem
  }

  private func starts(_ plan: Plan, of optimizer: String = "sgd") throws -> [[Double]] {
    try plan.trials.filter { $0.entrant.label == optimizer }.map { try surface($0).start }
  }

  @Test func `starts in the domain differ by seed and are the same for every optimizer`() throws {
    let plan = try plan(text("starts: {count: 200, region: domain}"))
    let starts = try starts(plan)
    #expect(try starts == self.starts(plan, of: "adam"))
    #expect(Set(starts).count == 200)
    let domain = Himmelblau().domain
    #expect(starts.allSatisfy { domain.x.contains($0[0]) && domain.y.contains($0[1]) })
    // Uniform on an interval of width 10: the means are within 5 standard errors, 10/√12/√200.
    for axis in 0..<2 {
      let mean = starts.reduce(0) { $0 + $1[axis] } / 200
      #expect(abs(mean) < 5 * 10 / (12.0 * 200).squareRoot())
    }
    let other = try self.plan(text("starts: {count: 200, region: domain}"), masterSeed: 2)
    #expect(try Set(self.starts(other)).isDisjoint(with: starts))
  }

  @Test func `more starts keep the first ones, so that their trials are found again`() throws {
    let few = try plan(text("starts: {count: 3, region: domain}"))
    let many = try plan(text("starts: {count: 9, region: domain}"))
    #expect(Set(few.trials.map(\.key)).isSubset(of: many.trials.map(\.key)))
  }

  @Test func `starts around a point have its mean and the deviation`() throws {
    let plan = try plan(
      text(
        "starts: {count: 400, region: around, deviation: 0.5}",
        problem: "{surface: sphere, dimension: 3, start: [1, -2, 7]}"))
    let starts = try starts(plan)
    for (axis, center) in [1.0, -2, 7].enumerated() {
      let offsets = starts.map { $0[axis] - center }
      let mean = offsets.reduce(0, +) / 400
      let variance = offsets.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 399
      // Five standard errors of a mean, 0.5/√400, and of a variance, 0.25·√(2/399).
      #expect(
        abs(mean) < 5 * 0.5 / 20 && abs(variance - 0.25) < 5 * 0.25 * (2.0 / 399).squareRoot())
    }
  }

  @Test func `a trial from a random start is that of the same start in a scenario's file`() throws {
    let random = try plan(text("starts: {count: 1, region: domain}"))
    let start = try starts(random)[0].map(\.description).joined(separator: ", ")
    let fixed = try plan(text("", problem: "{surface: himmelblau, start: [\(start)]}"))
    #expect(random.trials.map(\.key) == fixed.trials.map(\.key))
  }

  @Test(arguments: [
    ("instances: {rotate: true}", "instances: {rotate: true, shift: 0.1}"),
    ("instances: {shift: 0.2}", "instances: {shift: 0.1}"), ("", "instances: {shift: 0.1}"),
    ("", "instances: {rotate: true}"),
  ])
  func `instances are part of a key`(one: String, other: String) throws {
    let keys = try [one, other].map { Set(try plan(text($0)).trials.map(\.key)) }
    #expect(keys[0].isDisjoint(with: keys[1]))
  }

  @Test func `a draw without a finite loss is drawn again, from the same stream for all`() throws {
    let problem =
      "{surface: {expression: x - log(x) + y^2}, start: [2, 1], domain: [[-9, 1], [-1, 1]]}"
    let plan = try plan(text("starts: {count: 50, region: domain}", problem: problem))
    #expect(try starts(plan).allSatisfy { $0[0] > 0 && $0[0] <= 1 })
    #expect(try starts(plan) == starts(plan, of: "adam"))
  }

  @Test func `seeds that no draw saves are refused before anything runs, with the value`() throws {
    let problem =
      "{surface: {expression: log(x) + y^2}, start: [2, 1], domain: [[-9, -1], [-1, 1]]}"
    let text = text("starts: {count: 2, region: domain}", problem: problem)
    let error = #expect(throws: ScenarioError.self) { try plan(text) }
    let words = error?.description ?? ""
    #expect(words.contains("seed 0: the loss at the start is not finite: "))
    #expect(words.contains("in each of 1000 draws"))
    #expect(words.split(separator: "\n").count == 2)
  }

  @Test func `a shift that moves the surface's edge over the start is refused`() throws {
    let problem = "{surface: {expression: log(x) + y^2}, start: [0.001, 1]}"
    let text = text("seeds: 30\ninstances: {shift: 0.5}", problem: problem)
    let error = #expect(throws: ScenarioError.self) { try plan(text) }
    #expect(error?.description.contains("the loss at the start is not finite: nan") == true)
  }

  @Test func `runs on rotated surfaces differ only for methods that look at coordinates`() throws {
    let plan = try plan(
      text(
        "seeds: 4\ninstances: {rotate: true}", problem: "{surface: rosenbrock, start: [0.5, 1]}",
        steps: 50))
    let store = try Store(creatingAt: desk.folder.file("store.sqlite"))
    _ = try Engine(
      plan: plan, store: store, jobs: 1, cancellation: CancellationFlag(), observer: Silence()
    ).run(fresh: false)
    func finals(_ label: String) throws -> [Double] {
      try plan.trials.filter { $0.entrant.label == label }.compactMap {
        try store.trial($0.key)?.curve(.loss)?.values.last
      }
    }
    let (descent, adam) = (try finals("sgd"), try finals("adam"))
    #expect(descent.count == 4 && adam.count == 4)
    // Rotation commutes with gradient descent; fifty steps amplify rounding by less than 10⁴.
    #expect(descent.allSatisfy { abs($0 - descent[0]) <= 1e-11 * descent[0] })
    #expect(Set(adam).count == 4 && adam.max()! > 1.01 * adam.min()!)
  }

  @Test func `records say what differs, and the picture holds the drawn starts`() throws {
    let plan = try plan(
      text(
        "starts: {count: 9, region: around, deviation: 6}",
        problem: "{surface: himmelblau, start: [4, 4]}"))
    let record = plan.records[0]
    guard case .surface(let surface) = record.problem else {
      Issue.record("no surface")
      return
    }
    #expect(surface.hasRandomStarts && !surface.hasInstances && record.drawnSeeds == 5)
    let fields = record.problem.compared.fields
    #expect(fields["starts.region"] == .text("around") && fields["starts.deviation"] == .number(6))
    #expect(fields["starts.count"] == nil)
    let landscape = try #require(record.landscape)
    for start in try starts(plan).prefix(5) {
      #expect(landscape.x.lower <= start[0] && start[0] <= landscape.x.upper)
      #expect(landscape.y.lower <= start[1] && start[1] <= landscape.y.upper)
    }
  }

  @Test func `the landscape of instances is that of the first seed`() throws {
    let plan = try plan(text("seeds: 3\ninstances: {shift: 1}"))
    let landscape = try #require(plan.records[0].landscape)
    let moved = try #require(try surface(plan.trials[0]).instance)
    #expect(landscape.landmarks.map(\.point.x) == moved.criticalPoints.map { $0.point[0] })
    #expect(landscape.landmarks.first?.point.x != 3 && plan.records[0].drawnSeeds == 1)
  }

  @Test func `a problem without replicates leaves no trace in its record or key`() throws {
    let plan = try plan(text(""))
    #expect(plan.records[0].problem.compared.fields.keys.sorted() == ["start", "surface"])
    #expect(plan.trials.allSatisfy { !$0.configuration.json.contains("instance") })
    #expect(plan.trials.allSatisfy { !$0.configuration.json.contains("starts") })
  }
}
