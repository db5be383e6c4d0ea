import Randomness

/// A term added to the gradient of a surface at each step: depends on seed and step, never on the optimizer or the point.
///
/// The loss is without noise.
public protocol GradientTerm: Sendable {
  /// Adds the noise of `step`, counted from 0.
  mutating func add(to gradient: inout MutableSpan<Double>, step: Int)
}

/// Independent normal noise with mean zero in each derivative, keyed by seed and step.
public struct GradientNoise: GradientTerm {
  public let deviation: Double
  private var key: RandomKey

  public init(deviation: Double, masterSeed: UInt64, seedIndex: Int) {
    self.deviation = deviation
    key = RandomKey(masterSeed: masterSeed, purpose: .gradientNoise, seedIndex: seedIndex)
  }

  public mutating func add(to gradient: inout MutableSpan<Double>, step: Int) {
    key.step = step
    var generator = key.generator()
    for index in gradient.indices { gradient[index] += deviation * generator.normal() }
  }
}

/// Mini-batches of recorded data: the term of each sample in the gradient, the same at every point.
public struct BatchNoise: Hashable, Sendable {
  /// Contributions sample by sample, `dimension` values each.
  public let contributions: [Double]
  public let dimension: Int
  public let batchSize: Int
  /// Whether each pass is shuffled separately, or all have the order of the first.
  public let reshuffles: Bool

  /// - Precondition: There is at least one whole batch.
  public init(contributions: [Double], dimension: Int, batchSize: Int, reshuffles: Bool = true) {
    precondition(
      dimension >= 1 && contributions.count.isMultiple(of: dimension),
      "as many contributions per sample as coordinates")
    precondition(
      (1...(contributions.count / dimension)).contains(batchSize), "at least one whole batch")
    self.contributions = contributions
    self.dimension = dimension
    self.batchSize = batchSize
    self.reshuffles = reshuffles
  }

  public var sampleCount: Int { contributions.count / dimension }
  /// Whole batches per pass over the data; remaining samples are dropped.
  public var batchesPerEpoch: Int { sampleCount / batchSize }

  /// The batches of one seed.
  public func term(masterSeed: UInt64, seedIndex: Int) -> any GradientTerm {
    BatchTerm(
      noise: self,
      key: RandomKey(masterSeed: masterSeed, purpose: .batchOrder, seedIndex: seedIndex))
  }
}

/// The mean contribution of each step's batch, in an order that is drawn for every pass or once.
private struct BatchTerm: GradientTerm {
  let noise: BatchNoise
  private var key: RandomKey
  private var order: [Int] = []
  private var mean: [Double]

  init(noise: BatchNoise, key: RandomKey) {
    self.noise = noise
    self.key = key
    mean = [Double](repeating: 0, count: noise.dimension)
  }

  mutating func add(to gradient: inout MutableSpan<Double>, step: Int) {
    let (pass, batch) = step.quotientAndRemainder(dividingBy: noise.batchesPerEpoch)
    if order.isEmpty || noise.reshuffles && key.epoch != pass + 1 {
      // Passes are counted from 1, as the epochs of networks are.
      key.epoch = pass + 1
      var generator = key.generator()
      order = generator.permutation(of: noise.sampleCount)
    }
    let noise = noise
    let dimension = noise.dimension
    let table = noise.contributions.span
    for index in 0..<dimension { mean[index] = 0 }
    let samples = order[(batch * noise.batchSize)..<((batch + 1) * noise.batchSize)]
    var sums = mean.mutableSpan
    for sample in samples {
      let first = sample * dimension
      for index in 0..<dimension { sums[index] += table[first + index] }
    }
    for index in 0..<dimension { gradient[index] += sums[index] / Double(noise.batchSize) }
  }
}
