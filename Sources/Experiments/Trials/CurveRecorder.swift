import Records

/// Collects a curve point by point, thinned to a bounded number of them.
struct CurveRecorder {
  /// A budget of up to this many steps is recorded at every step.
  static let pointLimit = 20_000

  private let metric: Metric
  private let stride: Int
  private var steps: [Int] = []
  private var epochs: [Int] = []
  private var values: [Double] = []
  private let hasEpochs: Bool

  init(_ metric: Metric, totalSteps: Int, hasEpochs: Bool) {
    self.metric = metric
    self.hasEpochs = hasEpochs
    stride = Self.stride(totalSteps: totalSteps)
    let expected = totalSteps / stride + 2
    steps.reserveCapacity(expected)
    values.reserveCapacity(expected)
    if hasEpochs { epochs.reserveCapacity(expected) }
  }

  /// Every how manyth step is recorded.
  static func stride(totalSteps: Int) -> Int { max(1, (totalSteps - 1) / pointLimit + 1) }

  /// - Parameter always: for the last point, which is kept whatever the stride.
  mutating func record(step: Int, epoch: Int = 0, value: Double, always: Bool = false) {
    guard always || step.isMultiple(of: stride) else { return }
    steps.append(step)
    if hasEpochs { epochs.append(epoch) }
    values.append(value)
  }

  var curve: Curve {
    Curve(metric: metric, steps: steps, epochs: hasEpochs ? epochs : nil, values: values)
  }
}
