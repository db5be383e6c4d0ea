import LinearAlgebra

/// The axes of a tensor, some of which have a square matrix that the tensor is multiplied with along them.
///
/// The matrices follow each other in the order of axes, row-major.
struct TensorAxes: Sendable {
  struct Axis: Sendable {
    let length: Int
    let hasMatrix: Bool
    /// Products of the lengths before and after.
    let before: Int
    let after: Int
    /// Where its matrix begins.
    let start: Int
  }

  let axes: [Axis]
  let count: Int
  /// Entries of all matrices.
  let matrixCount: Int

  init(_ shape: [Int], hasMatrix: (_ length: Int) -> Bool) {
    count = shape.reduce(1, *)
    var axes: [Axis] = []
    var (before, start) = (1, 0)
    for length in shape {
      let has = hasMatrix(length)
      let after = before * length == 0 ? 0 : count / (before * length)
      axes.append(
        Axis(length: length, hasMatrix: has, before: before, after: after, start: start))
      before *= length
      if has { start += length * length }
    }
    self.axes = axes
    matrixCount = start
  }

  /// Multiplies along every axis with the axis' matrix, or with its transpose.
  ///
  /// - Parameter scratch: two times `count` scalars, in which the result is, and where `tensor` may begin either half.
  /// - Returns: `tensor`, if no axis has a matrix.
  @inline(__always)
  func multiply<Scalar: KernelScalar>(
    _ tensor: UnsafePointer<Scalar>, with matrices: UnsafePointer<Scalar>, transposed: Bool,
    scratch: UnsafeMutablePointer<Scalar>
  ) -> UnsafePointer<Scalar> {
    var source = tensor
    var target = tensor == UnsafePointer(scratch) ? scratch + count : scratch
    for axis in axes where axis.hasMatrix {
      multiply(source, along: axis, with: matrices + axis.start, transposed: transposed, target)
      source = UnsafePointer(target)
      target = target == scratch ? scratch + count : scratch
    }
    return source
  }

  private func multiply<Scalar: KernelScalar>(
    _ source: UnsafePointer<Scalar>, along axis: Axis, with matrix: UnsafePointer<Scalar>,
    transposed: Bool, _ target: UnsafeMutablePointer<Scalar>
  ) {
    if axis.after == 1 {
      return DenseMatrix.multiply(
        rows: axis.before, columns: axis.length, inner: axis.length, source, transposed: false,
        matrix, transposed: !transposed, into: target)
    }
    let slice = axis.length * axis.after
    for index in 0..<axis.before {
      DenseMatrix.multiply(
        rows: axis.length, columns: axis.after, inner: axis.length, matrix,
        transposed: transposed, source + index * slice, transposed: false,
        into: target + index * slice)
    }
  }

  /// S ← β·S + α·T·Tᵀ for the lower triangle of every axis' matrix, T being the tensor as a matrix with that axis as rows.
  @inline(__always)
  func addGrams<Scalar: KernelScalar>(
    of tensor: UnsafePointer<Scalar>, alpha: Double, beta: Double,
    to matrices: UnsafeMutablePointer<Scalar>
  ) {
    for axis in axes where axis.hasMatrix {
      let target = matrices + axis.start
      if axis.after == 1 {
        DenseMatrix.addGram(
          side: axis.length, inner: axis.before, tensor, transposed: true, alpha: Scalar(alpha),
          beta: Scalar(beta), to: target)
        continue
      }
      for index in 0..<axis.before {
        DenseMatrix.addGram(
          side: axis.length, inner: axis.after, tensor + index * axis.length * axis.after,
          alpha: Scalar(alpha), beta: index == 0 ? Scalar(beta) : 1, to: target)
      }
    }
  }

  /// Writes the eigenvectors of every axis' matrix in `matrices`, one a row, with `epsilon` added to its diagonal.
  @inline(__always)
  func diagonalize<Scalar: KernelScalar>(
    _ matrices: UnsafePointer<Scalar>, epsilon: Double,
    into bases: UnsafeMutablePointer<Scalar>,
    descending: Bool
  ) {
    for axis in axes where axis.hasMatrix {
      let (side, basis) = (axis.length, bases + axis.start)
      basis.update(from: matrices + axis.start, count: side * side)
      for index in 0..<side { basis[index &* (side &+ 1)] += Scalar(epsilon) }
      withUnsafeTemporaryAllocation(of: Scalar.self, capacity: side) { values in
        guard let values = values.baseAddress else { return }
        DenseMatrix.diagonalize(side: side, basis, values: values)
      }
      guard descending else { continue }
      for row in 0..<side / 2 {
        let (first, last) = (basis + row &* side, basis + (side &- 1 &- row) &* side)
        for column in 0..<side { (first[column], last[column]) = (last[column], first[column]) }
      }
    }
  }
}
