/// The step to the minimum of a linear model of the loss that is cut off at a lower bound, and the bound itself.
///
/// With the averages f̄ of losses, γ of g·θ, m of gradients, their weight w, ‖m‖² in the norm of the method and s = 1 + αλ: the step is
/// min(α/w, max(s(f̄ − w·f* − γ) + m·θ, 0)/‖m‖²) (Schaipp et al. 2024, Algorithms 1 and 2), and f* is lowered where the model is below it,
/// and raised to what the step promises (there, section 3.3).
struct TruncatedModel {
  /// Averages of the losses, of g·θ and of the gradients, the last one times θ.
  var loss: Double
  var slope: Double
  var product: Double
  var squaredNorm: Double
  /// w, the sum of the weights in the averages.
  var weight: Double
  /// α
  var rate: Double
  /// 1 + αλ
  var growth: Double

  /// - Parameter bound: f*, the smallest loss there can be.
  func step(bound: Double) -> Double {
    if squaredNorm <= Double.ulpOfOne { return 0 }
    let gap = growth * (loss - weight * bound - slope) + product
    return .visibleMinimum(rate / weight, .visibleMaximum(gap, 0) / squaredNorm)
  }

  /// The bound to step with, at least `least`.
  func lowered(_ bound: Double, least: Double) -> Double {
    let cap = growth * (loss - slope) + product
    return cap < growth * weight * bound
      ? .visibleMaximum(cap / (2 * weight * growth), least) : bound
  }

  /// The bound of the next step.
  func raised(afterStep step: Double, least: Double) -> Double {
    .visibleMaximum((loss + product - slope - 0.5 * step * squaredNorm) / weight, least)
  }
}
