public import Parameters

/// DeepOBS's `two_d_branin`: Branin's function, with mini-batch noise in the gradient.
///
/// Starts at [2.5, 12.5]; for the noise see `DeepOBSPlane`.
public struct TwoDBranin: DeepOBSPlane {
  public static let name = "two_d_branin"
  public static let title = "DeepOBS two_d_branin"
  public static let summary = "Branin's function with mini-batch noise in the gradient"
  public static let equation = Branin.equation
  public static let parameters: [Parameter<TwoDBranin>] = [
    Parameter(
      "batch_size", \.batchSize, .whole(1...10_000), "training samples per gradient")
  ]

  public var batchSize = 128

  public init() {}

  var base: Branin { Branin() }
  public var defaultStart: [Double] { [2.5, 12.5] }
  public var domain: SurfaceDomain { base.domain }
}
