/// One operation of a compiled expression; operands are results of earlier ones.
enum ExpressionOperation: Hashable, Sendable {
  case constant(Double)
  case variable(Int)
  case unary(UnaryFunction, Int)
  case binary(BinaryFunction, Int, Int)
  /// A whole power, by repeated multiplication.
  case power(Int, Int)
}

/// Functions of one argument, as expressions call them.
enum UnaryFunction: String, CaseIterable, Sendable {
  case sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, exp, log, log10, log2, sqrt, abs
  /// Written `-`.
  case negate
}

/// Functions of two arguments; the first four are written as operators.
enum BinaryFunction: String, CaseIterable, Sendable {
  case add, subtract, multiply, divide, pow, min, max
}
