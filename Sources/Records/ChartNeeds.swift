/// What a scenario must have for a chart to be drawn of its results.
package struct ChartNeeds: Sendable {
  /// The kinds of problem whose results can fill it.
  package var kinds: Set<ScenarioRecord.Kind>
  /// A surface of two coordinates, the same for all variants.
  package var landscape: Bool
  /// Networks that classify: others have no accuracies.
  package var classes: Bool
  /// Networks that predict numbers: others have no R².
  package var values: Bool
  /// Networks with a validation set.
  package var validation: Bool
  /// Networks that record gradient norms by layer.
  package var gradientNorms: Bool

  package init(
    _ kinds: Set<ScenarioRecord.Kind>, landscape: Bool = false, classes: Bool = false,
    values: Bool = false, validation: Bool = false, gradientNorms: Bool = false
  ) {
    self.kinds = kinds
    self.landscape = landscape
    self.classes = classes
    self.values = values
    self.validation = validation
    self.gradientNorms = gradientNorms
  }
}
