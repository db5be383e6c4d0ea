import LinearAlgebra

extension SOAP {
  /// The step of one tensor.
  struct Step<Scalar: KernelScalar> {
    let rule: SOAP
    let form: Form
    /// In the basis.
    let mean: UnsafeMutablePointer<Scalar>
    /// In the basis.
    let meanSquare: UnsafeMutablePointer<Scalar>
    /// L, R, …, then the bases, whose rows are eigenvectors.
    let statistics: UnsafeMutablePointer<Scalar>
    let scratch: UnsafeMutablePointer<Scalar>

    private var axes: TensorAxes { form.axes }
    private var bases: UnsafeMutablePointer<Scalar> { statistics + axes.matrixCount }

    @inline(__always)
    func run(
      _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
      at context: StepContext
    ) {
      let gradients = ordered(gradients)
      if context.step == 1 {
        addStatistics(gradients)
        return axes.diagonalize(statistics, epsilon: 1e-30, into: bases, descending: true)
      }
      let step = context.step - 1
      descend(parameters, gradients, rate: context.learningRate, step: step)
      addStatistics(gradients)
      if step.isMultiple(of: rule.preconditionFrequency) { improveBases() }
    }

    private func addStatistics(_ gradients: UnsafePointer<Scalar>) {
      let beta = rule.shampooBeta ?? rule.beta2
      axes.addGrams(of: gradients, alpha: 1 - beta, beta: beta, to: statistics)
    }

    @inline(__always)
    private func descend(
      _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
      rate: Double, step: Int
    ) {
      let count = axes.count
      let sign: Scalar = rule.maximize ? -1 : 1
      let rotated = axes.multiply(gradients, with: bases, transposed: false, scratch: scratch)
      let direction = scratch + 2 * count
      let first = ExponentialMovingAverage<Scalar>(beta: rule.beta1)
      let second = ExponentialMovingAverage<Scalar>(beta: rule.beta2)
      let epsilon = Scalar(rule.epsilon)
      for index in 0..<count {
        let gradient = sign * rotated[index]
        mean[index] = first.next(after: mean[index], value: gradient)
        meanSquare[index] = second.next(after: meanSquare[index], value: gradient * gradient)
        direction[index] = mean[index] / (meanSquare[index].vectorSquareRoot + epsilon)
      }
      let update = axes.multiply(
        UnsafePointer(direction), with: bases, transposed: true, scratch: scratch)
      typealias Average = ExponentialMovingAverage<Double>
      var length = rate
      if rule.biasCorrection {
        length *=
          Average.totalWeight(beta: rule.beta2, step: step).squareRoot()
          / Average.totalWeight(beta: rule.beta1, step: step)
      }
      if rule.normalizeGradient {
        length /= VectorPrimitives.rootMeanSquare(update, count) + rule.epsilon
      }
      apply(update, to: parameters, Scalar(length), kept: Scalar(1 - rate * rule.weightDecay))
    }

    @inline(__always)
    private func apply(
      _ update: UnsafePointer<Scalar>, to parameters: UnsafeMutablePointer<Scalar>,
      _ length: Scalar, kept: Scalar
    ) {
      guard let (stack, rows, columns) = form.transposition else {
        for index in 0..<axes.count {
          parameters[index] = (parameters[index] - length * update[index]) * kept
        }
        return
      }
      for matrix in 0..<stack {
        let start = matrix &* rows &* columns
        for row in 0..<rows {
          for column in 0..<columns {
            let index = start &+ row &* columns &+ column
            let entry = update[start &+ column &* rows &+ row]
            parameters[index] = (parameters[index] - length * entry) * kept
          }
        }
      }
    }

    /// The gradient with its axes in the order in which they are merged.
    @inline(__always)
    private func ordered(_ gradients: UnsafePointer<Scalar>) -> UnsafePointer<Scalar> {
      guard let (stack, rows, columns) = form.transposition else { return gradients }
      let target = scratch + 3 * axes.count
      for matrix in 0..<stack {
        let start = matrix &* rows &* columns
        for row in 0..<rows {
          for column in 0..<columns {
            target[start &+ column &* rows &+ row] =
              gradients[
                start &+ row &* columns &+ column]
          }
        }
      }
      return UnsafePointer(target)
    }

    /// One step of orthogonal iteration for every basis; the mean moves to the new ones.
    @inline(__always)
    private func improveBases() {
      guard axes.matrixCount > 0 else { return }
      let count = axes.count
      let plain = axes.multiply(
        UnsafePointer(mean), with: bases, transposed: true, scratch: scratch)
      // Out of the way of the scratch of what follows.
      let kept = scratch + 2 * count
      kept.update(from: plain, count: count)
      for axis in axes.axes where axis.hasMatrix { improveBasis(along: axis) }
      mean.update(
        from: axes.multiply(
          UnsafePointer(kept), with: bases, transposed: false, scratch: scratch), count: count)
    }

    private func improveBasis(along axis: TensorAxes.Axis) {
      let side = axis.length
      let basis = bases + axis.start
      withUnsafeTemporaryAllocation(of: Scalar.self, capacity: side * side) { product in
        guard let product = product.baseAddress else { return }
        DenseMatrix.multiply(
          rows: side, columns: side, symmetric: statistics + axis.start, onRight: true, basis,
          into: product)
        let values = (0..<side).map { row in
          VectorPrimitives.dot(basis + row * side, product + row * side, side)
        }
        let order = values.indices.sorted { values[$0] > values[$1] }
        for (row, source) in order.enumerated() {
          (basis + row * side).update(from: product + source * side, count: side)
        }
        if order != Array(0..<side) { reorder(along: axis, order) }
      }
      DenseMatrix.orthonormalizeRows(side: side, basis)
    }

    /// Sorts the mean squares as the basis.
    private func reorder(along axis: TensorAxes.Axis, _ order: [Int]) {
      let slice = axis.length * axis.after
      scratch.update(from: meanSquare, count: axes.count)
      for before in 0..<axis.before {
        for (position, source) in order.enumerated() {
          (meanSquare + before * slice + position * axis.after).update(
            from: scratch + before * slice + source * axis.after, count: axis.after)
        }
      }
    }
  }
}
