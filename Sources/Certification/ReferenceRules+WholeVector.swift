import Optimizers

extension ReferenceRules {
  /// Rules that look at whole tensors, average iterates, wrap others or search along lines.
  static let wholeVector: [String: Translation] = [:]
}
