/// The last pairs of a step s and the gradient change y that it made, for L-BFGS.
///
/// Pairs are allocated as they come, so that a short run of a large problem stays small.
final class CurvatureHistory<Scalar: KernelScalar> {
  private struct Pair {
    /// s, then y.
    var vectors: UnsafeMutablePointer<Scalar>
    /// 1/(y·s).
    var inverse: Double
  }

  private let count: Int
  private let capacity: Int
  /// A ring once it is full.
  private var pairs: [Pair] = []
  private var oldest = 0
  private var weights: [Double] = []
  /// H₀ = y·s/y·y of the newest pair.
  private var scale = 1.0

  init(count: Int, capacity: Int) {
    self.count = count
    self.capacity = capacity
  }

  deinit { for pair in pairs { pair.vectors.deallocate() } }

  var bytes: Int { pairs.count * (2 * count * MemoryLayout<Scalar>.size + 16) }

  /// Keeps s = step·direction and y = gradient − previous if y·s > 10⁻¹⁰: only then does H stay positive definite.
  func remember(
    gradient: UnsafePointer<Scalar>, previous: UnsafePointer<Scalar>,
    direction: UnsafePointer<Scalar>, step: Double
  ) {
    let step = Scalar(step)
    let product = VectorPrimitives.sum(count) {
      Double(gradient[$0] - previous[$0]) * Double(step * direction[$0])
    }
    guard product > 1e-10 else { return }
    let slot: Int
    if pairs.count < capacity {
      slot = pairs.count
      pairs.append(Pair(vectors: .allocate(capacity: max(1, 2 * count)), inverse: 0))
      weights.append(0)
    } else {
      slot = oldest
      oldest = (oldest + 1) % capacity
    }
    let s = pairs[slot].vectors
    let y = s + count
    for index in 0..<count {
      s[index] = step * direction[index]
      y[index] = gradient[index] - previous[index]
    }
    pairs[slot].inverse = 1 / product
    let square = VectorPrimitives.squaredNorm(y, count)
    let norm = VectorPrimitives.norm(y, count)
    scale = VectorPrimitives.holdsSquares(square) ? product / square : product / norm / norm
  }

  /// −H·gradient by the two-loop recursion; −gradient without pairs.
  func newtonDirection(
    of gradient: UnsafePointer<Scalar>, into direction: UnsafeMutablePointer<Scalar>
  ) {
    for index in 0..<count { direction[index] = -gradient[index] }
    for age in pairs.indices.reversed() {
      let index = (oldest + age) % pairs.count
      let s = pairs[index].vectors
      weights[index] = VectorPrimitives.dot(s, direction, count) * pairs[index].inverse
      VectorPrimitives.add(-weights[index], times: s + count, to: direction, count)
    }
    let scale = Scalar(scale)
    for index in 0..<count { direction[index] *= scale }
    for age in pairs.indices {
      let index = (oldest + age) % pairs.count
      let s = pairs[index].vectors
      let weight = VectorPrimitives.dot(s + count, direction, count) * pairs[index].inverse
      VectorPrimitives.add(weights[index] - weight, times: s, to: direction, count)
    }
  }
}
