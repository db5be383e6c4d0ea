import LinearAlgebra
import Testing

/// Every size on both sides of where the library takes over.
private let sides = [1, 2, 3, 7, 16, 17, 33, 70]

/// Numbers in (−1, 1) without a pattern, the same every time.
private func numbers(_ count: Int, seed: Int = 1) -> [Double] {
  var state = UInt64(seed &* 2_654_435_761 &+ 12345)
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) * 0x1p-52 - 1
  }
}

private func product(
  _ rows: Int, _ columns: Int, _ inner: Int, _ a: (Int, Int) -> Double, _ b: (Int, Int) -> Double
) -> [Double] {
  (0..<rows * columns).map { index in
    (0..<inner).reduce(0) { $0 + a(index / columns, $1) * b($1, index % columns) }
  }
}

/// Sums of n products of numbers below 1 are within n²·2⁻⁵³ of each other, whatever their order; factors take a few times that.
private func expectClose(_ found: [Double], _ expected: [Double], inner: Int) {
  let bound = 8 * Double(inner * inner + 8) * 0x1p-53
  let isClose = zip(found, expected).allSatisfy { abs($0 - $1) <= bound }
  #expect(isClose)
}

private func areFinite(_ numbers: [Double]) -> Bool { numbers.allSatisfy { $0.isFinite } }
private func areNaN(_ numbers: [Double]) -> Bool { numbers.allSatisfy { $0.isNaN } }

@Suite struct DenseMatrixTests {
  @Test(arguments: sides) func `products are those of the definition`(side: Int) {
    let (m, n, k) = (side, side + 2, side + 1)
    let (a, b) = (numbers(m * k), numbers(k * n, seed: 2))
    for (transposedA, transposedB) in [(false, false), (true, false), (false, true), (true, true)] {
      var c = numbers(m * n, seed: 3)
      let products = product(
        m, n, k, { transposedA ? a[$1 * m + $0] : a[$0 * k + $1] },
        { transposedB ? b[$1 * k + $0] : b[$0 * n + $1] })
      let expected = zip(products, c).map { 2 * $0 + 0.5 * $1 }
      DenseMatrix.multiply(
        rows: m, columns: n, inner: k, a, transposed: transposedA, b, transposed: transposedB,
        alpha: 2, beta: 0.5, into: &c)
      expectClose(c, expected, inner: k)
    }
  }

  @Test(arguments: sides) func `without a part of C, a product does not read it`(side: Int) {
    let a = numbers(side * side)
    var c = [Double](repeating: .nan, count: side * side)
    DenseMatrix.multiply(rows: side, columns: side, inner: side, a, a, into: &c)
    #expect(areFinite(c))
    c = [Double](repeating: .nan, count: side * side)
    DenseMatrix.addGram(side: side, inner: side, a, to: &c)
    DenseMatrix.mirror(side: side, &c)
    #expect(areFinite(c))
  }

  @Test(arguments: sides) func `a Gram matrix and products with it use the lower triangle`(
    side: Int
  ) {
    let (n, k) = (side, side + 3)
    let a = numbers(n * k)
    for transposed in [false, true] {
      @Sendable func entry(_ row: Int, _ column: Int) -> Double {
        transposed ? a[column * n + row] : a[row * k + column]
      }
      let gram = product(n, n, k, entry) { entry($1, $0) }
      var c = [Double](repeating: .nan, count: n * n)
      for row in 0..<n { for column in 0...row { c[row * n + column] = 1 } }
      DenseMatrix.addGram(side: n, inner: k, a, transposed: transposed, alpha: 0.5, beta: 2, to: &c)
      let symmetric = gram.map { 0.5 * $0 + 2 }
      for row in 0..<n {
        expectClose(
          Array(c[row * n...row * n + row]), Array(symmetric[row * n...row * n + row]), inner: k)
        #expect(areNaN(Array(c[row * n + row + 1..<(row + 1) * n])))
      }
      let b = numbers(n * 5, seed: 4)
      var left = [Double](repeating: 1, count: n * 5)
      DenseMatrix.multiply(
        rows: n, columns: 5, symmetric: c, onRight: false, b, beta: 3, into: &left)
      let products = product(n, 5, n, { symmetric[$0 * n + $1] }, { b[$0 * 5 + $1] })
      expectClose(left, products.map { $0 + 3 }, inner: 2 * n + k)
      var right = [Double](repeating: 1, count: 5 * n)
      DenseMatrix.multiply(
        rows: 5, columns: n, symmetric: c, onRight: true, b, beta: 3, into: &right)
      let others = product(5, n, n, { b[$0 * n + $1] }, { symmetric[$0 * n + $1] })
      expectClose(right, others.map { $0 + 3 }, inner: 2 * n + k)
    }
  }

  @Test(arguments: sides) func `eigenvectors are orthonormal and rebuild the matrix`(side: Int) {
    let a = numbers(side * side)
    var matrix = a
    for row in 0..<side {
      for column in row..<side { matrix[row * side + column] = a[column * side + row] }
    }
    var vectors = matrix
    // Above the triangle nothing is read.
    for row in 0..<side { for column in row + 1..<side { vectors[row * side + column] = .nan } }
    var values = [Double](repeating: 0, count: side)
    DenseMatrix.diagonalize(side: side, &vectors, values: &values)
    #expect(values == values.sorted())
    expectOrthonormal(vectors, side)
    let rebuilt = product(
      side, side, side, { values[$1] * vectors[$1 * side + $0] }, { vectors[$0 * side + $1] })
    expectClose(rebuilt, matrix, inner: 4 * side)
  }

  /// Rows 0…k of the result must give back row k, with nothing of later ones.
  @Test(arguments: sides) func `orthonormal rows span what the rows did, one after the other`(
    side: Int
  ) {
    let a = numbers(side * side)
    var basis = a
    DenseMatrix.orthonormalizeRows(side: side, &basis)
    expectOrthonormal(basis, side)
    let shares = product(
      side, side, side, { a[$0 * side + $1] }, { basis[$1 * side + $0] })
    for row in 0..<side {
      expectClose(
        Array(shares[row * side + row + 1..<(row + 1) * side]),
        Array(repeating: 0, count: side - row - 1), inner: 4 * side)
    }
  }

  @Test(arguments: sides) func `rows of rank one still become a whole basis`(side: Int) {
    let row = numbers(side)
    var basis = (0..<side * side).map { row[$0 / side] * row[$0 % side] }
    DenseMatrix.orthonormalizeRows(side: side, &basis)
    expectOrthonormal(basis, side)
    var zero = [Double](repeating: 0, count: side * side)
    DenseMatrix.orthonormalizeRows(side: side, &zero)
    expectOrthonormal(zero, side)
  }

  @Test(arguments: sides, [Double.nan, .infinity])
  func `factors of what is not finite are NaN`(side: Int, bad: Double) {
    var a = numbers(side * side)
    a[side * side - 1] = bad
    var values = [0.0] + Array(repeating: 0, count: side)
    var vectors = a
    DenseMatrix.diagonalize(side: side, &vectors, values: &values)
    #expect(areNaN(vectors) && areNaN(Array(values[..<side])))
    DenseMatrix.orthonormalizeRows(side: side, &a)
    #expect(areNaN(a))
  }

  @Test(arguments: sides) func `Float has eigenvectors and bases too`(side: Int) {
    let a = numbers(side * side).map(Float.init)
    var vectors = [Float](repeating: 0, count: side * side)
    DenseMatrix.addGram(side: side, inner: side, a, to: &vectors)
    var values = [Float](repeating: 0, count: side)
    DenseMatrix.diagonalize(side: side, &vectors, values: &values)
    var basis = a
    DenseMatrix.orthonormalizeRows(side: side, &basis)
    for matrix in [vectors, basis] {
      for row in 0..<side {
        let square = matrix[row * side..<(row + 1) * side].reduce(0) { $0 + Double($1 * $1) }
        // A dozen roundings for each of n rotations or reflections.
        #expect(abs(square - 1) <= 16 * Double(side + 4) * 0x1p-24)
      }
    }
  }

  private func expectOrthonormal(_ rows: [Double], _ side: Int) {
    let gram = product(
      side, side, side, { rows[$0 * side + $1] }, { rows[$1 * side + $0] })
    let unit = (0..<side * side).map { $0 / side == $0 % side ? 1.0 : 0 }
    expectClose(gram, unit, inner: 2 * side)
  }
}
