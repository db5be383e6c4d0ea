import Records
import ScenarioTestSupport
import Scenarios
import TestSupport
import Testing

@Suite struct ReplicateReadingTests {
  private let desk: ScenarioDesk

  init() throws { desk = try ScenarioDesk() }

  private func text(_ replicates: String, problem: String = "{surface: himmelblau}") -> String {
    """
    title: Replicates
    problem: \(problem)
    budget: {steps: 10}
    \(replicates)
    optimizers: [sgd]
    """
  }

  private func surface(_ scenario: Scenario) throws -> SurfaceProblem {
    guard case .surface(let problem) = scenario.problem else {
      throw ScenarioError.notFound("no surface")
    }
    return problem
  }

  @Test func `the number of starts is the number of seeds`() throws {
    let scenario = try desk.read(text("starts: {count: 20, region: domain}"))
    #expect(scenario.seeds == 20 && scenario.isRandom)
    let around = try desk.read(text("starts: {count: 3, region: around, deviation: 0.5}"))
    #expect(try surface(around).replicates.starts?.deviation == 0.5)
    let instances = try desk.read(text("seeds: 5\ninstances: {rotate: true, shift: 0.3}"))
    #expect(instances.seeds == 5 && instances.isRandom)
    #expect(try surface(instances).replicates.instances?.shift == 0.3)
  }

  @Test func `every variant has the starts of the scenario`() throws {
    let scenario = try desk.read(
      text("starts: {count: 4, region: domain}\nvariants: {learning_rate: [0.1, 0.01]}"))
    #expect(scenario.entrants.count == 2)
    for entrant in scenario.entrants {
      #expect(scenario.problem(of: entrant).isRandom)
    }
  }

  @Test(arguments: [
    ("starts: {region: domain}", "4: starts needs the key 'count'"),
    ("starts: {count: 0, region: domain}", "4: 'count' must be a whole number from 1 to 10000"),
    ("starts: {count: 3}", "4: starts needs the key 'region'"),
    ("starts: {count: 3, region: around}", "4: 'region' 'around' needs a 'deviation'"),
    (
      "starts: {count: 3, region: domain, deviation: 1}",
      "4: 'deviation' goes with 'region: around'"
    ),
    ("starts: {count: 3, region: around, deviation: 0}", "4: 'deviation' must be a number above 0"),
    (
      "starts: {count: 3, region: domains}",
      "4: 'region' must be domain or around, not 'domains' (did you mean 'domain'?)"
    ),
    ("starts: {count: 3, region: domain}\nseeds: 3", "5: 'starts' has the number of runs"),
    ("starts: 3", "4: starts must be a mapping"),
    ("instances: {}", "4: 'instances' needs 'rotate: true' or a 'shift' above 0"),
    ("instances: {rotate: false, shift: 0}", "4: 'instances' needs 'rotate: true'"),
    ("instances: {shift: -1}", "4: 'shift' must be a number from 0 to 1e100"),
    ("instances: {rotated: true}", "4: unknown key 'rotated' in instances"),
  ])
  func `what makes no sense is refused with its line`(replicates: String, message: String) throws {
    let found = try desk.issues(text(replicates))
    #expect(found.contains { $0.hasPrefix(message) }, "\(found)")
  }

  @Test(arguments: [
    (
      "{surface: sphere, dimension: 5}", "starts: {count: 3, region: domain}",
      "4: 'region: domain' needs a surface of 2 coordinates, not 5"
    ),
    (
      "{surface: {expression: x^2 + y^2}, start: [1, 1]}", "starts: {count: 3, region: domain}",
      "4: 'region: domain' needs a 'domain' in the problem"
    ),
    (
      "{surface: himmelblau, start: [1, 1]}", "starts: {count: 3, region: domain}",
      "2: 'start' has no effect with 'region: domain'"
    ),
    (
      "{surface: sphere, dimension: 501}", "instances: {rotate: true}",
      "4: 'rotate' needs a surface of 2 to 500 coordinates, not 501"
    ),
    (
      "{surface: sphere, dimension: 1}", "instances: {rotate: true}",
      "4: 'rotate' needs a surface of 2 to 500 coordinates, not 1"
    ),
    (
      "{surface: himmelblau, starts: {count: 3, region: domain}}", "",
      "2: 'starts' is a key of the scenario, beside 'problem', not in it"
    ),
  ])
  func `a surface without what they need is refused`(
    problem: String, replicates: String, message: String
  ) throws {
    let found = try desk.issues(text(replicates, problem: problem))
    #expect(found.contains { $0.hasPrefix(message) }, "\(found)")
  }

  @Test func `networks have neither`() throws {
    let network = ScenarioDesk.good.replacing(
      "  surface: rosenbrock\n  start: [-1.2, 1]",
      with: "  network: {dataset: digits, layers: [dense 10]}"
    ).replacing("budget: {steps: 10}", with: "budget: {epochs: 1}")
      .replacing("target: {loss: 1.0e-6}", with: "starts: {count: 2, region: domain}")
    #expect(
      try desk.issues(network).contains { $0.contains("'starts' is for surfaces") })
  }

  @Test func `a formula with a domain can have starts in it`() throws {
    let scenario = try desk.read(
      text(
        "starts: {count: 3, region: domain}",
        problem:
          "{surface: {expression: x^2 + y^2}, start: [1, 1], domain: [[-1, 1], [-2, 2]]}"))
    #expect(scenario.seeds == 3)
  }

  @Test func `many seeds on one start are refused, and the message names what helps`() throws {
    let found = try desk.issues(text("seeds: 3"))
    #expect(found.first?.contains("add 'starts', 'instances' or 'gradient_noise'") == true)
  }

  @Test func `changes from the command line can set and remove starts`() throws {
    let path = try desk.folder.write(text("starts: {count: 5, region: domain}"), to: "x.yaml")
    func seeds(_ change: String) throws -> Int {
      let changes = [ScenarioChange(change)].compactMap(\.self)
      return try desk.library.load([path], changes: changes)[0].seeds
    }
    #expect(try seeds("starts.count=7") == 7)
    #expect(try seeds("starts=null") == 1)
    #expect(try seeds("starts={count: 2, region: around, deviation: 1}") == 2)
  }
}
