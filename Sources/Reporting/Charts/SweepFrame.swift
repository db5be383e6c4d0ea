import Foundation
import Statistics
import Text

/// Vertical axis of a panel of a sweep, which one bad setting does not compress.
///
/// Values more than three interquartile ranges from the quartiles of all (Tukey 1977, "far out") do not widen it: bars end at its edge,
/// and so do medians on the bad side, whose values are written there.
struct SweepFrame {
  let axis: ValueAxis
  /// Values at which lines and bars are cut.
  private let floor: Double
  private let ceiling: Double
  /// Whether bars are cut.
  private(set) var cutsBars = false

  /// Of the values' range, between it and medians outside.
  private static let margin = 0.08

  /// - Parameter room: On the bad side for failed runs, as a fraction of the height.
  init(_ panel: SweepPanel, _ lines: [SweepLine], room: Double) {
    let points = lines.flatMap(\.points)
    let values = points.flatMap { [$0.lower, $0.median, $0.upper] }
    guard let lowest = values.min(), let highest = values.max() else {
      (axis, floor, ceiling) = (.linear(0, 1), 0, 1)
      return
    }
    let isLogarithmic = panel.isLogarithmic && lowest >= 0 && highest > 0
    // A loss of zero is drawn at the lowest other one.
    let least = max(values.filter { $0 > 0 }.min() ?? highest, highest * 1e-20)
    func place(_ value: Double) -> Double { isLogarithmic ? log10(max(value, least)) : value }
    func value(_ place: Double) -> Double { isLogarithmic ? pow(10, place) : place }
    let places = values.map(place)
    let (first, third) = (quantile(0.25, of: places), quantile(0.75, of: places))
    let reach = 3 * (third - first)
    let fence = reach > 0 ? (first - reach)...(third + reach) : places.min()!...places.max()!
    let medians = points.map { place($0.median) }
    // A good result is never outside.
    let best = panel.largerIsBetter ? medians.max() : medians.min()
    let inside = places.filter(fence.contains) + [best].compactMap(\.self)
    var (low, high) = (inside.min() ?? 0, inside.max() ?? 1)
    let span = max(high - low, 1e-9)
    if panel.largerIsBetter, medians.contains(where: { $0 < low }) { low -= Self.margin * span }
    if !panel.largerIsBetter, medians.contains(where: { $0 > high }) { high += Self.margin * span }
    // Rounding puts no value outside.
    (floor, ceiling) = (value(low - 1e-9 * span), value(high + 1e-9 * span))
    cutsBars = points.contains { place($0.lower) < low || place($0.upper) > high }
    if isLogarithmic {
      let top = value(high + room * max(high - low, log10(2)))
      axis = ValueAxis.loss([floor, ceiling, top], first: [ceiling]) ?? .linear(floor, top)
    } else {
      axis =
        panel.largerIsBetter
        ? .linear(low - room * span, high) : .linear(low, high + room * span)
    }
  }

  /// gnuplot expression of the position of a column, cut at the edges.
  func expression(_ column: String) -> String {
    let (low, high) = (floor.shortest, ceiling.shortest)
    return axis.expression(
      "(\(column) < \(low) ? \(low) : \(column) > \(high) ? \(high) : \(column))")
  }

  /// Side on which a median is outside, as an arrow; `nil` inside.
  func arrow(_ median: Double) -> String? {
    median < floor ? "↓" : median > ceiling ? "↑" : nil
  }

  /// Where a median is drawn.
  func place(_ median: Double) -> Double { min(max(median, floor), ceiling) }
}
