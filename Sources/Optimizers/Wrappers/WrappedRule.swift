public import Parameters

/// A rule inside another one, compared by value.
public struct WrappedRule: Hashable, Sendable {
  public var rule: any Optimizer

  public init(_ rule: any Optimizer) { self.rule = rule }

  /// As scenarios call it.
  public var name: String { type(of: rule).name }

  public static func == (a: WrappedRule, b: WrappedRule) -> Bool {
    AnyHashable(a.rule) == AnyHashable(b.rule)
  }

  public func hash(into hasher: inout Hasher) { rule.hash(into: &hasher) }
}

extension WrappedRule {
  /// Each level of `SAM` doubles the evaluations of a step.
  package static let depthLimit = 4

  /// Rules within one another, this one included.
  var depth: Int {
    let inner = rule.settings.values.compactMap { WrappedRule(parameterValue: $0)?.depth }
    return 1 + (inner.max() ?? 0)
  }

  /// Said where the limit is exceeded by one; what wraps that says nothing more.
  var conflicts: [Conflict] {
    depth == Self.depthLimit + 1
      ? [Conflict("rule", "wraps more than \(Self.depthLimit) rules within one another")] : []
  }
}

extension WrappedRule: ParameterConvertible {
  public var parameterValue: ParameterValue { .nested(NestedValue(rule)) }

  public init?(parameterValue value: ParameterValue) {
    guard case .nested(let nested) = value, let rule = nested.base as? any Optimizer else {
      return nil
    }
    self.init(rule)
  }
}

extension NestedKind {
  package static let optimizer = NestedKind(
    "optimizer", phrase: "an optimizer, alone or with its hyperparameters")
}

extension Parameter where Owner: Optimizer {
  static func wrappedRule(_ path: Path<WrappedRule>, _ meaning: String) -> Self {
    Parameter("rule", path, .nested(.optimizer), meaning)
  }
}
