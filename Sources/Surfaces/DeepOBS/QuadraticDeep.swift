public import Parameters
import Randomness

/// DeepOBS's `quadratic_deep`: 100 dimensions, nine tenths of the spectrum within (0, 1), one tenth within (30, 60).
///
/// f(θ) = mean over the test data x of ½(θ − x)ᵀQ(θ − x) = ½(θ − x̄)ᵀQ(θ − x̄) + a constant, as that suite evaluates it: the first 896 of
/// 1,000 samples. Training takes its gradients over batches of 128 of the training data, whose mean differs: the term is
/// Q(x̄ − x̄_batch). Q and the data come from NumPy's legacy generator with the suite's seeds; data are rounded to Float as there, arithmetic
/// is in `Double` where the suite's is in Float. Batches are shuffled by this project's keys, since the suite's shuffle is TensorFlow's.
///
/// The suite restarts its shuffled iterator for every epoch with the same seed, so that all epochs of a run have the same batches
/// in the same order. Its published losses depend on this: large momentum cancels noise that repeats.
public struct QuadraticDeep: Surface {
  public static let name = "quadratic_deep"
  public static let title = "DeepOBS quadratic_deep"
  public static let summary = "a quadratic in 100 dimensions trained on mini-batches of noisy data"
  public static let equation = "f(θ) = mean of ½ (θ − x)ᵀQ(θ − x) over the test data"
  public static let source = "Schneider, Balles and Hennig 2019 (DeepOBS)"
  public static let parameters: [Parameter<QuadraticDeep>] = [
    Parameter(
      "batch_size", \.batchSize, .whole(1...1000),
      "training samples per gradient; 1000 is the whole training set"),
    Parameter(
      "reshuffle", \.reshuffle, .whole(0...1),
      "1 shuffles before each epoch, 0 only once, as DeepOBS does"
    ),
  ]

  public var batchSize = 128
  public var reshuffle = 0

  public init() {}

  public var dimension: Int { 100 }
  public var defaultStart: [Double] { [Double](repeating: 1, count: dimension) }
  public var domain: SurfaceDomain { SurfaceDomain(x: -1...1.5, y: -1...1.5) }
  public var criticalPoints: [CriticalPoint] {
    [CriticalPoint(kind: .minimum, point: Data.shared.form.center, value: Data.shared.floor)]
  }

  public var batchNoise: BatchNoise? {
    BatchNoise(
      contributions: Data.shared.contributions, dimension: dimension, batchSize: batchSize,
      reshuffles: reshuffle == 1)
  }

  /// Hessian row by row.
  package static var hessian: [Double] { Data.shared.form.hessian }
  /// 1,000 samples of 100 coordinates each.
  package static var trainingData: [Double] { Data.shared.train }
  package static var testData: [Double] { Data.shared.test }

  public func value(at point: Span<Double>) -> Double {
    Data.shared.form.value(at: point) + Data.shared.floor
  }

  public func value(at point: Span<Double>, gradient: inout MutableSpan<Double>) -> Double {
    Data.shared.form.value(at: point, gradient: &gradient) + Data.shared.floor
  }

  /// The random data of the suite.
  private struct Data {
    static let shared = Data()
    static let dimension = 100
    static let sampleCount = 1000
    /// Seven whole batches of 128.
    static let evaluatedCount = 896

    /// Quadratic form around the mean of the evaluated test data.
    let form: QuadraticForm
    /// The loss that remains at that mean: the variance of the data.
    let floor: Double
    let train: [Double]
    let test: [Double]
    /// Q(x̄ − xᵢ) for each training sample.
    let contributions: [Double]

    init() {
      let count = Self.dimension
      var generator = LegacyNumPyGenerator(seed: 42)
      let eigenvalues =
        (0..<90).map { _ in generator.uniform(from: 0, to: 1) }
        + (0..<10).map { _ in generator.uniform(from: 30, to: 60) }
      let angle = generator.uniform()
      let rotation = RandomRotation.matrix(
        dimension: count, angle: { angle }, normal: { generator.normal() })
      var form = QuadraticForm(eigenvalues: eigenvalues, rotation: rotation)
      train = Self.samples(seed: 42)
      test = Self.samples(seed: 43)
      var mean = [Double](repeating: 0, count: count)
      for sample in 0..<Self.evaluatedCount {
        for index in 0..<count { mean[index] += test[sample * count + index] }
      }
      form.center = mean.map { $0 / Double(Self.evaluatedCount) }
      var spread = 0.0
      for sample in 0..<Self.evaluatedCount {
        let point = test[(sample * count)..<((sample + 1) * count)]
        spread += form.value(at: point.span)
      }
      floor = spread / Double(Self.evaluatedCount)
      var contributions: [Double] = []
      contributions.reserveCapacity(train.count)
      var gradient = [Double](repeating: 0, count: count)
      for sample in 0..<Self.sampleCount {
        let point = train[(sample * count)..<((sample + 1) * count)]
        var span = gradient.mutableSpan
        _ = form.value(at: point.span, gradient: &span)
        contributions += gradient.map { -$0 }
      }
      self.contributions = contributions
      self.form = form
    }

    /// Normal numbers with standard deviation 0.6, rounded to Float.
    private static func samples(seed: UInt32) -> [Double] {
      var generator = LegacyNumPyGenerator(seed: seed)
      return (0..<(sampleCount * dimension)).map { _ in Double(Float(0.6 * generator.normal())) }
    }
  }
}
