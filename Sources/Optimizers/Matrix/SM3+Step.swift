extension SM3 {
  /// The step of one tensor.
  struct Step<Scalar: KernelScalar> {
    /// All axes but the last, whose entries follow each other.
    let outer: [Int]
    let columns: Int
    let sign: Scalar
    let rate: Scalar
    let mean: ExponentialMovingAverage<Scalar>
    /// Of squares: weights of the past and of the newest.
    let pastWeight: Scalar
    let newWeight: Scalar
    /// Whether an accumulator never decreases.
    let keepsLargest: Bool
    let epsilon: Scalar

    init(_ rule: SM3, _ shape: [Int], at context: StepContext) {
      outer = Array(shape.dropLast())
      columns = shape.last ?? 1
      sign = rule.maximize ? -1 : 1
      rate = Scalar(context.learningRate)
      mean = ExponentialMovingAverage(beta: rule.momentum)
      keepsLargest = rule.beta > 0
      pastWeight = Scalar(rule.beta > 0 ? rule.beta : 1)
      newWeight = Scalar(1 - rule.beta)
      epsilon = Scalar(rule.epsilon)
    }

    /// One for each index of each axis.
    var accumulatorCount: Int { outer.reduce(columns, +) }

    @inline(__always)
    func run(
      _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
      mean: UnsafeMutablePointer<Scalar>?, accumulators: UnsafeMutablePointer<Scalar>
    ) {
      if outer.isEmpty {
        return runVector(parameters, gradients, mean: mean, accumulators: accumulators)
      }
      let count = accumulatorCount
      let outerCount = count - columns
      withUnsafeTemporaryAllocation(of: Scalar.self, capacity: count + columns) { scratch in
        guard let newest = scratch.baseAddress else { return }
        newest.initialize(repeating: 0, count: count + columns)
        let squares = newest + count
        let (sign, epsilon) = (sign, epsilon)
        for row in 0..<outer.reduce(1, *) {
          let start = row * columns
          measure(
            gradients + start, floor: floor(of: row, accumulators),
            floors: accumulators + outerCount, largest: newest + outerCount, squares)
          move(parameters + start, mean.map { $0 + start }) {
            sign * gradients[start &+ $0] / (squares[$0] + epsilon).vectorSquareRoot
          }
          let largest = Self.largest(squares, columns)
          forEachSlice(of: row) { newest[$0] = largest.visibleMaximum(with: newest[$0]) }
        }
        for index in 0..<count {
          let former = keepsLargest ? accumulators[index] : 0
          accumulators[index] = newest[index].visibleMaximum(with: former)
        }
      }
    }

    /// A vector, whose every entry has an accumulator of its own.
    @inline(__always)
    private func runVector(
      _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
      mean: UnsafeMutablePointer<Scalar>?, accumulators: UnsafeMutablePointer<Scalar>
    ) {
      let (pastWeight, newWeight, epsilon) = (pastWeight, newWeight, epsilon)
      let (sign, isLargest) = (sign, keepsLargest)
      move(parameters, mean) { index in
        let gradient = sign * gradients[index]
        let former = accumulators[index]
        let square = pastWeight * former + newWeight * (gradient * gradient)
        accumulators[index] = square.visibleMaximum(with: isLargest ? former : 0)
        return gradient / (square + epsilon).vectorSquareRoot
      }
    }

    /// The squares ν of a row, and the largest so far of every column.
    @inline(__always)
    private func measure(
      _ gradients: UnsafePointer<Scalar>, floor: Scalar, floors: UnsafePointer<Scalar>,
      largest: UnsafeMutablePointer<Scalar>, _ squares: UnsafeMutablePointer<Scalar>
    ) {
      let (pastWeight, newWeight) = (pastWeight, newWeight)
      for column in 0..<columns {
        let known = Self.smaller(floors[column], floor)
        let square = pastWeight * known + newWeight * (gradients[column] * gradients[column])
        squares[column] = square
        largest[column] = square.visibleMaximum(with: largest[column])
      }
    }

    /// The smallest accumulator of the outer axes that holds a row.
    private func floor(of row: Int, _ accumulators: UnsafePointer<Scalar>) -> Scalar {
      var floor = Scalar.infinity
      forEachSlice(of: row) { floor = Self.smaller(accumulators[$0], floor) }
      return floor
    }

    /// Calls `body` with the position of the accumulator of each outer axis that holds a row.
    @inline(__always)
    private func forEachSlice(of row: Int, _ body: (Int) -> Void) {
      var (rest, end) = (row, outer.reduce(0, +))
      for axis in outer.indices.reversed() {
        end -= outer[axis]
        body(end + rest % outer[axis])
        rest /= outer[axis]
      }
    }

    /// θ ← θ − α·u, or along the average of u.
    @inline(__always)
    private func move(
      _ parameters: UnsafeMutablePointer<Scalar>, _ mean: UnsafeMutablePointer<Scalar>?,
      update: (Int) -> Scalar
    ) {
      let (rate, average) = (rate, self.mean)
      guard let mean else {
        for column in 0..<columns { parameters[column] -= rate * update(column) }
        return
      }
      for column in 0..<columns {
        let value = average.next(after: mean[column], value: update(column))
        mean[column] = value
        parameters[column] -= rate * value
      }
    }

    /// The smaller of two numbers; the first one where it is NaN.
    @inline(__always)
    private static func smaller(_ a: Scalar, _ b: Scalar) -> Scalar { b <= a ? b : a }

    /// The largest of `count` values, which are overwritten: halves are compared entry by entry, which has vectors.
    @inline(__always)
    private static func largest(_ values: UnsafeMutablePointer<Scalar>, _ count: Int) -> Scalar {
      var count = count
      while count > 1 {
        let half = count / 2
        let upper = values + (count - half)
        for index in 0..<half {
          values[index] = upper[index].visibleMaximum(with: values[index])
        }
        count -= half
      }
      return values[0]
    }
  }
}
