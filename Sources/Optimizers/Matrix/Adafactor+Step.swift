extension Adafactor {
  /// The step of one tensor.
  struct Step<Scalar: KernelScalar> {
    let form: Form
    let count: Int
    /// Weight w of the new squares.
    let newWeight: Double
    let rate: Double
    let sizeFloor: Double
    let meanFloor: Double
    let threshold: Double
    let kept: Scalar
    let sign: Scalar

    init(_ rule: Adafactor, _ form: Form, count: Int, at context: StepContext) {
      self.form = form
      self.count = count
      let step = Double(context.step)
      newWeight = power(step, rule.beta2Decay)
      rate = min(context.learningRate, 1 / step.squareRoot())
      sizeFloor = rule.epsilon2
      meanFloor = rule.epsilon1 == 0 ? Double(Scalar.ulpOfOne) : rule.epsilon1
      threshold = rule.clippingThreshold
      kept = Scalar(1 - context.learningRate * rule.weightDecay)
      sign = rule.maximize ? -1 : 1
    }

    @inline(__always)
    func run(
      _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
      moments: UnsafeMutablePointer<Scalar>
    ) {
      guard count > 0 else { return }
      let size = VectorPrimitives.rootMeanSquare(parameters, count)
      // max would drop a NaN in its first argument.
      let alpha = rate * (size <= sizeFloor ? sizeFloor : size)
      form.matrices == 0 ? average(gradients, into: moments) : factor(gradients, into: moments)
      var squares = 0.0
      forEachRow(moments) { start, width, direction in
        squares += VectorPrimitives.sum(width) {
          let value = Double(direction(gradients[start &+ $0], $0))
          return value * value
        }
      }
      let length = (squares / Double(count)).squareRoot() / threshold
      let step = Scalar(alpha / (length <= 1 ? 1 : length)) * sign
      forEachRow(moments) { start, width, direction in
        for column in 0..<width {
          let index = start &+ column
          parameters[index] =
            parameters[index] * kept - step * direction(gradients[index], column)
        }
      }
    }

    /// v ← (1−w)v + w·g².
    @inline(__always)
    private func average(
      _ gradients: UnsafePointer<Scalar>, into moments: UnsafeMutablePointer<Scalar>
    ) {
      let average = ExponentialMovingAverage<Scalar>(beta: 1 - newWeight, newWeight: newWeight)
      for index in 0..<count {
        moments[index] = average.next(
          after: moments[index], value: gradients[index] * gradients[index])
      }
    }

    /// Averages of the mean squares of rows, then of columns, matrix by matrix.
    @inline(__always)
    private func factor(
      _ gradients: UnsafePointer<Scalar>, into moments: UnsafeMutablePointer<Scalar>
    ) {
      let average = ExponentialMovingAverage<Scalar>(beta: 1 - newWeight, newWeight: newWeight)
      let (rows, columns) = (form.rows, form.columns)
      withUnsafeTemporaryAllocation(of: Double.self, capacity: columns) { sums in
        guard let sums = sums.baseAddress else { return }
        for matrix in 0..<form.matrices {
          let rowMoments = moments + matrix * (rows + columns)
          let columnMoments = rowMoments + rows
          sums.initialize(repeating: 0, count: columns)
          for row in 0..<rows {
            let values = gradients + (matrix * rows + row) * columns
            let square = VectorPrimitives.squaredNorm(values, columns)
            rowMoments[row] = average.next(
              after: rowMoments[row], value: Scalar(square / Double(columns)))
            for column in 0..<columns {
              sums[column] += Double(values[column]) * Double(values[column])
            }
          }
          for column in 0..<columns {
            columnMoments[column] = average.next(
              after: columnMoments[column], value: Scalar(sums[column] / Double(rows)))
          }
        }
      }
    }

    /// Calls `body` with the start and width of each row and with what turns an entry's gradient into its update.
    @inline(__always)
    private func forEachRow(
      _ moments: UnsafeMutablePointer<Scalar>,
      _ body: (_ start: Int, _ width: Int, _ direction: (Scalar, Int) -> Scalar) -> Void
    ) {
      let floor = Scalar(meanFloor * meanFloor)
      // Written so that a NaN is no small estimate.
      @inline(__always) func scaled(_ gradient: Scalar, _ estimate: Scalar) -> Scalar {
        gradient / (estimate <= floor ? floor : estimate).vectorSquareRoot
      }
      if form.matrices == 0 {
        return body(0, count) { scaled($0, moments[$1]) }
      }
      let (rows, columns) = (form.rows, form.columns)
      for matrix in 0..<form.matrices {
        let rowMoments = moments + matrix * (rows + columns)
        let columnMoments = rowMoments + rows
        let mean = VectorPrimitives.sum(rows) { Double(rowMoments[$0]) } / Double(rows)
        let divisor = mean <= meanFloor ? meanFloor : mean
        for row in 0..<rows {
          // Product first and quotient second would underflow sooner.
          let factor = Scalar(Double(rowMoments[row]) / divisor)
          body((matrix * rows + row) * columns, columns) { scaled($0, factor * columnMoments[$1]) }
        }
      }
    }
  }
}
