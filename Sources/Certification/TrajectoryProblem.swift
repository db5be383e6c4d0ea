/// The functions that recorded trajectories descend.
enum TrajectoryProblem {
  case rosenbrock
  case quadratic
  case saddle
  /// The gradient of step t is row t − 1, whatever the parameters are.
  case exogenous([[Double]])

  init(of recorded: TrajectoryCase, tables: [String: [[Double]]]) throws(NotCovered) {
    switch recorded.problem {
    case "rosenbrock": self = .rosenbrock
    case "quadratic": self = .quadratic
    case "saddle": self = .saddle
    case "exogenous":
      guard let table = recorded.gradientTable.flatMap({ tables[$0] }) else {
        throw NotCovered(what: "gradient table '\(recorded.gradientTable ?? "")'")
      }
      guard table.count >= recorded.steps else {
        throw NotCovered(what: "\(recorded.steps) steps of a table with \(table.count) rows")
      }
      self = .exogenous(table)
    default: throw NotCovered(what: "problem '\(recorded.problem)'")
    }
  }

  /// Loss (0 where only the gradient is defined) and gradient at `point`; `step` counts from 1.
  func evaluate(
    step: Int, at point: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>
  ) -> Double {
    let x = point[0]
    let y = point[1]
    switch self {
    case .rosenbrock:
      gradient[0] = -2 * (1 - x) - 400 * x * (y - x * x)
      gradient[1] = 200 * (y - x * x)
      return (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x)
    case .quadratic:
      gradient[0] = x
      gradient[1] = 100 * y
      return 0.5 * (x * x + 100 * y * y)
    case .saddle:
      gradient[0] = 2 * x
      gradient[1] = -2 * y
      return x * x - y * y
    case .exogenous(let rows):
      for (index, value) in rows[step - 1].enumerated() { gradient[index] = value }
      return 0
    }
  }
}
