public import Parameters

/// DeepOBS's `two_d_rosenbrock`: Rosenbrock's function, with mini-batch noise in the gradient.
///
/// Starts at [-0.5, 1.5]; for the noise see `DeepOBSPlane`.
public struct TwoDRosenbrock: DeepOBSPlane {
  public static let name = "two_d_rosenbrock"
  public static let title = "DeepOBS two_d_rosenbrock"
  public static let summary = "Rosenbrock's function with mini-batch noise in the gradient"
  public static let equation = Rosenbrock.equation
  public static let parameters: [Parameter<TwoDRosenbrock>] = [
    Parameter(
      "batch_size", \.batchSize, .whole(1...10_000), "training samples per gradient")
  ]

  public var batchSize = 128

  public init() {}

  var base: Rosenbrock { Rosenbrock() }
  public var defaultStart: [Double] { [-0.5, 1.5] }
  public var domain: SurfaceDomain { base.domain }
}
