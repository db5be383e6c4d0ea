#if OpenBLAS
  import COpenBLAS

  /// The same by OpenBLAS and its LAPACK.
  enum Library {
    /// Column-major LAPACK sees a row-major matrix transposed: its upper triangle is our lower one, its columns are our rows.
    private static let triangle: CChar = 85  // U

    static func multiply<Scalar: BinaryFloatingPoint>(
      rows: Int, columns: Int, inner: Int,
      _ a: UnsafePointer<Scalar>, transposed transposedA: Bool,
      _ b: UnsafePointer<Scalar>, transposed transposedB: Bool,
      alpha: Scalar, beta: Scalar, into c: UnsafeMutablePointer<Scalar>
    ) {
      DenseLibrary.prepare()
      let (m, n, k) = (Int32(rows), Int32(columns), Int32(inner))
      let (formA, formB) = (form(transposedA), form(transposedB))
      let (strideA, strideB) = (transposedA ? m : k, transposedB ? k : n)
      if Scalar.self == Float.self {
        cblas_sgemm(
          CblasRowMajor, formA, formB, m, n, k, Float(alpha), floats(a), strideA, floats(b),
          strideB, Float(beta), floats(c), n)
      } else {
        cblas_dgemm(
          CblasRowMajor, formA, formB, m, n, k, Double(alpha), doubles(a), strideA, doubles(b),
          strideB, Double(beta), doubles(c), n)
      }
    }

    static func addGram<Scalar: BinaryFloatingPoint>(
      side: Int, inner: Int, _ a: UnsafePointer<Scalar>, transposed: Bool,
      alpha: Scalar, beta: Scalar, to c: UnsafeMutablePointer<Scalar>
    ) {
      DenseLibrary.prepare()
      let (n, k) = (Int32(side), Int32(inner))
      let stride = transposed ? n : k
      if Scalar.self == Float.self {
        cblas_ssyrk(
          CblasRowMajor, CblasLower, form(transposed), n, k, Float(alpha), floats(a), stride,
          Float(beta), floats(c), n)
      } else {
        cblas_dsyrk(
          CblasRowMajor, CblasLower, form(transposed), n, k, Double(alpha), doubles(a), stride,
          Double(beta), doubles(c), n)
      }
    }

    static func multiply<Scalar: BinaryFloatingPoint>(
      rows: Int, columns: Int, symmetric s: UnsafePointer<Scalar>, onRight: Bool,
      _ b: UnsafePointer<Scalar>, alpha: Scalar, beta: Scalar, into c: UnsafeMutablePointer<Scalar>
    ) {
      DenseLibrary.prepare()
      let (m, n) = (Int32(rows), Int32(columns))
      let side = onRight ? CblasRight : CblasLeft
      let stride = onRight ? n : m
      if Scalar.self == Float.self {
        cblas_ssymm(
          CblasRowMajor, side, CblasLower, m, n, Float(alpha), floats(s), stride, floats(b), n,
          Float(beta), floats(c), n)
      } else {
        cblas_dsymm(
          CblasRowMajor, side, CblasLower, m, n, Double(alpha), doubles(s), stride, doubles(b), n,
          Double(beta), doubles(c), n)
      }
    }

    /// - Returns: `false` where the iteration does not converge; `a` is then as it was.
    static func diagonalize<Scalar: BinaryFloatingPoint>(
      side: Int, _ a: UnsafeMutablePointer<Scalar>, values: UnsafeMutablePointer<Scalar>
    ) -> Bool {
      DenseLibrary.prepare()
      var (n, vectors, triangle) = (Int32(side), CChar(86), Self.triangle)  // V
      var length = Int32(1 + 6 * side + 2 * side * side)
      var wholeLength = Int32(3 + 5 * side)
      var info: Int32 = 0
      let count = side * side
      withUnsafeTemporaryAllocation(of: Scalar.self, capacity: Int(length) + count) { work in
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: Int(wholeLength)) { whole in
          guard let work = work.baseAddress, let whole = whole.baseAddress else { return }
          let copy = work + Int(length)
          copy.initialize(from: a, count: count)
          if Scalar.self == Float.self {
            ssyevd_(
              &vectors, &triangle, &n, floats(a), &n, floats(values), floats(work), &length, whole,
              &wholeLength, &info, 1, 1)
          } else {
            dsyevd_(
              &vectors, &triangle, &n, doubles(a), &n, doubles(values), doubles(work), &length,
              whole, &wholeLength, &info, 1, 1)
          }
          if info != 0 { a.update(from: copy, count: count) }
        }
      }
      return info == 0
    }

    static func orthonormalizeRows<Scalar: BinaryFloatingPoint>(
      side: Int, _ a: UnsafeMutablePointer<Scalar>
    ) {
      DenseLibrary.prepare()
      var n = Int32(side)
      // Blocks of 64 columns at most.
      var length = n * 64
      var info: Int32 = 0
      withUnsafeTemporaryAllocation(of: Scalar.self, capacity: side + Int(length)) { scratch in
        guard let factors = scratch.baseAddress else { return }
        let work = factors + side
        if Scalar.self == Float.self {
          sgeqrf_(&n, &n, floats(a), &n, floats(factors), floats(work), &length, &info)
          sorgqr_(&n, &n, &n, floats(a), &n, floats(factors), floats(work), &length, &info)
        } else {
          dgeqrf_(&n, &n, doubles(a), &n, doubles(factors), doubles(work), &length, &info)
          dorgqr_(&n, &n, &n, doubles(a), &n, doubles(factors), doubles(work), &length, &info)
        }
      }
      precondition(info == 0, "LAPACK refuses an argument")
    }

    private static func form(_ transposed: Bool) -> CBLAS_TRANSPOSE {
      transposed ? CblasTrans : CblasNoTrans
    }

    // What the type of the scalar, asked before, makes true.
    private static func floats<Scalar>(_ p: UnsafePointer<Scalar>) -> UnsafePointer<Float> {
      UnsafePointer(OpaquePointer(p))
    }
    private static func floats<Scalar>(
      _ p: UnsafeMutablePointer<Scalar>
    ) -> UnsafeMutablePointer<Float> {
      UnsafeMutablePointer(OpaquePointer(p))
    }
    private static func doubles<Scalar>(_ p: UnsafePointer<Scalar>) -> UnsafePointer<Double> {
      UnsafePointer(OpaquePointer(p))
    }
    private static func doubles<Scalar>(
      _ p: UnsafeMutablePointer<Scalar>
    ) -> UnsafeMutablePointer<Double> {
      UnsafeMutablePointer(OpaquePointer(p))
    }
  }
#endif
