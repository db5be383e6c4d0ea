/// The mean over outputs of (p − t)² with p = softmax(z), the Brier score over classes (Brier 1950); with d = 2·(p − t)/width the
/// gradient is p·(d − Σ p·d).
enum SoftmaxSquaredError {
  @inline(__always)
  static func loss<Scalar: BLASScalar>(_ sample: LossSample<Scalar>) -> Double {
    let largest = sample.largest
    var sum: Scalar = 0
    for index in 0..<sample.width { sum += Scalar.exponential(sample.outputs[index] - largest) }
    var squares = 0.0
    var product: Scalar = 0
    for index in 0..<sample.width {
      let share = Scalar.exponential(sample.outputs[index] - largest) / sum
      let difference = share - sample.target[index]
      squares += Double(difference) * Double(difference)
      product += share * difference
    }
    if let gradient = sample.gradient {
      let slope = 2 * sample.weight / Scalar(sample.width)
      for index in 0..<sample.width {
        let share = Scalar.exponential(sample.outputs[index] - largest) / sum
        gradient[index] = slope * share * (share - sample.target[index] - product)
      }
    }
    return squares / Double(sample.width)
  }
}
