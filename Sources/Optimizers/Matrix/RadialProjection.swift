/// Takes the part along the parameters out of the steps of tensors whose scale seems not to matter (Heo et al. 2021, Algorithms 1 and 2).
///
/// Where gradients are almost at right angles to the parameters, |cos(g, θ)| < δ/√n for every row or, if not, for the whole tensor, the step u
/// becomes u − (θ·u)θ/(‖θ‖ + ε)² per row or tensor, and decay is weaker. Vectors are left alone.
struct RadialProjection<Scalar: KernelScalar> {
  let delta: Double
  let decayRatio: Double
  let epsilon: Double
  let rate: Double
  /// What decay takes of a parameter before the ratio.
  let decay: Double

  /// θ ← (1 − decay)θ − rate·u, projected where it must be.
  ///
  /// - Parameter update: u of an entry, from state that is already of this step.
  @inline(__always)
  func step(
    _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>, shape: [Int],
    update: (Int) -> Scalar
  ) {
    let count = shape.reduce(1, *)
    guard count > 0 else { return }
    let width = projectedWidth(parameters, gradients, shape: shape, count: count)
    guard let width else {
      let (remaining, rate) = (Scalar(1 - decay), Scalar(rate))
      for index in 0..<count {
        parameters[index] = parameters[index] * remaining - rate * update(index)
      }
      return
    }
    let (remaining, rate) = (Scalar(1 - decay * decayRatio), Scalar(rate))
    for start in stride(from: 0, to: count, by: width) {
      let norm = VectorPrimitives.norm(parameters + start, width) + epsilon
      let radial = VectorPrimitives.sum(width) {
        Double(parameters[start &+ $0]) / norm * Double(update(start &+ $0))
      }
      let share = Scalar(radial / norm)
      for index in start..<start + width {
        let tangential = update(index) - share * parameters[index]
        parameters[index] = parameters[index] * remaining - rate * tangential
      }
    }
  }

  /// Entries that are projected together; `nil` for a tensor that keeps its step.
  @inline(__always)
  private func projectedWidth(
    _ parameters: UnsafePointer<Scalar>, _ gradients: UnsafePointer<Scalar>, shape: [Int],
    count: Int
  ) -> Int? {
    guard shape.count > 1 else { return nil }
    return [count / shape[0], count].first { width in
      let largest = stride(from: 0, to: count, by: width).map {
        cosine(parameters + $0, gradients + $0, width)
      }.reduce(0) { $0 >= $1 ? $0 : $1 }
      return largest < delta / Double(width).squareRoot()
    }
  }

  /// |g·θ|/(max(‖g‖, ε)·max(‖θ‖, ε)).
  @inline(__always)
  private func cosine(
    _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>, _ count: Int
  ) -> Double {
    let (first, second) = (VectorPrimitives.norm(a, count), VectorPrimitives.norm(b, count))
    let divisors = (first < epsilon ? epsilon : first, second < epsilon ? epsilon : second)
    return abs(
      VectorPrimitives.sum(count) {
        Double(a[$0]) / divisors.0 * (Double(b[$0]) / divisors.1)
      })
  }
}
