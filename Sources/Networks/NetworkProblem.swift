package import Datasets
import Randomness

/// Training a network on a data set in mini-batches, in `Float`.
///
/// One per trial: it owns its workspace and must not be shared between threads. What it computes depends on the
/// keys and parameters given, never on thread count or on other trials.
package final class NetworkProblem {
  package let specification: NetworkSpecification
  package let dataset: Dataset
  package let batchSize: Int
  /// Length of the flat parameter buffer: layer by layer, weight [out][in] row-major, then bias.
  package let parameterCount: Int
  /// Mini-batches per epoch. A last partial batch counts if it is kept; an epoch then uses every sample once.
  package let batchesPerEpoch: Int

  private let network: Network<Float>
  /// Layers in the order they run, with their shapes.
  package var plan: NetworkPlan { network.plan }
  /// Whether `Evaluation.accuracy` means something.
  package var hasAccuracy: Bool { specification.loss.tellsClasses }
  /// The features and labels of the current mini-batch.
  private let batchFeatures: UnsafeMutablePointer<Float>
  private let batchLabels: UnsafeMutablePointer<Int32>
  /// The training samples in the order of the current epoch; empty before the first one.
  private var order: [Int] = []
  /// What the randomness of layers is keyed by in the current epoch.
  private var layerKey = RandomKey(masterSeed: 0, purpose: .layerNoise)

  /// Samples that `evaluate` takes at a time. Fixed, so that the result does not depend on the batch size.
  static let evaluationChunk = 256

  /// - Throws: What is wrong with the shapes, a batch size outside 1 to the number of training samples, or a batch of one sample
  ///   under batch normalization.
  package init(
    _ specification: NetworkSpecification, dataset: Dataset, batchSize: Int,
    lastBatch: LastBatch = .keep
  ) throws(NetworkError) {
    let sampleCount = dataset.train.count
    guard batchSize >= 1, batchSize <= sampleCount else {
      throw .batchSize(batchSize, sampleCount: sampleCount)
    }
    network = try Network(
      specification, featureCount: dataset.featureCount, classCount: dataset.classCount,
      capacity: max(batchSize, Self.evaluationChunk), trainingCapacity: batchSize)
    try network.plan.checkBatches(of: batchSize, sampleCount: sampleCount, lastBatch: lastBatch)
    self.specification = specification
    self.dataset = dataset
    self.batchSize = batchSize
    parameterCount = network.parameterCount
    batchesPerEpoch =
      lastBatch == .keep ? (sampleCount - 1) / batchSize + 1 : sampleCount / batchSize
    batchFeatures = Network<Float>.allocate(batchSize * dataset.featureCount)
    batchLabels = .allocate(capacity: batchSize)
    batchLabels.initialize(repeating: 0, count: batchSize)
  }

  deinit {
    batchFeatures.deallocate()
    batchLabels.deallocate()
  }

  /// Asked while a pass runs: whether it ends early. Losses are NaN then, and gradients mean nothing.
  package var isCancelled: () -> Bool {
    get { network.isCancelled }
    set { network.isCancelled = newValue }
  }

  /// Samples of a mini-batch; the last one of an epoch may have fewer than the others.
  package func sampleCount(ofBatch batch: Int) -> Int {
    min(batchSize, dataset.train.count - batch * batchSize)
  }

  /// Starting parameters: the same for every optimizer with the same master seed and seed index.
  package func initialParameters(masterSeed: UInt64, seedIndex: Int) -> [Float] {
    plan.initialParameters(
      key: RandomKey(masterSeed: masterSeed, purpose: .initialParameters, seedIndex: seedIndex))
  }

  /// Samples that `startingLoss` takes.
  private static let startingSamples = 32

  /// The mean loss over the first training samples, as a quick look before training.
  package func startingLoss(parameters: Span<Float>) -> Double {
    let rows = min(Self.startingSamples, dataset.train.count)
    return parameters.withUnsafeBufferPointer { parameters in
      dataset.train.features.withUnsafeBufferPointer { features in
        dataset.train.labels.withUnsafeBufferPointer { labels in
          guard let parameters = parameters.baseAddress, let features = features.baseAddress,
            let labels = labels.baseAddress
          else { preconditionFailure("a data set is never empty") }
          let sum = network.evaluate(
            rows: rows, input: features, labels: labels, parameters: parameters,
            key: RandomKey(masterSeed: 0, purpose: .layerNoise)
          ).lossSum
          return sum / Double(rows)
        }
      }
    }
  }

  /// Shuffles the training samples for `epoch`, whatever epochs came before.
  ///
  /// - Complexity: O(*n*) in the number of training samples.
  package func beginEpoch(_ epoch: Int, masterSeed: UInt64, seedIndex: Int) {
    var generator = RandomKey(
      masterSeed: masterSeed, purpose: .batchOrder, seedIndex: seedIndex, epoch: epoch
    ).generator()
    order = generator.permutation(of: dataset.train.count)
    layerKey = RandomKey(
      masterSeed: masterSeed, purpose: .layerNoise, seedIndex: seedIndex, epoch: epoch)
  }

  /// The mean loss over mini-batch `batch` (0..<`batchesPerEpoch`) of the current epoch; overwrites `gradient`.
  ///
  /// `parameters` and `gradient` have `parameterCount` numbers. Running statistics of batch normalization follow, unless the
  /// point is only tried (`isProbe`), as line searches do. A diverged network gives a loss that is not finite.
  package func lossAndGradient(
    batch: Int, parameters: Span<Float>, gradient: inout MutableSpan<Float>, isProbe: Bool = false
  ) -> Double {
    precondition(!order.isEmpty, "beginEpoch comes first")
    precondition((0..<batchesPerEpoch).contains(batch), "no batch \(batch) of \(batchesPerEpoch)")
    precondition(
      parameters.count == parameterCount && gradient.count == parameterCount,
      "buffers of \(parameterCount) parameters expected")
    let rows = gather(batch: batch)
    var key = layerKey
    key.step = batch
    return parameters.withUnsafeBufferPointer { parameters in
      gradient.withUnsafeMutableBufferPointer { gradient in
        guard let parameters = parameters.baseAddress, let gradient = gradient.baseAddress else {
          preconditionFailure("buffers of a network are never empty")
        }
        return network.lossAndGradient(
          rows: rows, input: batchFeatures, labels: batchLabels, parameters: parameters,
          gradient: gradient, key: key, tracksStatistics: !isProbe)
      }
    }
  }

  /// Mean loss and the share of samples classified rightly, 0 to 1.
  package struct Evaluation: Hashable, Sendable {
    package var loss: Double
    package var accuracy: Double
  }

  /// Which samples of the data set.
  package enum Split: Sendable { case train, validation, test }

  /// Loss and accuracy over all samples of `split`, in the data set's own order.
  ///
  /// - Precondition: the data set has such samples.
  package func evaluate(_ split: Split, parameters: Span<Float>) -> Evaluation {
    precondition(parameters.count == parameterCount, "\(parameterCount) parameters expected")
    guard let samples = samples(of: split) else {
      preconditionFailure("the data set has no validation samples")
    }
    var lossSum = 0.0
    var correct = 0
    parameters.withUnsafeBufferPointer { parameters in
      samples.features.withUnsafeBufferPointer { features in
        samples.labels.withUnsafeBufferPointer { labels in
          guard let parameters = parameters.baseAddress, let features = features.baseAddress,
            let labels = labels.baseAddress
          else { preconditionFailure("a data set is never empty") }
          for start in stride(from: 0, to: samples.count, by: Self.evaluationChunk) {
            if isCancelled() { return }
            let chunk = network.evaluate(
              rows: min(Self.evaluationChunk, samples.count - start),
              input: features + start * samples.featureCount, labels: labels + start,
              parameters: parameters,
              key: RandomKey(
                masterSeed: 0, purpose: .layerNoise, step: start / Self.evaluationChunk))
            lossSum += chunk.lossSum
            correct += chunk.correct
          }
        }
      }
    }
    let count = Double(samples.count)
    return Evaluation(loss: lossSum / count, accuracy: Double(correct) / count)
  }

  private func samples(of split: Split) -> Samples? {
    switch split {
    case .train: dataset.train
    case .validation: dataset.validation
    case .test: dataset.test
    }
  }

  /// Copies the samples of a mini-batch together and says how many there are.
  private func gather(batch: Int) -> Int {
    let start = batch * batchSize
    let rows = min(batchSize, order.count - start)
    let width = dataset.featureCount
    dataset.train.features.withUnsafeBufferPointer { features in
      dataset.train.labels.withUnsafeBufferPointer { labels in
        guard let base = features.baseAddress else { return }
        for row in 0..<rows {
          let sample = order[start + row]
          (batchFeatures + row * width).update(from: base + sample * width, count: width)
          batchLabels[row] = labels[sample]
        }
      }
    }
    return rows
  }
}
