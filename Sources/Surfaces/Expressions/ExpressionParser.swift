/// Parser from tokens to operations, by precedence climbing.
///
/// `^` has the highest precedence and is right-associative, then unary minus, then * and /, then + and −: −x^2 is −(x²), 2^-1 is ½.
struct ExpressionParser {
  /// Limits far above any practical formula, and far below stack overflow or slow steps.
  static let nestingLimit = 200
  static let lengthLimit = 10_000

  static let constants = ["pi": Double.pi, "e": 2.718281828459045]
  private static let unary = UnaryFunction.allCases.filter { $0 != .negate }
  private static let binary: [BinaryFunction] = [.pow, .min, .max]
  static var functionNames: [String] { unary.map(\.rawValue) + binary.map(\.rawValue) }

  private let tokens: [ExpressionToken]
  private let dimension: Int
  private var position = 0
  private var depth = 0
  private(set) var operations: [ExpressionOperation] = []
  /// Each operation is in the list once, even if the formula repeats it.
  private var places: [ExpressionOperation: Int] = [:]

  /// - Parameter dimension: Number of coordinates.
  static func operations(
    of text: String, dimension: Int
  ) throws(ExpressionError) -> [ExpressionOperation] {
    guard text.count <= lengthLimit else {
      throw ExpressionError(
        column: lengthLimit + 1, "longer than \(lengthLimit) characters")
    }
    var scanner = ExpressionScanner(text)
    var parser = ExpressionParser(tokens: try scanner.tokens(), dimension: dimension)
    let result = try parser.sum()
    guard parser.token.kind == .end else { throw parser.unexpected() }
    // The result must be the last operation, but a repeated operation is earlier in the list.
    return Array(parser.operations[...result])
  }

  private init(tokens: [ExpressionToken], dimension: Int) {
    self.tokens = tokens
    self.dimension = dimension
  }

  private var token: ExpressionToken { tokens[position] }

  private mutating func takes(_ symbols: Character...) -> Character? {
    guard case .symbol(let symbol) = token.kind, symbols.contains(symbol) else { return nil }
    position += 1
    return symbol
  }

  private mutating func sum() throws(ExpressionError) -> Int {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.nestingLimit else {
      throw ExpressionError(
        column: token.column, "nested more than \(Self.nestingLimit) deep")
    }
    var left = try product()
    while let symbol = takes("+", "-") {
      let right = try product()
      left = place(.binary(symbol == "+" ? .add : .subtract, left, right))
    }
    return left
  }

  private mutating func product() throws(ExpressionError) -> Int {
    var left = try signed()
    while let symbol = takes("*", "/") {
      let right = try signed()
      left = place(.binary(symbol == "*" ? .multiply : .divide, left, right))
    }
    return left
  }

  private mutating func signed() throws(ExpressionError) -> Int {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.nestingLimit else {
      throw ExpressionError(
        column: token.column, "nested more than \(Self.nestingLimit) deep")
    }
    guard let sign = takes("-", "+") else { return try power() }
    let operand = try signed()
    return sign == "-" ? place(.unary(.negate, operand)) : operand
  }

  private mutating func power() throws(ExpressionError) -> Int {
    let base = try atom()
    guard takes("^") != nil else { return base }
    return placePower(base, try signed())
  }

  private mutating func atom() throws(ExpressionError) -> Int {
    let start = token
    switch start.kind {
    case .number(let value):
      position += 1
      return place(.constant(value))
    case .name(let name):
      position += 1
      if takes("(") != nil { return try call(name, at: start.column) }
      return place(try variable(name, at: start.column))
    case .symbol("("):
      position += 1
      let inner = try sum()
      try close(openedAt: start.column)
      return inner
    case .symbol, .end: throw unexpected()
    }
  }

  private mutating func call(_ name: String, at column: Int) throws(ExpressionError) -> Int {
    let unary = Self.unary.first { $0.rawValue == name }
    let binary = Self.binary.first { $0.rawValue == name }
    guard unary != nil || binary != nil else {
      throw ExpressionError(
        column: column, "unknown function '\(name)'", unknownName: name,
        knownNames: Self.functionNames)
    }
    var arguments = [try sum()]
    while takes(",") != nil { arguments.append(try sum()) }
    try close(openedAt: column + name.count)
    let expected = unary == nil ? 2 : 1
    guard arguments.count == expected else {
      throw ExpressionError(
        column: column,
        "'\(name)' takes \(expected) argument\(expected == 1 ? "" : "s"), not \(arguments.count)")
    }
    if let unary { return place(.unary(unary, arguments[0])) }
    if binary == .pow { return placePower(arguments[0], arguments[1]) }
    return place(.binary(binary ?? .pow, arguments[0], arguments[1]))
  }

  private func variable(
    _ name: String, at column: Int
  ) throws(ExpressionError) -> ExpressionOperation {
    if let value = Self.constants[name] { return .constant(value) }
    let letters = Array(["x", "y", "z"].prefix(dimension <= 3 ? dimension : 0))
    if let index = letters.firstIndex(of: name) { return .variable(index) }
    if name.hasPrefix("x"), let number = Int(name.dropFirst()), number >= 1 {
      if number <= dimension { return .variable(number - 1) }
      throw ExpressionError(
        column: column,
        "unknown coordinate '\(name)': the start has \(dimension) coordinate\(dimension == 1 ? "" : "s")"
      )
    }
    if Self.functionNames.contains(name) {
      throw ExpressionError(
        column: column,
        "'\(name)' needs parentheses: \(name)(\(Self.unary.contains { $0.rawValue == name } ? "x" : "x, y"))"
      )
    }
    let numbered = (1...dimension).map { "x\($0)" }
    throw ExpressionError(
      column: column, "unknown name '\(name)'", unknownName: name,
      knownNames: (letters.isEmpty ? numbered : letters) + ["pi", "e"])
  }

  private mutating func close(openedAt column: Int) throws(ExpressionError) {
    guard takes(")") == nil else { return }
    guard token.kind != .end else {
      throw ExpressionError(
        column: token.column, "')' is missing for the '(' in column \(column)")
    }
    throw unexpected()
  }

  private func unexpected() -> ExpressionError {
    func after(_ found: String) -> ExpressionError {
      let follows = position > 0 && Self.endsOperand(tokens[position - 1].kind)
      return ExpressionError(
        column: token.column,
        follows ? "an operator such as '*' is missing before \(found)" : "unexpected \(found)")
    }
    switch token.kind {
    case .end: return ExpressionError(column: token.column, "unexpected end of the expression")
    case .number: return after("this number")
    case .name(let name): return after("'\(name)'")
    case .symbol("("): return after("'('")
    case .symbol(let symbol):
      return ExpressionError(column: token.column, "unexpected '\(symbol)'")
    }
  }

  private static func endsOperand(_ kind: ExpressionToken.Kind) -> Bool {
    switch kind {
    case .number, .name, .symbol(")"): true
    case .symbol, .end: false
    }
  }

  private mutating func placePower(_ base: Int, _ exponent: Int) -> Int {
    if case .constant(let value) = operations[exponent], value == value.rounded(),
      abs(value) <= 1024
    {
      return place(.power(base, Int(value)))
    }
    return place(.binary(.pow, base, exponent))
  }

  /// Appends an operation, or finds it; an operation on constants is evaluated immediately.
  private mutating func place(_ operation: ExpressionOperation) -> Int {
    let folded = folded(operation)
    // The last appended operation may be the result, so folding leaves unused operands in the list.
    if let known = places[folded] { return known }
    operations.append(folded)
    places[folded] = operations.count - 1
    return operations.count - 1
  }

  private func folded(_ operation: ExpressionOperation) -> ExpressionOperation {
    func constant(_ place: Int) -> Double? {
      if case .constant(let value) = operations[place] { value } else { nil }
    }
    switch operation {
    case .constant, .variable: return operation
    case .unary(let function, let a):
      return constant(a).map { .constant(function.value($0)) } ?? operation
    case .power(let a, let exponent):
      return constant(a).map { .constant(wholePower($0, exponent)) } ?? operation
    case .binary(let function, let a, let b):
      guard let a = constant(a), let b = constant(b) else { return operation }
      return .constant(function.value(a, b))
    }
  }
}
