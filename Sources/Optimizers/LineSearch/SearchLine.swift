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
  /// - Parameters:
  ///   - evaluations: raised by the evaluations made.
  ///   - isCancelled: whether to end the search at the best point so far.
  func search(
    _ search: StrongWolfe, loss: Double, slope: Double, gradient: UnsafeMutablePointer<Scalar>,
    first: Double, buffers: [UnsafeMutablePointer<Scalar>], evaluations: inout Int,
    isCancelled: () -> Bool
  ) -> StrongWolfe.Point<Scalar> {
    origin.update(from: parameters, count: count)
    let length = VectorPrimitives.absoluteMaximum(direction, count)
    // Slopes that overflow or vanish are measured along the direction divided by its largest entry, and steps with them.
    let isUsual = slope.isFinite && abs(slope) > 1e-270
    let unit = isUsual ? 1 : length
    func slopeAlong(_ gradient: UnsafePointer<Scalar>) -> Double {
      isUsual
        ? VectorPrimitives.dot(gradient, direction, count)
        : VectorPrimitives.sum(count) { Double(gradient[$0]) * (Double(direction[$0]) / unit) }
    }
    var made = 0
    var found = search.search(
      from: .init(
        step: 0, loss: loss, slope: isUsual ? slope : slopeAlong(gradient), gradient: gradient),
      first: first * unit, length: length / unit, buffers: buffers, isCancelled: isCancelled
    ) { step, gradient in
      move(to: step / unit)
      made += 1
      let loss = objective(parameters, gradient)
      return (loss, slopeAlong(gradient))
    }
    evaluations += made
    found.step /= unit
    move(to: found.step)
    return found
  }

  private func move(to step: Double) {
    let step = Scalar(step)
    for index in 0..<count { parameters[index] = origin[index] + step * direction[index] }
  }
}
