/// Squared error: scale·Σ (z − t)², gradient 2·scale·(z − t); with scale 1/width the mean over outputs, without a factor ½
/// (Goodfellow, Bengio and Courville 2016, equation 5.4).
enum SquaredError {
  @inline(__always)
  static func loss<Scalar: BLASScalar>(_ sample: LossSample<Scalar>, scale: Double) -> Double {
    var sum = 0.0
    let slope = 2 * Scalar(scale) * sample.weight
    for index in 0..<sample.width {
      let difference = sample.outputs[index] - sample.target[index]
      sum += Double(difference) * Double(difference)
      if let gradient = sample.gradient { gradient[index] = slope * difference }
    }
    return scale * sum
  }
}
