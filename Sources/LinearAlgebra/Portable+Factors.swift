extension Portable {
  /// Sweeps after which Jacobi's method ends at the latest; it needs six to ten.
  private static let sweeps = 40

  /// Jacobi's method by rows (Golub and Van Loan 2013, algorithm 8.5.3). `a` is given whole.
  @inline(__always)
  static func diagonalize<Scalar: BinaryFloatingPoint>(
    side: Int, _ a: UnsafeMutablePointer<Scalar>, values: UnsafeMutablePointer<Scalar>
  ) {
    withUnsafeTemporaryAllocation(of: Scalar.self, capacity: side * side) { scratch in
      guard let vectors = scratch.baseAddress else { return }
      vectors.initialize(repeating: 0, count: side * side)
      for index in 0..<side { vectors[index &* (side &+ 1)] = 1 }
      for _ in 0..<sweeps {
        var isDiagonal = true
        for p in 0..<side {
          for q in p + 1..<max(p + 1, side) where rotate(side: side, a, vectors, p, q) {
            isDiagonal = false
          }
        }
        if isDiagonal { break }
      }
      for index in 0..<side { values[index] = a[index &* (side &+ 1)] }
      // By selection: a few rows.
      for index in 0..<side {
        var least = index
        for other in index..<side where values[other] < values[least] { least = other }
        swap(values, index, least)
        if least != index {
          for column in 0..<side {
            swap(vectors, index &* side &+ column, least &* side &+ column)
          }
        }
      }
      a.update(from: vectors, count: side * side)
    }
  }

  /// Makes the entry (p, q) zero by a rotation, which the rows of `vectors` take part in.
  ///
  /// - Returns: `false` where the entry is negligible beside its diagonal ones.
  @inline(__always)
  private static func rotate<Scalar: BinaryFloatingPoint>(
    side: Int, _ a: UnsafeMutablePointer<Scalar>, _ vectors: UnsafeMutablePointer<Scalar>,
    _ p: Int, _ q: Int
  ) -> Bool {
    let (pp, qq, pq) = (a[p &* side &+ p], a[q &* side &+ q], a[p &* side &+ q])
    let scale = abs(pp).squareRoot() * abs(qq).squareRoot()
    guard pq != 0, abs(pq) > Scalar.ulpOfOne / 2 * scale else { return false }
    let theta = (qq - pp) / (2 * pq)
    let size = abs(theta) + (1 + theta * theta).squareRoot()
    let tangent = (theta < 0 ? -1 : 1) / size
    let cosine = 1 / (1 + tangent * tangent).squareRoot()
    let sine = tangent * cosine
    for index in 0..<side {
      turn(a, index &* side &+ p, index &* side &+ q, cosine, sine)
    }
    for index in 0..<side {
      turn(a, p &* side &+ index, q &* side &+ index, cosine, sine)
      turn(vectors, p &* side &+ index, q &* side &+ index, cosine, sine)
    }
    (a[p &* side &+ q], a[q &* side &+ p]) = (0, 0)
    return true
  }

  @inline(__always)
  private static func turn<Scalar: BinaryFloatingPoint>(
    _ a: UnsafeMutablePointer<Scalar>, _ p: Int, _ q: Int, _ cosine: Scalar, _ sine: Scalar
  ) {
    let (x, y) = (a[p], a[q])
    a[p] = cosine * x - sine * y
    a[q] = sine * x + cosine * y
  }

  @inline(__always)
  private static func swap<Scalar>(_ a: UnsafeMutablePointer<Scalar>, _ p: Int, _ q: Int) {
    (a[p], a[q]) = (a[q], a[p])
  }

  /// Householder's method (Golub and Van Loan 2013, algorithm 5.2.1) on the transpose, whose columns are rows here.
  @inline(__always)
  static func orthonormalizeRows<Scalar: BinaryFloatingPoint>(
    side: Int, _ a: UnsafeMutablePointer<Scalar>
  ) {
    withUnsafeTemporaryAllocation(of: Scalar.self, capacity: side * (side + 1)) { scratch in
      guard let basis = scratch.baseAddress else { return }
      let factors = basis + side * side
      for index in 0..<side {
        factors[index] = makeReflector(a + index &* side, from: index, side)
        for row in index + 1..<max(index + 1, side) {
          reflect(a + row &* side, by: a + index &* side, factors[index], from: index, side)
        }
      }
      for row in 0..<side {
        let target = basis + row &* side
        target.initialize(repeating: 0, count: side)
        target[row] = 1
        for index in stride(from: row, through: 0, by: -1) {
          reflect(target, by: a + index &* side, factors[index], from: index, side)
        }
      }
      a.update(from: basis, count: side * side)
    }
  }

  /// Replaces `x` from `first` on by the v of the reflection I − τvvᵀ that leaves only its first entry, and returns τ.
  @inline(__always)
  private static func makeReflector<Scalar: BinaryFloatingPoint>(
    _ x: UnsafeMutablePointer<Scalar>, from first: Int, _ side: Int
  ) -> Scalar {
    var largest: Scalar = 0
    for index in first..<side { largest = max(largest, abs(x[index])) }
    guard largest > 0 else { return 0 }
    // Scaled, so that squares neither overflow nor vanish.
    var square: Scalar = 0
    for index in first..<side {
      x[index] /= largest
      square += x[index] * x[index]
    }
    let norm = square.squareRoot()
    x[first] += x[first] < 0 ? -norm : norm
    return 1 / (norm * abs(x[first]))
  }

  @inline(__always)
  private static func reflect<Scalar: BinaryFloatingPoint>(
    _ row: UnsafeMutablePointer<Scalar>, by v: UnsafePointer<Scalar>, _ factor: Scalar,
    from first: Int, _ side: Int
  ) {
    var product: Scalar = 0
    for index in first..<side { product += row[index] * v[index] }
    let scale = factor * product
    for index in first..<side { row[index] -= scale * v[index] }
  }
}
