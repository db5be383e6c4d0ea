public import Parameters

/// A surface that a user wrote as a formula; not in the catalogue.
public struct ExpressionSurface: Surface {
  public static let name = "expression"
  public static let title = "Expression"
  public static let summary = "a function given as a formula"
  public static let equation = "as written"
  public static let source = "the scenario"
  public static let parameters: [Parameter<ExpressionSurface>] = []

  /// `nil` for x² + y², which needs no parsing.
  private let expression: Expression?
  public let defaultStart: [Double]

  /// x² + y².
  public init() {
    expression = nil
    defaultStart = [1, 1]
  }

  /// - Parameter start: As many values as the expression has coordinates.
  public init(_ expression: Expression, start: [Double]) {
    precondition(start.count == expression.dimension, "a start of as many coordinates")
    self.expression = expression
    defaultStart = start
  }

  public var text: String { expression?.text ?? "x^2 + y^2" }
  public var texts: [String: String] { ["expression": text] }
  public var formula: String { text }
  public var dimension: Int { expression?.dimension ?? 2 }

  /// A rectangle around the origin that contains the start.
  public var domain: SurfaceDomain {
    func interval(_ value: Double) -> ClosedRange<Double> {
      let reach = 1.25 * max(1, abs(value))
      return -reach...reach
    }
    return SurfaceDomain(
      x: interval(defaultStart[0]), y: interval(defaultStart.count > 1 ? defaultStart[1] : 0))
  }

  /// None is known.
  public var criticalPoints: [CriticalPoint] { [] }

  public func value(at point: Span<Double>) -> Double {
    expression?.value(at: point) ?? (point[0] * point[0] + point[1] * point[1])
  }

  public func value(at point: Span<Double>, gradient: inout MutableSpan<Double>) -> Double {
    if let expression { return expression.value(at: point, gradient: &gradient) }
    gradient[0] = 2 * point[0]
    gradient[1] = 2 * point[1]
    return point[0] * point[0] + point[1] * point[1]
  }
}
