/// One tensor of a network's flat parameter buffer.
public struct NetworkTensor: Hashable, Sendable {
  public enum Role: String, CaseIterable, Sendable {
    case weight
    case bias
  }

  public var range: Range<Int>
  /// `[units, inputs]` of a weight, `[units]` of a bias; row-major.
  public var shape: [Int]
  public var role: Role
}

extension NetworkSpecification {
  /// The tensors of the parameter buffer, in its order and without gaps, for samples of `featureCount` numbers.
  package func tensors(featureCount: Int) -> [NetworkTensor] {
    var tensors: [NetworkTensor] = []
    var width = featureCount
    var end = 0
    func add(_ shape: [Int], _ role: NetworkTensor.Role) {
      let begin = end
      end += shape.reduce(1, *)
      tensors.append(NetworkTensor(range: begin..<end, shape: shape, role: role))
    }
    for layer in layers {
      guard case .dense(let units) = layer else { continue }
      add([units, width], .weight)
      add([units], .bias)
      width = units
    }
    return tensors
  }
}

extension NetworkProblem {
  /// The tensors of the parameter buffer, in its order and without gaps.
  public var tensors: [NetworkTensor] {
    specification.tensors(featureCount: dataset.featureCount)
  }
}
