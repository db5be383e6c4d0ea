/// The same without a library.
enum Portable {
  @inline(__always)
  static func multiply<Scalar: BinaryFloatingPoint>(
    rows: Int, columns: Int, inner: Int,
    _ a: UnsafePointer<Scalar>, transposed transposedA: Bool,
    _ b: UnsafePointer<Scalar>, transposed transposedB: Bool,
    alpha: Scalar, beta: Scalar, into c: UnsafeMutablePointer<Scalar>
  ) {
    scale(c, rows * columns, by: beta)
    for row in 0..<rows {
      let target = c + row &* columns
      for index in 0..<inner {
        let factor = alpha * (transposedA ? a[index &* rows &+ row] : a[row &* inner &+ index])
        if transposedB {
          for column in 0..<columns { target[column] += factor * b[column &* inner &+ index] }
        } else {
          let source = b + index &* columns
          for column in 0..<columns { target[column] += factor * source[column] }
        }
      }
    }
  }

  @inline(__always)
  static func addGram<Scalar: BinaryFloatingPoint>(
    side: Int, inner: Int, _ a: UnsafePointer<Scalar>, transposed: Bool,
    alpha: Scalar, beta: Scalar, to c: UnsafeMutablePointer<Scalar>
  ) {
    for row in 0..<side {
      let target = c + row &* side
      scale(target, row + 1, by: beta)
      for index in 0..<inner {
        if transposed {
          let source = a + index &* side
          let factor = alpha * source[row]
          for column in 0...row { target[column] += factor * source[column] }
        } else {
          let factor = alpha * a[row &* inner &+ index]
          for column in 0...row { target[column] += factor * a[column &* inner &+ index] }
        }
      }
    }
  }

  @inline(__always)
  static func multiply<Scalar: BinaryFloatingPoint>(
    rows: Int, columns: Int, symmetric s: UnsafePointer<Scalar>, onRight: Bool,
    _ b: UnsafePointer<Scalar>, alpha: Scalar, beta: Scalar, into c: UnsafeMutablePointer<Scalar>
  ) {
    scale(c, rows * columns, by: beta)
    let side = onRight ? columns : rows
    @inline(__always) func entry(_ row: Int, _ column: Int) -> Scalar {
      s[max(row, column) &* side &+ min(row, column)]
    }
    for row in 0..<rows {
      let target = c + row &* columns
      for index in 0..<side {
        if onRight {
          let factor = alpha * b[row &* columns &+ index]
          for column in 0..<columns { target[column] += factor * entry(index, column) }
        } else {
          let factor = alpha * entry(row, index)
          let source = b + index &* columns
          for column in 0..<columns { target[column] += factor * source[column] }
        }
      }
    }
  }

  /// C ← βC; with β = 0, C is not read.
  @inline(__always)
  private static func scale<Scalar: BinaryFloatingPoint>(
    _ c: UnsafeMutablePointer<Scalar>, _ count: Int, by beta: Scalar
  ) {
    if beta == 0 {
      c.update(repeating: 0, count: count)
    } else if beta != 1 {
      for index in 0..<count { c[index] *= beta }
    }
  }
}
