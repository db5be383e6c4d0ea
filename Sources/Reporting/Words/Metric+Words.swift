import Foundation
import Records
import Text

/// Metrics in charts, tables and sentences: accuracies and R² are shown in percent.
extension Metric {
  /// Name for use in sentences.
  var words: String {
    self == .loss ? "loss" : rawValue.replacing("_", with: " ").replacing("r2", with: "R²")
  }

  /// Name for an axis, with the unit.
  var axisTitle: String { largerIsBetter ? "\(words) (%)" : words }

  /// Value on an axis of a value of 1.
  var axisScale: Double { largerIsBetter ? 100 : 1 }

  /// A value for legends; accuracies in percent.
  func text(_ value: Double) -> String {
    guard largerIsBetter else { return NumberText.short(value) }
    return String(format: "%.2f %%", 100 * value)
  }

  /// A value for tables; accuracies in percent.
  func tableText(_ value: Double) -> String {
    largerIsBetter && value.isFinite ? text(value) : NumberText.plain(value)
  }
}

extension Target {
  /// Relation of reached values to the target: `≥` or `≤`.
  var relation: String { metric.largerIsBetter ? "≥" : "≤" }
}
