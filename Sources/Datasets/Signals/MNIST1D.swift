import Randomness

/// MNIST-1D: ten signals of 12 points, each padded, scaled, shifted, made noisy, sheared and taken at 40 points
/// (Greydanus and Kobak 2024, "Scaling down deep learning with MNIST-1D", section 2 and appendix A, with its default settings).
///
/// Made by the published recipe from NumPy's legacy generator, seed 42, in `Double`, in the order of its operations; the
/// samples equal those of the package `mnist1d` bit for bit as `Float`.
enum MNIST1D {
  static let classCount = 10
  static let length = 40
  static let trainCount = 4000
  static let testCount = 1000

  private static let seed: UInt32 = 42
  private static let padding = (low: 36, high: 60)
  private static let paddedLength = templates[0].count + padding.high
  private static let scaleRange = 0.4
  private static let largestShift: UInt32 = 47
  private static let correlatedNoise = 0.25
  private static let independentNoise = 0.02
  private static let shearRange = 0.75
  /// Standard deviation, in points, of the filter that correlates noise.
  private static let smoothing = 2.0

  static func load() -> (train: Samples, test: Samples) {
    var generator = LegacyNumPyGenerator(seed: seed)
    let shapes = templates.map(normalized)
    var signals: [[Double]] = []
    var labels: [Int32] = []
    for label in 0..<classCount {
      for _ in 0..<(trainCount + testCount) / classCount {
        signals.append(sample(of: shapes[label], &generator))
        labels.append(Int32(label))
      }
    }
    let order = generator.permutation(of: signals.count)
    let numbers = order.flatMap { signals[$0] }
    let mean = SignalArithmetic.mean(numbers)
    let deviation = SignalArithmetic.deviation(numbers)
    let features = numbers.map { Float(($0 - mean) / deviation) }
    let classes = order.map { labels[$0] }
    return (
      Samples(
        featureCount: length, features: Array(features.prefix(trainCount * length)),
        labels: Array(classes.prefix(trainCount))),
      Samples(
        featureCount: length, features: Array(features.dropFirst(trainCount * length)),
        labels: Array(classes.dropFirst(trainCount)))
    )
  }

  private static func sample(
    of shape: [Double], _ generator: inout LegacyNumPyGenerator
  ) -> [Double] {
    let span = Double(padding.high - padding.low + 1)
    let zeros = padding.low + Int(generator.uniform() * span)
    // What is added tells the signal from the zeros after it.
    let padded = shape.map { $0 + 1e-8 } + [Double](repeating: 0, count: zeros)
    let scale = { (random: Double) in 1 + scaleRange * (random - 0.5) }(generator.uniform())
    var signal = SignalArithmetic.resampled(padded, count: paddedLength).map { $0 * scale }
    let shift = generator.integer(upTo: largestShift)
    signal = Array(signal.suffix(shift) + signal.dropLast(shift))
    let noise = SignalArithmetic.smoothed(
      (0..<paddedLength).map { _ in correlatedNoise * generator.normal() }, deviation: smoothing)
    for place in signal.indices where signal[place] == 0 { signal[place] = noise[place] }
    for place in signal.indices { signal[place] += independentNoise * generator.normal() }
    let slope = shearRange * (generator.uniform() - 0.5)
    let ramp = SignalArithmetic.spaced(from: -0.5, to: 0.5, count: paddedLength)
    for place in signal.indices { signal[place] -= slope * ramp[place] }
    return SignalArithmetic.resampled(signal, count: length)
  }

  /// Zero at the first point, a sixth of a unit of deviation.
  private static func normalized(_ template: [Double]) -> [Double] {
    let mean = SignalArithmetic.mean(template)
    let centered = template.map { $0 - mean }
    let deviation = SignalArithmetic.deviation(centered)
    let scaled = centered.map { $0 / deviation }
    return scaled.map { ($0 - scaled[0]) / 6 }
  }

  /// Digits drawn from top to bottom: the horizontal place at 12 heights.
  private static let templates: [[Double]] = [
    [5, 6, 6.5, 6.75, 7, 7, 7, 7, 6.75, 6.5, 6, 5],
    [5, 3, 3, 3.4, 3.8, 4.2, 4.6, 5, 5.4, 5.8, 5, 5],
    [5, 6, 6.5, 6.5, 6, 5.25, 4.75, 4, 3.5, 3.5, 4, 5],
    [5, 6, 6.5, 6.5, 6, 5, 5, 6, 6.5, 6.5, 6, 5],
    [5, 4.4, 3.8, 3.2, 2.6, 2.6, 5, 5, 5, 5, 5, 5],
    [5, 3, 3, 3, 3, 5, 6, 6.5, 6.5, 6, 4.5, 5],
    [5, 4, 3.5, 3.25, 3, 3, 3, 3, 3.25, 3.5, 4, 5],
    [5, 7, 7, 6.6, 6.2, 5.8, 5.4, 5, 4.6, 4.2, 5, 5],
    [5, 4, 3.5, 3.5, 4, 5, 5, 4, 3.5, 3.5, 4, 5],
    [5, 4, 3.5, 3.5, 4, 5, 5, 5, 5, 4.7, 4.3, 5],
  ]
}
