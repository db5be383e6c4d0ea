import Records
import Text

extension Metric {
  /// Name for use in sentences.
  var words: String {
    self == .loss ? "loss" : rawValue.replacing("_", with: " ")
  }

  /// A value for tables; accuracies in percent.
  func tableText(_ value: Double) -> String {
    largerIsBetter && value.isFinite ? text(value) : NumberText.plain(value)
  }
}
