import Optimizers
import Scenarios
import Surfaces

/// A row of starting points on one surface, moved by one optimizer all at once.
///
/// Coordinate by coordinate in one buffer, so that an element-wise rule steps over all of them in a single pass of the
/// kernel; other methods take the points one after the other. Noise is left out: which minimum is reached is to
/// depend on the start alone.
struct StartRow {
  private let surface: any Surface
  private let entrant: Entrant
  private let count: Int
  /// Asked on the way: whether to go no further, the points being of no use then.
  private let isCancelled: @Sendable () -> Bool
  /// Coordinate k of point i at k · `count` + i.
  private(set) var points: [Double]

  /// - Parameter points: x of all points, then y.
  init(
    _ points: [Double], on surface: any Surface, entrant: Entrant,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    precondition(surface.dimension == 2 && points.count.isMultiple(of: 2), "points lie in a plane")
    self.surface = surface
    self.entrant = entrant
    self.points = points
    self.isCancelled = isCancelled
    count = points.count / 2
  }

  func point(_ index: Int) -> (x: Double, y: Double) { (points[index], points[count + index]) }

  /// Makes updates of `steps` gradients from every start.
  ///
  /// - Parameter visit: called for the starts and after each update, of all points or of one (`range`), with the points as
  ///   they are then, laid out as `points`.
  mutating func advance(
    steps: Int, visit: (_ step: Int, _ range: Range<Int>, _ points: Span<Double>) -> Void
  ) {
    let stepper = entrant.optimizer.stepper(count: points.count, as: Double.self)
    if stepper.isElementwise, entrant.pipeline.isPlain, entrant.schedule == nil {
      advanceTogether(steps: steps, stepper, visit)
    } else {
      for index in 0..<count where !isCancelled() { advance(index, steps: steps, visit) }
    }
  }

  private mutating func advanceTogether(
    steps: Int, _ stepper: Stepper<Double>, _ visit: (Int, Range<Int>, Span<Double>) -> Void
  ) {
    var gradients = [Double](repeating: 0, count: points.count)
    let learningRate = entrant.optimizer.learningRate
    visit(0, 0..<count, points.span)
    for step in 1...steps {
      if step.isMultiple(of: 64), isCancelled() { return }
      var gradientSpan = gradients.mutableSpan
      surface.manyGradients(at: points.span, count: count, into: &gradientSpan)
      var span = points.mutableSpan
      stepper.step(&span, gradients: gradients.span, learningRate: learningRate)
      visit(step, 0..<count, points.span)
    }
  }

  private mutating func advance(
    _ index: Int, steps: Int, _ visit: (Int, Range<Int>, Span<Double>) -> Void
  ) {
    let surface = surface
    let stepper = PipelineStepper<Double>(
      entrant.optimizer, entrant.pipeline, layout: ParameterLayout(count: 2))
    stepper.isCancelled = isCancelled
    var rate = RateRecorder(entrant, totalSteps: entrant.updates(of: steps), epochs: nil)
    var point = [points[index], points[count + index]]
    var gradient = [0.0, 0.0]
    visit(0, index..<(index + 1), points.span)
    for taken in 1...steps {
      if taken.isMultiple(of: 64), isCancelled() { return }
      var gradientSpan = gradient.mutableSpan
      let loss = surface.value(at: point.span, gradient: &gradientSpan)
      if stepper.microBatches > 1 {
        stepper.add(gradient.span)
        guard stepper.pending == stepper.microBatches || taken == steps else { continue }
      }
      let step = stepper.steps
      let pace = rate?.next(step: step, loss: loss)
      let learningRate = pace?.learningRate ?? entrant.optimizer.learningRate
      stepper.momentum = pace?.momentum
      if stepper.needsObjective {
        // A line search has nothing to look for where nothing is finite.
        guard loss.isFinite, gradient.allSatisfy(\.isFinite) else {
          point = [.nan, .nan]
          break
        }
        _ = stepper.step(
          &point, learningRate: learningRate, knownLoss: loss, knownGradient: gradient
        ) { point, gradient in
          var span = MutableSpan(_unsafeStart: gradient, count: 2)
          return surface.value(
            at: UnsafeBufferPointer(start: point, count: 2).span, gradient: &span)
        }
      } else {
        var span = point.mutableSpan
        if stepper.microBatches > 1 {
          stepper.update(&span, learningRate: learningRate)
        } else {
          stepper.step(&span, gradients: gradient.span, learningRate: learningRate)
        }
      }
      (points[index], points[count + index]) = (point[0], point[1])
      visit(stepper.steps, index..<(index + 1), points.span)
    }
    (points[index], points[count + index]) = (point[0], point[1])
  }
}
