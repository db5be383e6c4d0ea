/// A formula of a few coordinates, compiled once into a list of operations whose values and derivatives are computed in one pass.
///
/// Derivatives are exact up to rounding: forward-mode automatic differentiation, where each operation has its value and its derivatives
/// by all coordinates (Wengert 1964; Griewank and Walther 2008, chapter 3).
public struct Expression: Hashable, Sendable {
  /// Functions of more coordinates need a surface in the catalogue.
  public static let largestDimension = 64

  public let text: String
  public let dimension: Int
  private let operations: [ExpressionOperation]

  /// - Parameter dimension: From 1 to `largestDimension`; coordinates are called x1, x2 … and, up to three, x, y and z.
  /// - Throws: `ExpressionError` with the column of the error in `text`.
  public init(_ text: String, dimension: Int) throws(ExpressionError) {
    precondition((1...Self.largestDimension).contains(dimension), "from 1 to 64 coordinates")
    self.text = text
    self.dimension = dimension
    operations = try ExpressionParser.operations(of: text, dimension: dimension)
  }

  /// Number of coordinates up to the last one in the formula.
  public var usedDimension: Int {
    operations.reduce(0) { most, operation in
      if case .variable(let coordinate) = operation { max(most, coordinate + 1) } else { most }
    }
  }

  public static var functionNames: [String] { ExpressionParser.functionNames }

  /// - Complexity: O(number of operations).
  public func value(at point: Span<Double>) -> Double {
    precondition(point.count == dimension, "a point of \(dimension) coordinates")
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: operations.count) { values in
      for index in operations.indices {
        values[index] =
          switch operations[index] {
          case .constant(let value): value
          case .variable(let coordinate): point[coordinate]
          case .unary(let function, let a): function.value(values[a])
          case .binary(let function, let a, let b): function.value(values[a], values[b])
          case .power(let a, let exponent): wholePower(values[a], exponent)
          }
      }
      return values[operations.count - 1]
    }
  }

  /// - Complexity: O(number of operations × coordinates).
  public func value(at point: Span<Double>, gradient: inout MutableSpan<Double>) -> Double {
    precondition(gradient.count == dimension, "a gradient of \(dimension) coordinates")
    return switch dimension {
    case ...2: evaluate(SIMD2<Double>.self, at: point, gradient: &gradient)
    case ...4: evaluate(SIMD4<Double>.self, at: point, gradient: &gradient)
    case ...8: evaluate(SIMD8<Double>.self, at: point, gradient: &gradient)
    case ...16: evaluate(SIMD16<Double>.self, at: point, gradient: &gradient)
    case ...32: evaluate(SIMD32<Double>.self, at: point, gradient: &gradient)
    default: evaluate(SIMD64<Double>.self, at: point, gradient: &gradient)
    }
  }

  /// A value with its derivatives by each coordinate.
  private struct Dual<Tangent: SIMD> where Tangent.Scalar == Double {
    var value: Double
    var tangent: Tangent
  }

  @inline(__always)
  private func evaluate<Tangent: SIMD>(
    _: Tangent.Type, at point: Span<Double>, gradient: inout MutableSpan<Double>
  ) -> Double where Tangent.Scalar == Double {
    precondition(point.count == dimension, "a point of \(dimension) coordinates")
    let result = withUnsafeTemporaryAllocation(
      of: Dual<Tangent>.self, capacity: operations.count
    ) { duals in
      for index in operations.indices {
        duals.initializeElement(at: index, to: dual(operations[index], duals, point))
      }
      return duals[operations.count - 1]
    }
    for index in 0..<dimension { gradient[index] = result.tangent[index] }
    return result.value
  }

  @inline(__always)
  private func dual<Tangent: SIMD>(
    _ operation: ExpressionOperation, _ duals: UnsafeMutableBufferPointer<Dual<Tangent>>,
    _ point: Span<Double>
  ) -> Dual<Tangent> where Tangent.Scalar == Double {
    switch operation {
    case .constant(let value): return Dual(value: value, tangent: .zero)
    case .variable(let coordinate):
      var tangent = Tangent.zero
      tangent[coordinate] = 1
      return Dual(value: point[coordinate], tangent: tangent)
    case .unary(let function, let a):
      let a = duals[a]
      let value = function.value(a.value)
      return Dual(
        value: value, tangent: scaled(a.tangent, by: function.derivative(a.value, value: value)))
    case .power(let a, let exponent):
      let a = duals[a]
      let slope = exponent == 0 ? 0 : Double(exponent) * wholePower(a.value, exponent - 1)
      return Dual(value: wholePower(a.value, exponent), tangent: scaled(a.tangent, by: slope))
    case .binary(let function, let first, let second):
      let a = duals[first]
      let b = duals[second]
      let value = function.value(a.value, b.value)
      switch function {
      case .add: return Dual(value: value, tangent: a.tangent + b.tangent)
      case .subtract: return Dual(value: value, tangent: a.tangent - b.tangent)
      case .multiply:
        return Dual(value: value, tangent: a.tangent * b.value + b.tangent * a.value)
      case .divide, .pow, .min, .max:
        let slopes = function.derivatives(a.value, b.value, value: value)
        return Dual(
          value: value, tangent: scaled(a.tangent, by: slopes.0) + scaled(b.tangent, by: slopes.1))
      }
    }
  }

  /// Product in which 0 times ∞ is 0: the derivative of a constant's logarithm is 0.
  @inline(__always)
  private func scaled<Tangent: SIMD>(_ tangent: Tangent, by slope: Double) -> Tangent
  where Tangent.Scalar == Double {
    slope.isFinite ? tangent * slope : (tangent * slope).replacing(with: 0, where: tangent .== 0)
  }
}
