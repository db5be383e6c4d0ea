package import Records

/// The charts that a scenario may ask for, by the kind of problem they suit.
///
/// Passed in by the module that draws them, so that reading a scenario does not depend on charts.
package struct ChartNames: Sendable {
  /// A chart's name and what it needs.
  package struct Entry: Sendable {
    var name: String
    var needs: ChartNeeds
    var isUsual: Bool

    /// - Parameter isUsual: Whether a scenario that names no charts has it.
    package init(name: String, needs: ChartNeeds, isUsual: Bool) {
      self.name = name
      self.needs = needs
      self.isUsual = isUsual
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
    guard let entry = entries.first(where: { $0.name == name }), entry.needs.kinds.contains(kind)
    else {
      return ""
    }
    if entry.needs.gradientNorms { return " without 'gradient_norms: true'" }
    return entry.needs.validation ? " without 'validation'" : ""
  }

  /// The charts that suit some problem of a kind.
  func names(for kind: ScenarioRecord.Kind) -> [String] {
    entries.filter { $0.needs.kinds.contains(kind) }.map(\.name)
  }

  /// The charts that suit all of `problems`, which are of one kind, in the order of the catalogue.
  func names(for problems: [Scenario.Problem]) -> [String] {
    guard let first = problems.first else { return [] }
    let isOnePlane = problems.allSatisfy { $0.isPlane && $0.hasSameLandscape(as: first) }
    let haveValidation = problems.allSatisfy(\.hasValidation)
    let recordNorms = problems.allSatisfy(\.recordsGradientNorms)
    // Autoencoders have no accuracies to draw.
    let tellClasses = problems.allSatisfy(\.tellsClasses)
    let predictValues = problems.allSatisfy(\.predictsValues)
    return entries.filter { entry in
      let needs = entry.needs
      return needs.kinds.contains(first.kind) && (!needs.classes || tellClasses)
        && (!needs.values || predictValues)
        && (!needs.landscape || isOnePlane) && (!needs.validation || haveValidation)
        && (!needs.gradientNorms || recordNorms)
    }.map(\.name)
  }
}
