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

  /// The p-norm of `gradients`, summed in `Double`.
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
      return total.squareRoot()
    case .infinity:
      for index in gradients.indices {
        let size = abs(Double(gradients[index]))
        total = size > total || size.isNaN ? size : total
      }
      return total
    default:
      for index in gradients.indices { total += pow(abs(Double(gradients[index])), order) }
      return pow(total, 1 / order)
    }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func apply<Scalar: KernelScalar>(
    to gradients: inout MutableSpan<Scalar>, parameters: Span<Scalar>, layout: ParameterLayout
  ) {
    let scale = limit / (norm(of: gradients.span) + 1e-6)
    // Neither a NaN nor an infinity is made finite by scaling; both must show.
    guard scale < 1 || scale.isNaN else { return }
    let factor = Scalar(scale)
    for index in gradients.indices { gradients[index] *= factor }
  }
}
