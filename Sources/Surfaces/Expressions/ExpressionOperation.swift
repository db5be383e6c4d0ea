/// One operation of a compiled expression; operands are results of earlier operations.
enum ExpressionOperation: Hashable, Sendable {
  case constant(Double)
  case variable(Int)
  case unary(UnaryFunction, Int)
  case binary(BinaryFunction, Int, Int)
  /// Integer power by repeated multiplication.
  case power(Int, Int)
}

/// Functions of one argument, with their names in expressions.
enum UnaryFunction: String, CaseIterable, Sendable {
  case sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, exp, log, log10, log2, sqrt, abs
  /// Written `-`.
  case negate
}

/// Functions of two arguments; the first four are written as operators.
enum BinaryFunction: String, CaseIterable, Sendable {
  case add, subtract, multiply, divide, pow, min, max
}
