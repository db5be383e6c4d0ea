/// DeepOBS's `two_d_rosenbrock`: Rosenbrock's function, trained on with noise of its own.
///
/// Starts at [-0.5, 1.5]; what is added to the gradient: `DeepOBSPlane`.
public struct TwoDRosenbrock: DeepOBSPlane {
  public static let name = "two_d_rosenbrock"
  public static let title = "DeepOBS two_d_rosenbrock"
  public static let formula = Rosenbrock.formula
  public static let parameters: [SurfaceParameter<TwoDRosenbrock>] = [
    SurfaceParameter(
      "batch_size", \.batchSize, in: 1...10_000, "training samples per gradient")
  ]

  public var batchSize = 128

  public init() {}

  var base: Rosenbrock { Rosenbrock() }
  public var defaultStart: [Double] { [-0.5, 1.5] }
  public var domain: SurfaceDomain { base.domain }
}
