import Surfaces

/// What is added to the gradients of one step: the gradient of a linear term that is added to the loss.
///
/// A method that compares losses must see losses and gradients of one function, or its line search looks for a decrease that the
/// slope promises and the loss cannot have. Noise ξ, the same wherever a method looks within a step, makes that function
/// f(θ) + ξ·(θ − θ₀), θ₀ being the parameters before the step: there its value is f's own. Mini-batches of a quadratic differ
/// from the whole in just this way. Between steps ξ changes, so differences of gradients across steps have noise in them.
struct StepNoise {
  private var terms: [any GradientTerm]
  /// ξ of the step drawn last.
  private var values: [Double]

  let isNone: Bool

  init(_ terms: [any GradientTerm], dimension: Int) {
    self.terms = terms
    isNone = terms.isEmpty
    values = [Double](repeating: 0, count: dimension)
  }

  mutating func draw(step: Int) {
    guard !isNone else { return }
    var sum: [Double] = []
    swap(&sum, &values)
    for index in sum.indices { sum[index] = 0 }
    for index in terms.indices {
      var span = sum.mutableSpan
      terms[index].add(to: &span, step: step)
    }
    swap(&sum, &values)
  }

  func add(to gradient: inout MutableSpan<Double>) {
    guard !isNone else { return }
    for index in values.indices { gradient[index] += values[index] }
  }

  /// ξ·(`point` − `origin`).
  func work(from origin: [Double], to point: UnsafePointer<Double>) -> Double {
    var work = 0.0
    for index in values.indices { work += values[index] * (point[index] - origin[index]) }
    return work
  }
}
