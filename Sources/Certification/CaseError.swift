/// Why a case cannot be checked.
enum CaseError: Error {
  /// An optimizer, option or field that is not known here; the file may be right.
  case notCovered(String)
  /// A field that cannot be right, whatever it is meant for.
  case malformed(field: String, reason: String)

  /// Throws unless `holds`.
  static func require(
    _ holds: Bool, _ field: String, _ reason: @autoclosure () -> String
  ) throws(CaseError) {
    guard holds else { throw .malformed(field: field, reason: reason()) }
  }
}
