import Networks
import Records

/// The norm of the gradient of each layer, step by step: so one sees it vanish or explode on its way down.
struct GradientNormRecorder {
  private var layers: [(range: Range<Int>, recorder: CurveRecorder)]

  init(_ problem: NetworkProblem, totalSteps: Int) {
    layers = problem.trainedLayers.map {
      (
        $0.range,
        CurveRecorder(.gradientNorm, layer: $0.name, totalSteps: totalSteps, hasEpochs: true)
      )
    }
  }

  /// - Parameter always: for the last point before a divergence.
  mutating func record(_ gradient: Span<Float>, step: Int, epoch: Int, always: Bool) {
    for index in layers.indices {
      guard always || layers[index].recorder.takes(step) else { return }
      var sum = 0.0
      for place in layers[index].range {
        let value = Double(gradient[place])
        sum += value * value
      }
      layers[index].recorder.record(
        step: step, epoch: epoch, value: sum.squareRoot(), always: always)
    }
  }

  var curves: [Curve] { layers.map(\.recorder.curve) }
}
