/// The entry of a norm's unit ball that goes farthest along a tensor.
struct LinearOracle<Scalar: KernelScalar>: Sendable {
  let shape: MatrixShape
  private let form: Form
  /// Factor on the result.
  private var size = 1.0
  private let newtonSchulz: NewtonSchulz<Scalar>

  private enum Form {
    case none, orthogonal, sign
    /// Rows or columns divided by `factor` times their norm; shape as they see it.
    case rows(Int, Int, factor: Double)
    case columns(Int, Int, factor: Double)
  }

  private static var epsilon: Double { 1e-8 }

  init(_ rule: Scion, _ shape: [Int]) {
    self.shape = MatrixShape(shape)
    newtonSchulz = NewtonSchulz(
      shape: self.shape, polynomials: .original, iterations: rule.iterations)
    let isMatrix = shape.count > 1
    let (rows, columns) = (self.shape.rows, self.shape.columns)
    let (tall, wide) = (Double(rows).squareRoot(), Double(columns).squareRoot())
    let bias = Form.columns(
      isMatrix ? rows : columns, isMatrix ? columns : 1, factor: 1 / (isMatrix ? tall : wide))
    switch rule.norm {
    case .none: form = .none
    case .bias: form = bias
    case .sign:
      form = .sign
      if rule.normalize, isMatrix { size = 1 / Double(shape[1]) }
    case .row:
      let last = shape.last ?? 1
      if rule.transpose, shape.count == 2 {
        form = .columns(rows, columns, factor: rule.normalize ? tall : 1)
      } else {
        form = .rows(
          self.shape.count / max(last, 1), last,
          factor: rule.normalize ? Double(last).squareRoot() : 1)
      }
    case .spectral where !isMatrix && !rule.normalize:
      // A matrix of one column.
      form = .orthogonal
      size = rule.maxScale ? max(1, wide) : wide
    // The other norms are those of a matrix.
    case _ where !isMatrix: form = bias
    case .column:
      form =
        rule.transpose
        ? .rows(rows, columns, factor: (rule.normalize ? Double(rows) : 1) / wide)
        : .columns(rows, columns, factor: (rule.normalize ? Double(columns) : 1) / tall)
    case .spectral, .auto, .spectralConvolution:
      form = .orthogonal
      size = Self.spectralSize(rule, shape)
    }
  }

  private static func spectralSize(_ rule: Scion, _ shape: [Int]) -> Double {
    let ratio = (Double(shape[0]) / Double(shape[1])).squareRoot()
    if rule.norm == .spectralConvolution || rule.norm == .auto {
      return ratio / Double(shape.dropFirst(2).reduce(1, *))
    }
    let size = rule.normalize ? ratio : Double(shape[0]).squareRoot()
    return rule.maxScale ? max(1, size) : size
  }

  var scratchCount: Int {
    if case .orthogonal = form { NewtonSchulz<Scalar>.scratchCount(shape) } else { 0 }
  }

  /// Replaces `x` by the entry, up to the factor returned.
  @inline(__always)
  func minimize(
    _ x: UnsafeMutablePointer<Scalar>, scratch: UnsafeMutablePointer<Scalar>
  ) -> Double {
    switch form {
    case .none: break
    case .orthogonal: newtonSchulz.orthogonalize(x, scratch: scratch)
    case .sign: for index in 0..<shape.count { x[index] = x[index].visibleSign }
    case .rows(let rows, let columns, let factor):
      for row in 0..<rows {
        let entries = x + row &* columns
        let divisor = Scalar(VectorPrimitives.norm(entries, columns) * factor + Self.epsilon)
        for column in 0..<columns { entries[column] /= divisor }
      }
    case .columns(let rows, let columns, let factor):
      normalizeColumns(x, rows, columns, factor)
    }
    return size
  }

  @inline(__always)
  private func normalizeColumns(
    _ x: UnsafeMutablePointer<Scalar>, _ rows: Int, _ columns: Int, _ factor: Double
  ) {
    if columns == 1 {
      let divisor = Scalar(VectorPrimitives.norm(x, rows) * factor + Self.epsilon)
      for row in 0..<rows { x[row] /= divisor }
      return
    }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: columns) { sums in
      guard let sums = sums.baseAddress else { return }
      sums.initialize(repeating: 0, count: columns)
      for row in 0..<rows {
        let entries = x + row &* columns
        for column in 0..<columns {
          sums[column] += Double(entries[column]) * Double(entries[column])
        }
      }
      for column in 0..<columns {
        sums[column] = sums[column].vectorSquareRoot * factor + Self.epsilon
      }
      for row in 0..<rows {
        let entries = x + row &* columns
        for column in 0..<columns { entries[column] /= Scalar(sums[column]) }
      }
    }
  }
}
