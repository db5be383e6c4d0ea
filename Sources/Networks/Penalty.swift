package import Parameters

/// What is added to the loss for large parameters: l1·Σ|w| + l2·Σw², or with ½·l2·Σw² where `isHalved`.
///
/// Without the half the gradient is 2·l2·w, the square of the Frobenius norm differentiated (Krogh and Hertz 1992 have the half); with it
/// l2·w, which is what optimizers call weight decay. The derivative of |w| at 0 is taken as 0. Biases and gains are left out unless asked
/// for. Part of the mini-batch loss; evaluations over whole sets report the loss on the data alone.
package struct Penalty: Parameterized {
  package static let name = "penalty"
  package static let parameters: [Parameter<Penalty>] = [
    Parameter("l1", \.l1, .nonNegative, "adds l1·Σ|w| to the loss"),
    Parameter("l2", \.l2, .nonNegative, "adds l2·Σw² to the loss"),
    Parameter("half", \.isHalved, "uses ½·l2·Σw², as weight decay does"),
    Parameter("biases", \.includesBiases, "includes biases and gains"),
  ]

  package var l1 = 0.0
  package var l2 = 0.0
  package var isHalved = false
  package var includesBiases = false

  package init() {}

  func applies(to role: NetworkTensor.Role) -> Bool {
    (l1 != 0 || l2 != 0) && (role == .weight || includesBiases)
  }

  /// The penalty of one tensor; its gradient is added to `gradient`.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func add<Scalar: BLASScalar>(
    of parameters: UnsafePointer<Scalar>, count: Int, to gradient: UnsafeMutablePointer<Scalar>
  ) -> Double {
    var total = 0.0
    if l2 != 0 {
      let slope = Scalar((isHalved ? 1 : 2) * l2)
      for index in 0..<count { gradient[index] += slope * parameters[index] }
      var squares = 0.0
      for index in 0..<count { squares += Double(parameters[index]) * Double(parameters[index]) }
      total += (isHalved ? 0.5 : 1) * l2 * squares
    }
    if l1 != 0 {
      let slope = Scalar(l1)
      var sizes = 0.0
      for index in 0..<count {
        let value = parameters[index]
        gradient[index] += value > 0 ? slope : value < 0 ? -slope : 0
        sizes += Double(abs(value))
      }
      total += l1 * sizes
    }
    return total
  }
}

extension Penalty: CustomStringConvertible {
  package var description: String {
    var parts: [String] = []
    if l1 != 0 { parts.append("l1 \(l1)") }
    if l2 != 0 { parts.append("l2 \(l2)\(isHalved ? " half" : "")") }
    if parts.isEmpty { return "none" }
    return parts.joined(separator: ", ") + (includesBiases ? ", biases too" : "")
  }
}
