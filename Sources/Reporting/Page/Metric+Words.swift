import Records
import Text

extension Metric {
  /// As sentences write it.
  var words: String {
    self == .loss ? "loss" : rawValue.replacing("_", with: " ")
  }

  /// A value as tables write it: accuracies in per cent.
  func tableText(_ value: Double) -> String {
    largerIsBetter && value.isFinite ? text(value) : NumberText.plain(value)
  }
}
