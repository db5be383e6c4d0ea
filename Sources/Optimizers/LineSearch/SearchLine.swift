/// The line θ + td on which a search moves the parameters.
struct SearchLine<Scalar: KernelScalar> {
  private let parameters: UnsafeMutablePointer<Scalar>
  private let direction: UnsafeMutablePointer<Scalar>
  private let origin: UnsafeMutablePointer<Scalar>
  private let count: Int
  private let objective: Stepper<Scalar>.Objective

  /// - Parameter origin: room for the parameters at step 0.
  init(
    _ parameters: UnsafeMutablePointer<Scalar>, along direction: UnsafeMutablePointer<Scalar>,
    from origin: UnsafeMutablePointer<Scalar>, count: Int,
    objective: @escaping Stepper<Scalar>.Objective
  ) {
    self.parameters = parameters
    self.direction = direction
    self.origin = origin
    self.count = count
    self.objective = objective
  }

  /// Searches from the parameters, moves them to the point found and returns its loss, slope and gradient.
  ///
  /// - Parameter evaluations: raised by the evaluations made.
  func search(
    _ search: StrongWolfe, loss: Double, slope: Double, gradient: UnsafeMutablePointer<Scalar>,
    first: Double, buffers: [UnsafeMutablePointer<Scalar>], evaluations: inout Int
  ) -> StrongWolfe.Point<Scalar> {
    origin.update(from: parameters, count: count)
    var made = 0
    let found = search.search(
      from: .init(step: 0, loss: loss, slope: slope, gradient: gradient), first: first,
      length: VectorPrimitives.absoluteMaximum(direction, count), buffers: buffers
    ) { step, gradient in
      move(to: step)
      made += 1
      let loss = objective(parameters, gradient)
      return (loss, VectorPrimitives.dot(gradient, direction, count))
    }
    evaluations += made
    move(to: found.step)
    return found
  }

  private func move(to step: Double) {
    let step = Scalar(step)
    for index in 0..<count { parameters[index] = origin[index] + step * direction[index] }
  }
}
