import Records

/// Collects a curve point by point, thinned to a bounded number of them.
struct CurveRecorder {
  /// A budget of up to this many steps is recorded at every step.
  static let pointLimit = 20_000

  private let metric: Metric
  private let layer: String?
  private let stride: Int
  private var steps: [Int] = []
  private var epochs: [Int] = []
  private var values: [Double] = []
  private let hasEpochs: Bool

  init(_ metric: Metric, layer: String? = nil, totalSteps: Int, hasEpochs: Bool) {
    self.metric = metric
    self.layer = layer
    self.hasEpochs = hasEpochs
    stride = Self.stride(totalSteps: totalSteps)
    // Rules may end a trial long before its budget does.
    let expected = min(totalSteps / stride + 2, Self.pointLimit + 2)
    steps.reserveCapacity(expected)
    values.reserveCapacity(expected)
    if hasEpochs { epochs.reserveCapacity(expected) }
  }

  /// Every how manyth step is recorded.
  static func stride(totalSteps: Int) -> Int { max(1, (totalSteps - 1) / pointLimit + 1) }

  /// Whether a step is among those recorded.
  func takes(_ step: Int) -> Bool { step.isMultiple(of: stride) }

  /// - Parameter always: for the last point, which is kept whatever the stride.
  mutating func record(step: Int, epoch: Int = 0, value: Double, always: Bool = false) {
    guard always || takes(step) else { return }
    steps.append(step)
    if hasEpochs { epochs.append(epoch) }
    values.append(value)
  }

  var curve: Curve {
    Curve(
      metric: metric, layer: layer, steps: steps, epochs: hasEpochs ? epochs : nil, values: values)
  }
}
