/// A metric over the steps of a trial. All arrays have one entry per recorded point.
public struct Curve: Sendable, Equatable {
  public var metric: Metric
  /// Updates made before the value was taken; ascending.
  public var steps: [Int]
  /// Epoch of each point, counted from 1 (0 is before training); `nil` for problems without epochs.
  public var epochs: [Int]?
  public var values: [Double]

  public init(metric: Metric, steps: [Int], epochs: [Int]?, values: [Double]) {
    precondition(
      steps.count == values.count && epochs.map { $0.count == values.count } ?? true,
      "a curve has one step, epoch and value per point")
    self.metric = metric
    self.steps = steps
    self.epochs = epochs
    self.values = values
  }
}

/// The way through the plane of the first two parameters. All arrays have one entry per recorded point.
public struct Trajectory: Sendable, Equatable {
  public var steps: [Int]
  public var x: [Double]
  public var y: [Double]
  public var loss: [Double]

  public init(steps: [Int], x: [Double], y: [Double], loss: [Double]) {
    precondition(
      steps.count == x.count && steps.count == y.count && steps.count == loss.count,
      "a trajectory has one step, point and loss per entry")
    self.steps = steps
    self.x = x
    self.y = y
    self.loss = loss
  }
}
