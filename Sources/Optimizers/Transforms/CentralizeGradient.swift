/// Gradient centralization: subtracts the mean of each row of a weight tensor.
///
/// g_i ← g_i − mean(g_i) for each index i of the first axis (Yong et al. 2020, equation 1). Tensors of one axis, such
/// as biases, are not changed, as in the paper.
public struct CentralizeGradient: GradientTransform, Hashable {
  public init() {}

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func apply<Scalar: KernelScalar>(
    to gradients: inout MutableSpan<Scalar>, parameters: Span<Scalar>, layout: ParameterLayout
  ) {
    for tensor in layout.tensors where tensor.shape.count > 1 {
      let width = tensor.shape.dropFirst().reduce(1, *)
      guard width > 0 else { continue }
      for begin in stride(from: tensor.range.lowerBound, to: tensor.range.upperBound, by: width) {
        var sum = 0.0
        for index in begin..<begin + width { sum += Double(gradients[index]) }
        let mean = Scalar(sum / Double(width))
        for index in begin..<begin + width { gradients[index] -= mean }
      }
    }
  }
}
