package import Datasets

extension NetworkSpecification {
  /// Bytes that training takes without the optimizer's state, which is `stateBytesPerParameter` more for each: parameters
  /// and gradient, and for each sample of a pass its features and the outputs of every layer with their gradients.
  ///
  /// An estimate before anything is allocated, to a few percent; the data set itself is not in it.
  /// - Parameter stateBytesPerParameter: what the optimizer keeps between steps.
  /// - Throws: What is wrong with the shapes.
  package func trainingBytes(
    form: DataForm, batchSize: Int, stateBytesPerParameter: Int
  ) throws(NetworkError) -> Int {
    let plan = try NetworkPlan(self, form: form)
    let buffers = NetworkBuffers(plan, keepsAll: false, withInputGradient: false)
    let parameters = plan.parameterCount
    let outputs = buffers.outputSizes.reduce(0, +)
    let kept = plan.nodes.reduce(0) { $0 + $1.workspace.keptPerSample }
    let training = buffers.gradientSizes.reduce(0, +) + kept
    let rows = max(batchSize, NetworkProblem.evaluationChunk)
    let scalar = MemoryLayout<Float>.stride
    let passes = rows.multipliedReportingOverflow(by: scalar * outputs)
    let batch = batchSize.multipliedReportingOverflow(by: scalar * (form.featureCount + training))
    let workspace = passes.partialValue.addingReportingOverflow(
      scalar * (plan.nodes.map(\.workspace.scratch).max() ?? 0))
    guard !passes.overflow, !workspace.overflow, !batch.overflow else { return .max }
    let state = parameters.multipliedReportingOverflow(by: 2 * scalar + stateBytesPerParameter)
    guard !state.overflow else { return .max }
    let sums = state.partialValue.addingReportingOverflow(workspace.partialValue)
    let total = sums.partialValue.addingReportingOverflow(batch.partialValue)
    return sums.overflow || total.overflow ? .max : total.partialValue
  }
}
