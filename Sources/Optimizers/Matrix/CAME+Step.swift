extension CAME {
  /// The step of one tensor.
  struct Step<Scalar: KernelScalar> {
    private let rule: CAME
    private let form: Adafactor.Form
    private let count: Int
    private let rate: Scalar
    private let sign: Scalar
    private let decay: DecayAtRate<Scalar>

    init(_ rule: CAME, _ form: Adafactor.Form, count: Int, at context: StepContext) {
      self.rule = rule
      self.form = form
      self.count = count
      rate = Scalar(context.learningRate)
      sign = rule.maximize ? -1 : 1
      decay = DecayAtRate(
        rule.weightDecay, decoupled: rule.decoupled, fixed: rule.fixedDecay,
        rate: context.learningRate)
    }

    @inline(__always)
    func run(
      _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
      mean: UnsafeMutablePointer<Scalar>, moments: UnsafeMutablePointer<Scalar>,
      largest: UnsafeMutablePointer<Scalar>?
    ) {
      withUnsafeTemporaryAllocation(of: Scalar.self, capacity: count) { buffer in
        guard let update = buffer.baseAddress else { return }
        for index in 0..<count {
          update[index] = sign * gradients[index] + decay.penalty * parameters[index]
        }
        divide(update, by: moments, beta: rule.beta2, largest: largest) { index in
          update[index] * update[index] + Scalar(rule.epsilon1)
        }
        // Written so that a NaN is no small length.
        let length =
          VectorPrimitives.rootMeanSquare(update, count) / rule.clippingThreshold
        let divisor = Scalar(length <= 1 ? 1 : length)
        let average = ExponentialMovingAverage<Scalar>(beta: rule.beta1)
        for index in 0..<count {
          update[index] /= divisor
          mean[index] = average.next(after: mean[index], value: update[index])
        }
        if form.matrices > 0 {
          for index in 0..<count {
            let residual = update[index] - mean[index]
            update[index] = residual * residual + Scalar(rule.epsilon2)
          }
          let residuals = FactoredAverage<Scalar>(form, beta: rule.beta3)
          residuals.add(moments + form.momentCount) { update[$0] }
          residuals.forEachRoot(moments + form.momentCount) { update[$0] = mean[$0] * $1 }
        }
        let direction = form.matrices > 0 ? UnsafePointer(update) : UnsafePointer(mean)
        for index in 0..<count {
          parameters[index] = decay.kept * parameters[index] - rate * direction[index]
        }
      }
    }

    /// update ← update/√v̂ with the averages of `square` in v̂.
    @inline(__always)
    private func divide(
      _ update: UnsafeMutablePointer<Scalar>, by moments: UnsafeMutablePointer<Scalar>,
      beta: Double, largest: UnsafeMutablePointer<Scalar>?, square: (Int) -> Scalar
    ) {
      let scale = Scalar(1 / beta)
      @inline(__always) func multiply(_ index: Int, _ inverseRoot: Scalar) {
        guard let largest else {
          update[index] *= inverseRoot
          return
        }
        let root = 1 / inverseRoot
        largest[index] = root <= largest[index] ? largest[index] : root
        update[index] /= (largest[index] * scale).vectorSquareRoot
      }
      if form.matrices > 0 {
        let average = FactoredAverage<Scalar>(form, beta: beta)
        average.add(moments, square)
        average.forEachRoot(moments) { multiply($0, $1) }
      } else {
        let average = ExponentialMovingAverage<Scalar>(beta: beta)
        for index in 0..<count {
          moments[index] = average.next(after: moments[index], value: square(index))
          multiply(index, 1 / moments[index].vectorSquareRoot)
        }
      }
    }
  }
}

/// The average over time of a matrix's entries, or of each of a stack's, known by its row and column means.
struct FactoredAverage<Scalar: KernelScalar> {
  private let form: Adafactor.Form
  private let average: ExponentialMovingAverage<Scalar>

  init(_ form: Adafactor.Form, beta: Double) {
    self.form = form
    average = ExponentialMovingAverage(beta: beta)
  }

  @inline(__always)
  func add(_ moments: UnsafeMutablePointer<Scalar>, _ value: (Int) -> Scalar) {
    let (rows, columns) = (form.rows, form.columns)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: columns) { sums in
      guard let sums = sums.baseAddress else { return }
      for matrix in 0..<form.matrices {
        let rowMeans = moments + matrix &* (rows &+ columns)
        let columnMeans = rowMeans + rows
        sums.initialize(repeating: 0, count: columns)
        for row in 0..<rows {
          let start = (matrix &* rows &+ row) &* columns
          let sum = VectorPrimitives.sum(columns) { Double(value(start &+ $0)) }
          rowMeans[row] = average.next(after: rowMeans[row], value: Scalar(sum / Double(columns)))
          for column in 0..<columns { sums[column] += Double(value(start &+ column)) }
        }
        for column in 0..<columns {
          columnMeans[column] = average.next(
            after: columnMeans[column], value: Scalar(sums[column] / Double(rows)))
        }
      }
    }
  }

  /// Calls `body` with the index of each entry and its 1/√(row·column/mean of rows).
  @inline(__always)
  func forEachRoot(
    _ moments: UnsafeMutablePointer<Scalar>, _ body: (Int, Scalar) -> Void
  ) {
    let (rows, columns) = (form.rows, form.columns)
    withUnsafeTemporaryAllocation(of: Scalar.self, capacity: columns) { roots in
      guard let roots = roots.baseAddress else { return }
      for matrix in 0..<form.matrices {
        let rowMeans = moments + matrix &* (rows &+ columns)
        let columnMeans = rowMeans + rows
        let mean = VectorPrimitives.sum(rows) { Double(rowMeans[$0]) } / Double(rows)
        for column in 0..<columns { roots[column] = 1 / columnMeans[column].vectorSquareRoot }
        for row in 0..<rows {
          let root = 1 / Scalar(Double(rowMeans[row]) / mean).vectorSquareRoot
          let start = (matrix &* rows &+ row) &* columns
          for column in 0..<columns { body(start &+ column, root * roots[column]) }
        }
      }
    }
  }
}
