import Foundation
import LinearAlgebra

extension TensorAxes {
  /// Writes S^(−1/order) of every axis' matrix S, whole.
  ///
  /// - Parameter least: what no eigenvalue of S is below but by rounding.
  func invertRoots<Scalar: KernelScalar>(
    _ matrices: UnsafePointer<Scalar>, order: Int, least: Double,
    into roots: UnsafeMutablePointer<Scalar>
  ) {
    for axis in axes where axis.hasMatrix {
      let (side, root) = (axis.length, roots + axis.start)
      let capacity = side * side + side
      withUnsafeTemporaryAllocation(of: Scalar.self, capacity: capacity) { scratch in
        guard let vectors = scratch.baseAddress else { return }
        let values = vectors + side * side
        vectors.update(from: matrices + axis.start, count: side * side)
        DenseMatrix.diagonalize(side: side, vectors, values: values)
        // S^(−1/order) = VᵀV for rows scaled by the root of their eigenvalue's power.
        for row in 0..<side {
          let size = Double(abs(values[row]))
          // Written so that a NaN is no small eigenvalue.
          let scale = Scalar(pow(size <= least ? least : size, -0.5 / Double(order)))
          for column in 0..<side { vectors[row &* side &+ column] *= scale }
        }
        DenseMatrix.addGram(side: side, inner: side, vectors, transposed: true, to: root)
        DenseMatrix.mirror(side: side, root)
      }
    }
  }
}
