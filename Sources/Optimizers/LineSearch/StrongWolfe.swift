/// A line search for a step that satisfies the strong Wolfe conditions, by bracketing and zooming with cubic interpolation.
///
/// f(θ + td) ≤ f + c₁·t·g·d and |g(θ + td)·d| ≤ −c₂·g·d (Nocedal and Wright 2006, Algorithms 3.5 and 3.6), decision by
/// decision as PyTorch has it. A point outside the domain, where loss or slope is no finite number, counts as too high, and the
/// search halves its way back. It ends after `maximumEvaluations` for any objective.
struct StrongWolfe: Sendable {
  var decrease = 1e-4
  var curvature = 0.9
  /// A bracket that moves no coordinate by more than this is not searched further.
  var changeTolerance = 1e-9
  /// Evaluations after the first one.
  var maximumEvaluations = 25

  /// One point of the line.
  struct Point<Scalar: KernelScalar> {
    var step: Double
    var loss: Double
    /// g·d.
    var slope: Double
    var gradient: UnsafeMutablePointer<Scalar>
  }

  /// The point found.
  ///
  /// - Parameters:
  ///   - start: the point at step 0.
  ///   - first: the step to try first.
  ///   - length: max|dᵢ|.
  ///   - buffers: three gradients' worth of room.
  ///   - isCancelled: whether to end with the best point so far.
  ///   - evaluate: writes the gradient at a step and says loss and slope there.
  func search<Scalar: KernelScalar>(
    from start: Point<Scalar>, first: Double, length: Double,
    buffers: [UnsafeMutablePointer<Scalar>], isCancelled: () -> Bool,
    evaluate: (_ step: Double, _ gradient: UnsafeMutablePointer<Scalar>) -> (
      loss: Double, slope: Double
    )
  ) -> Point<Scalar> {
    func point(at step: Double, besides a: Point<Scalar>, _ b: Point<Scalar>) -> Point<Scalar> {
      let free = buffers.first { $0 != a.gradient && $0 != b.gradient } ?? buffers[0]
      let (loss, slope) = evaluate(step, free)
      guard loss.isFinite, slope.isFinite else {
        return Point(step: step, loss: .infinity, slope: .infinity, gradient: free)
      }
      return Point(step: step, loss: loss, slope: slope, gradient: free)
    }
    func isTooHigh(_ point: Point<Scalar>) -> Bool {
      point.loss > start.loss + decrease * point.step * start.slope
    }
    func isFlat(_ point: Point<Scalar>) -> Bool {
      abs(point.slope) <= -curvature * start.slope
    }

    var previous = start
    var new = point(at: first, besides: start, start)
    var iterations = 0
    // The bracket as its ends; nil while its far end is not known.
    var bracket: (low: Point<Scalar>, high: Point<Scalar>)?
    while iterations < maximumEvaluations, !isCancelled() {
      if isTooHigh(new) || (iterations > 1 && new.loss >= previous.loss) {
        bracket = (previous, new)
        break
      }
      if isFlat(new) { return new }
      if new.slope >= 0 {
        bracket = (previous, new)
        break
      }
      let step = Self.interpolated(
        previous, new,
        within: (new.step + 0.01 * (new.step - previous.step), new.step * 10))
      let next = point(at: step, besides: previous, new)
      previous = new
      new = next
      iterations += 1
    }
    var (a, b) = bracket ?? (start, new)
    return zoom(
      &a, &b, iterations: iterations, length: length, isTooHigh: isTooHigh, isFlat: isFlat,
      isCancelled: isCancelled, evaluate: point)
  }

  /// Narrows the bracket between `a` and `b` until its lower end satisfies both conditions.
  private func zoom<Scalar: KernelScalar>(
    _ a: inout Point<Scalar>, _ b: inout Point<Scalar>, iterations: Int, length: Double,
    isTooHigh: (Point<Scalar>) -> Bool, isFlat: (Point<Scalar>) -> Bool, isCancelled: () -> Bool,
    evaluate: (Double, Point<Scalar>, Point<Scalar>) -> Point<Scalar>
  ) -> Point<Scalar> {
    var iterations = iterations
    // Which end is the lower one; the interpolation depends on the order of the ends.
    var firstIsLow = a.loss <= b.loss
    var hasStalled = false
    while iterations < maximumEvaluations, abs(b.step - a.step) * length >= changeTolerance,
      !isCancelled()
    {
      let (near, far) = (min(a.step, b.step), max(a.step, b.step))
      var step = Self.interpolated(a, b, within: (near, far))
      let margin = 0.1 * (far - near)
      if min(far - step, step - near) < margin {
        if hasStalled || step >= far || step <= near {
          step = abs(step - far) < abs(step - near) ? far - margin : near + margin
          hasStalled = false
        } else {
          hasStalled = true
        }
      } else {
        hasStalled = false
      }
      let new = evaluate(step, a, b)
      iterations += 1
      let (low, high) = firstIsLow ? (a, b) : (b, a)
      if isTooHigh(new) || new.loss >= low.loss {
        if firstIsLow { b = new } else { a = new }
        firstIsLow = a.loss <= b.loss
        continue
      }
      if isFlat(new) { return new }
      if new.slope * (high.step - low.step) >= 0 {
        // The lower end becomes the higher one.
        if firstIsLow { b = low } else { a = low }
      }
      if firstIsLow { a = new } else { b = new }
    }
    return firstIsLow ? a : b
  }

  /// The minimizer of the cubic through losses and slopes of two points, within bounds; their middle if it has none, or one of
  /// the points is outside the domain.
  static func interpolated<Scalar: KernelScalar>(
    _ a: Point<Scalar>, _ b: Point<Scalar>, within bounds: (low: Double, high: Double)
  ) -> Double {
    guard a.loss.isFinite, b.loss.isFinite else { return (bounds.low + bounds.high) / 2 }
    let first = a.slope + b.slope - 3 * (a.loss - b.loss) / (a.step - b.step)
    let square = first * first - a.slope * b.slope
    guard square >= 0 else { return (bounds.low + bounds.high) / 2 }
    let second = square.squareRoot()
    let (near, far) = a.step <= b.step ? (a, b) : (b, a)
    let part = far.slope + second - first
    let whole = far.slope - near.slope + 2 * second
    // A level stretch has its minimum everywhere.
    if part == 0, whole == 0 { return (bounds.low + bounds.high) / 2 }
    let position = far.step - (far.step - near.step) * (part / whole)
    return min(max(position, bounds.low), bounds.high)
  }
}
