extension NetworkSpecification {
  /// Bytes that training takes without the optimizer's state, which is `stateBytesPerParameter` more for each: parameters
  /// and gradient, and for each sample of a pass its features and the outputs of every layer with their gradients.
  ///
  /// An estimate before anything is allocated, to a few per cent; the data set itself is not in it.
  /// - Parameter stateBytesPerParameter: what the optimizer keeps between steps.
  /// - Throws: What is wrong with the shapes.
  public func trainingBytes(
    featureCount: Int, classCount: Int, batchSize: Int, stateBytesPerParameter: Int
  ) throws(NetworkError) -> Int {
    let parameters = try parameterCount(featureCount: featureCount, classCount: classCount)
    var width = featureCount
    var outputs = 0
    for layer in layers {
      width = NetworkLayer(layer, inputWidth: width).shape.outputWidth
      outputs += width
    }
    let rows = max(batchSize, NetworkProblem.evaluationChunk)
    let scalar = MemoryLayout<Float>.stride
    let workspace = rows.multipliedReportingOverflow(by: scalar * 2 * outputs)
    let batch = batchSize.multipliedReportingOverflow(by: scalar * featureCount)
    guard !workspace.overflow, !batch.overflow else { return .max }
    let state = parameters.multipliedReportingOverflow(by: 2 * scalar + stateBytesPerParameter)
    guard !state.overflow else { return .max }
    let sums = state.partialValue.addingReportingOverflow(workspace.partialValue)
    let total = sums.partialValue.addingReportingOverflow(batch.partialValue)
    return sums.overflow || total.overflow ? .max : total.partialValue
  }
}
