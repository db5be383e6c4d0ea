import Datasets

extension NetworkPlan {
  /// Refuses mini-batches that batch normalization turns into zeros: x̂ = 0 where one number equals its mean.
  ///
  /// - Parameter sampleCount: training samples of an epoch.
  /// - Throws: `NetworkError.singleSample`.
  func checkBatches(
    of batchSize: Int, sampleCount: Int, lastBatch: LastBatch
  ) throws(NetworkError) {
    let rest = sampleCount % batchSize
    let smallest = lastBatch == .keep && rest > 0 ? rest : batchSize
    guard smallest == 1 else { return }
    for (index, node) in nodes.enumerated()
    where node.layer is BatchNormalization && node.input.plane == 1 {
      throw .singleSample(
        position: index + 1, layer: node.text, batchSize: batchSize, sampleCount: sampleCount,
        isWhole: batchSize == 1)
    }
  }
}
