import Foundation

/// The whole gradient scaled down when its norm is above a limit.
///
/// g ← g·min(1, limit/(‖g‖ₚ + 10⁻⁶)), the norm taken over all tensors together (Pascanu, Mikolov and Bengio 2013,
/// Algorithm 1; the 10⁻⁶ as PyTorch has it, so that a gradient of norm `limit` is scaled down a little).
public struct ClipByGlobalNorm: GradientTransform, Hashable {
  public var limit: Double
  /// p of the norm, above 0; may be infinite.
  public var order: Double

  /// - Parameters:
  ///   - limit: above 0.
  ///   - order: above 0.
  public init(limit: Double, order: Double = 2) {
    precondition(limit > 0 && order > 0, "norms and their limits are above 0")
    self.limit = limit
    self.order = order
  }

  /// The p-norm of `gradients`, summed in `Double`, and scaled where powers would overflow or vanish.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func norm<Scalar: KernelScalar>(of gradients: Span<Scalar>) -> Double {
    var total = 0.0
    switch order {
    case 2:
      for index in gradients.indices {
        let gradient = Double(gradients[index])
        total += gradient * gradient
      }
      return VectorPrimitives.holdsSquares(total)
        ? total.squareRoot()
        : VectorPrimitives.scaledNorm(gradients.count) { Double(gradients[$0]) }.product
    case .infinity: return largest(of: gradients)
    default:
      for index in gradients.indices { total += pow(abs(Double(gradients[index])), order) }
      if VectorPrimitives.holdsSquares(total) { return pow(total, 1 / order) }
      let largest = largest(of: gradients)
      guard largest > 0, largest.isFinite else { return largest }
      total = 0
      for index in gradients.indices {
        total += pow(abs(Double(gradients[index])) / largest, order)
      }
      return largest * pow(total, 1 / order)
    }
  }

  private func largest<Scalar: KernelScalar>(of gradients: Span<Scalar>) -> Double {
    var largest = 0.0
    for index in gradients.indices {
      let size = abs(Double(gradients[index]))
      largest = size > largest || size.isNaN ? size : largest
    }
    return largest
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func apply<Scalar: KernelScalar>(
    to gradients: inout MutableSpan<Scalar>, parameters: Span<Scalar>, layout: ParameterLayout
  ) {
    let norm = norm(of: gradients.span)
    let scale = limit / (norm + 1e-6)
    // Neither a NaN nor an infinity is made finite by scaling; both must show.
    guard scale < 1 || scale.isNaN else { return }
    let factor = Scalar(scale)
    if factor.isNormal || factor.isNaN {
      for index in gradients.indices { gradients[index] *= factor }
      return
    }
    // The factor cannot be written, or the norm itself: by way of the largest entry, whose share of the norm is no small number.
    let largest = largest(of: gradients.span)
    guard largest.isFinite else {
      for index in gradients.indices { gradients[index] *= factor }
      return
    }
    let reduced = reducedNorm(of: gradients.span, largest: largest)
    for index in gradients.indices {
      gradients[index] = Scalar(Double(gradients[index]) / largest * (limit / reduced))
    }
  }

  /// The norm in units of the largest entry.
  private func reducedNorm<Scalar: KernelScalar>(
    of gradients: Span<Scalar>, largest: Double
  ) -> Double {
    if order == .infinity { return 1 }
    var total = 0.0
    for index in gradients.indices {
      total += pow(abs(Double(gradients[index])) / largest, order)
    }
    return pow(total, 1 / order)
  }
}
