package import Records

/// The charts that a scenario may ask for, by the kind of problem they suit.
///
/// Passed in by the module that draws them, so that reading a scenario does not depend on charts.
package struct ChartNames: Sendable {
  /// A chart's name and what it can show.
  package struct Entry: Sendable {
    var name: String
    var kinds: Set<ScenarioRecord.Kind>
    var needsLandscape: Bool
    var isUsual: Bool
    var needsValidation: Bool
    var needsGradientNorms: Bool

    /// - Parameters:
    ///   - needsLandscape: whether it shows a surface of two coordinates and no other.
    ///   - needsValidation: whether it shows networks with a validation set and no others.
    ///   - needsGradientNorms: whether it shows networks that record gradient norms by layer and no others.
    ///   - isUsual: whether a scenario that names no charts has it.
    package init(
      name: String, kinds: Set<ScenarioRecord.Kind>, needsLandscape: Bool = false,
      needsValidation: Bool = false, needsGradientNorms: Bool = false, isUsual: Bool = true
    ) {
      self.name = name
      self.kinds = kinds
      self.needsLandscape = needsLandscape
      self.isUsual = isUsual
      self.needsValidation = needsValidation
      self.needsGradientNorms = needsGradientNorms
    }
  }

  private let entries: [Entry]

  package init(_ entries: [Entry]) { self.entries = entries }

  /// Those that are drawn without being asked for.
  func usual(among names: [String]) -> [String] {
    names.filter { name in entries.contains { $0.name == name && $0.isUsual } }
  }

  package var all: [String] { entries.map(\.name) }

  /// The key that a problem lacks for a chart; empty where it is of another kind.
  func missingKey(for name: String, in kind: ScenarioRecord.Kind) -> String {
    guard let entry = entries.first(where: { $0.name == name }), entry.kinds.contains(kind) else {
      return ""
    }
    if entry.needsGradientNorms { return " without 'gradient_norms: true'" }
    return entry.needsValidation ? " without 'validation'" : ""
  }

  /// The charts that suit some problem of a kind.
  func names(for kind: ScenarioRecord.Kind) -> [String] {
    entries.filter { $0.kinds.contains(kind) }.map(\.name)
  }

  /// The charts that suit all of `problems`, which are of one kind, in the order of the catalogue.
  func names(for problems: [Scenario.Problem]) -> [String] {
    guard let first = problems.first else { return [] }
    let isOnePlane = problems.allSatisfy { $0.isPlane && $0.hasSameLandscape(as: first) }
    let haveValidation = problems.allSatisfy(\.hasValidation)
    let recordNorms = problems.allSatisfy(\.recordsGradientNorms)
    // Autoencoders have no accuracies to draw.
    let tellClasses = problems.allSatisfy(\.tellsClasses)
    return entries.filter {
      $0.kinds.contains(first.kind) && (!$0.name.hasSuffix("accuracy") || tellClasses)
        && (!$0.needsLandscape || isOnePlane)
        && (!$0.needsValidation || haveValidation)
        && (!$0.needsGradientNorms || recordNorms)
    }.map(\.name)
  }
}
