/// Why a parameter could not be set.
public enum ParameterError: Error, Hashable, Sendable {
  case unknown(name: String, known: [String])
  case outside(name: String, domain: ParameterDomain)
}

extension ParameterError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknown(let name, let known):
      "unknown parameter '\(name)'\(NearestName.hint(for: name, among: known))"
    case .outside(let name, let domain): "'\(name)' must be \(domain)"
    }
  }
}
