import Surfaces

/// What a recorded trajectory descends.
enum TrajectoryProblem {
  case surface(any Surface)
  /// The gradient of step t is row t − 1, whatever the parameters are.
  case gradients([[Double]])

  /// - Throws: What is wrong with the case, or which part of it is not known.
  init(of recorded: TrajectoryCase, tables: GradientTables) throws(CaseError) {
    let constants = recorded.constants ?? [:]
    let name: String
    switch recorded.problem {
    case .text("exogenous"):
      if let unknown = constants.keys.min() { throw .notCovered("constant '\(unknown)'") }
      self = .gradients(try tables.rows(for: recorded))
      return
    case .text(let text): name = text
    case .mapping(let fields):
      guard fields.count == 1, case .text(let text) = fields["expression"] else {
        throw .malformed(field: "problem", reason: "must be a name or {\"expression\": \"…\"}")
      }
      self = .surface(try ReferenceSurfaces.expression(text, constants, recorded, "problem"))
      return
    default: throw .malformed(field: "problem", reason: "must be a name, not \(recorded.problem)")
    }
    self = .surface(try ReferenceSurfaces.surface(named: name, constants, recorded))
  }

  /// Loss (0 where only the gradient is defined) and gradient at `point`; `step` counts from 1.
  func evaluate(
    step: Int, at point: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>
  ) -> Double {
    switch self {
    case .surface(let surface):
      var span = MutableSpan(_unsafeStart: gradient, count: surface.dimension)
      return surface.value(
        at: UnsafeBufferPointer(start: point, count: surface.dimension).span, gradient: &span)
    case .gradients(let rows):
      for (index, value) in rows[step - 1].enumerated() { gradient[index] = value }
      return 0
    }
  }
}
