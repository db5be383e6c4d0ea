/// Range, mean and deviation of each feature over the samples that have it.
struct FeatureStatistics {
  private(set) var counts: [Int]
  private(set) var lower: [Double]
  private(set) var upper: [Double]
  private(set) var means: [Double]
  /// √ of the mean square deviation, in a second pass about the mean, which loses no digits.
  private(set) var deviations: [Double]

  /// - Parameter numbers: row-major; NaN where a sample has no value.
  init<Scalar: BinaryFloatingPoint>(_ numbers: [Scalar], width: Int) {
    counts = [Int](repeating: 0, count: width)
    lower = [Double](repeating: .infinity, count: width)
    upper = [Double](repeating: -.infinity, count: width)
    means = [Double](repeating: 0, count: width)
    deviations = means
    let rows = width > 0 ? numbers.count / width : 0
    for row in 0..<rows {
      for column in 0..<width {
        let value = Double(numbers[row * width + column])
        guard !value.isNaN else { continue }
        counts[column] += 1
        lower[column] = min(lower[column], value)
        upper[column] = max(upper[column], value)
        means[column] += value
      }
    }
    for column in 0..<width {
      // A mean of equal numbers may be off by a rounding: a constant is centered exactly.
      means[column] =
        lower[column] == upper[column]
        ? lower[column] : means[column] / Double(max(1, counts[column]))
    }
    for row in 0..<rows {
      for column in 0..<width {
        let value = Double(numbers[row * width + column])
        guard !value.isNaN else { continue }
        let deviation = value - means[column]
        deviations[column] += deviation * deviation
      }
    }
    for column in 0..<width {
      deviations[column] = (deviations[column] / Double(max(1, counts[column]))).squareRoot()
    }
  }
}
