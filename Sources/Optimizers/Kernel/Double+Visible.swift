/// Maximum and minimum that are NaN if either number is, so that divergence is not hidden.
extension Double {
  static func visibleMaximum(_ a: Double, _ b: Double) -> Double { a > b || a.isNaN ? a : b }
  static func visibleMinimum(_ a: Double, _ b: Double) -> Double { a < b || a.isNaN ? a : b }
}
