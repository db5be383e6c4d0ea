/// A metric over the steps of a trial. All arrays have one entry per recorded point.
package struct Curve: Sendable, Equatable {
  package var metric: Metric
  /// The layer whose part of the metric it is, such as `1-dense`; `nil` for the whole.
  package var layer: String?
  /// Updates made before the value was taken; ascending.
  package var steps: [Int]
  /// Epoch of each point, counted from 1 (0 is before training); `nil` for problems without epochs.
  package var epochs: [Int]?
  package var values: [Double]

  package init(
    metric: Metric, layer: String? = nil, steps: [Int], epochs: [Int]?, values: [Double]
  ) {
    precondition(
      steps.count == values.count && epochs.map { $0.count == values.count } ?? true,
      "a curve has one step, epoch and value per point")
    self.metric = metric
    self.layer = layer
    self.steps = steps
    self.epochs = epochs
    self.values = values
  }

  /// Indices of the values that are lower than all before, and of the second value, which distinguishes such a curve from one with its ends only.
  var descent: [Int] {
    var lowest = Double.infinity
    var found: [Int] = []
    for (index, value) in values.enumerated() where value < lowest || index == 1 {
      if value < lowest { lowest = value }
      found.append(index)
    }
    return found
  }

  /// As in files: the metric, or `METRIC/LAYER`.
  package var name: String { layer.map { "\(metric.rawValue)/\($0)" } ?? metric.rawValue }

  /// The metric and layer that a name stands for; `nil` for a name of no metric.
  static func parts(of name: String) -> (metric: Metric, layer: String?)? {
    let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
    return parts.first.flatMap(Metric.init).map { ($0, parts.count > 1 ? parts[1] : nil) }
  }
}

/// The way through the plane of the first two parameters. All arrays have one entry per recorded point.
package struct Trajectory: Sendable, Equatable {
  package var steps: [Int]
  package var x: [Double]
  package var y: [Double]
  package var loss: [Double]

  package init(steps: [Int], x: [Double], y: [Double], loss: [Double]) {
    precondition(
      steps.count == x.count && steps.count == y.count && steps.count == loss.count,
      "a trajectory has one step, point and loss per entry")
    self.steps = steps
    self.x = x
    self.y = y
    self.loss = loss
  }
}
