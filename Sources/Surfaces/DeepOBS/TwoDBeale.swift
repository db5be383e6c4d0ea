public import Parameters

/// DeepOBS's `two_d_beale`: Beale's function, with mini-batch noise in the gradient.
///
/// Starts at [-4.5, 4.5]; for the noise see `DeepOBSPlane`.
public struct TwoDBeale: DeepOBSPlane {
  public static let name = "two_d_beale"
  public static let title = "DeepOBS two_d_beale"
  public static let summary = "Beale's function with mini-batch noise in the gradient"
  public static let equation = Beale.equation
  public static let parameters: [Parameter<TwoDBeale>] = [
    Parameter(
      "batch_size", \.batchSize, .whole(1...10_000), "training samples per gradient")
  ]

  public var batchSize = 128

  public init() {}

  var base: Beale { Beale() }
  public var defaultStart: [Double] { [-4.5, 4.5] }
  public var domain: SurfaceDomain { SurfaceDomain(x: -5...5, y: -5...5) }
}
