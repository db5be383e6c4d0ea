import Networks

/// Statistics of a normalization over batches.
extension NetworkCheck {
  func setStatistics(of network: Network<Double>) throws(CaseError) {
    guard let node = model.normalization else { return }
    let count = width(ofNode: node)
    guard let means = try recorded.numbers("running_mean_before", count: count),
      let variances = try recorded.numbers("running_var_before", count: count)
    else { return }
    network.setStatistics(means + variances, ofNode: node)
  }

  mutating func compareStatistics() throws(CaseError) {
    guard let node = model.normalization else { return }
    let found = network.statistics(ofNode: node)
    let count = width(ofNode: node)
    try compare("running_mean_after", Array(found.prefix(count)))
    try compare("running_var_after", Array(found.dropFirst(count)))
  }

  /// With a momentum of 1 the running values are the batch's.
  mutating func compareBatchStatistics() throws(CaseError) {
    guard let node = model.normalization, recorded.values["batch_mean"] != nil else { return }
    var specification = model.specification
    let other: Network<Double>
    do throws(NetworkError) {
      specification.layers[node] = try LayerSpecification(parsing: "batch_norm momentum 1")
      other = try Network<Double>(
        specification, featureCount: model.featureCount, classCount: model.outputCount,
        capacity: rows)
    } catch {
      throw .notCovered("network: \(error)")
    }
    var gradient = parameters
    _ = try pass(other, isTraining: true, &gradient)
    let found = other.statistics(ofNode: node)
    let variances = Array(found.dropFirst(width(ofNode: node)))
    try compare("batch_mean", Array(found.prefix(width(ofNode: node))))
    try compare("batch_var_unbiased", variances)
    try compare("batch_var_biased", variances.map { $0 * Double(rows - 1) / Double(rows) })
  }
}
