import Foundation
import Records
import Statistics

/// Vertical axis of an epoch chart; one bad optimizer does not compress the others into a single line.
///
/// Medians more than three interquartile ranges away on the bad side (Tukey 1977, "far out") are outside the plot and
/// marked by arrows.
struct EpochAxis {
  var axis: ValueAxis
  /// Whether bands reach beyond the plot where their medians do not.
  var cutsBands = false

  /// Fraction of the medians' range that bands may add on either side.
  private static let bandRoom = 0.25

  /// - Parameters:
  ///   - scale: Length of a unit of the metric on the axis.
  ///   - spread: Drawing of the range of the seeds.
  init(_ metric: Metric, _ series: [EpochSeries], scale: Double, spread: EpochSpread) {
    let points = series.flatMap(\.drawn)
    let medians = (points.map(\.median) + series.compactMap(\.kept?.value)).map { $0 * scale }
    let isLogarithmic = !metric.largerIsBetter && medians.allSatisfy { $0 > 0 }
    func place(_ value: Double) -> Double { isLogarithmic ? log10(value) : value }
    let places = medians.map(place)
    let quartiles = (quantile(0.25, of: places), quantile(0.75, of: places))
    let reach = 3 * (quartiles.1 - quartiles.0)
    let inside = medians.filter {
      metric.largerIsBetter ? place($0) >= quartiles.0 - reach : place($0) <= quartiles.1 + reach
    }
    let shown = Set(inside.isEmpty ? medians : inside)
    guard var lower = shown.min(), var upper = shown.max() else {
      axis = .linear(0, 1)
      return
    }
    let held = points.filter { shown.contains($0.median * scale) }
    switch spread {
    case .none: break
    case .bars:
      for point in held {
        let (low, high) = (point.lowest * scale, point.highest * scale)
        if metric.largerIsBetter || high <= upper * 2 { upper = max(upper, high) }
        if !metric.largerIsBetter || low >= lower - (upper - lower) { lower = min(lower, low) }
      }
    case .bands:
      let span = place(upper) - place(lower)
      let room = span > 0 ? Self.bandRoom * span : .infinity
      func value(_ place: Double) -> Double { isLogarithmic ? pow(10, place) : place }
      let least = held.map { $0.lowest * scale }.min() ?? lower
      let most = held.map { $0.highest * scale }.max() ?? upper
      let (floor, ceiling) = (value(place(lower) - room), value(place(upper) + room))
      (lower, upper) = (min(lower, max(least, floor)), max(upper, min(most, ceiling)))
    }
    let logarithmic = isLogarithmic ? ValueAxis.loss([lower, upper], first: [upper]) : nil
    axis = logarithmic ?? .linear(lower, upper)
    guard spread == .bands else { return }
    cutsBands = held.contains {
      [$0.lowest * scale, $0.highest * scale].contains { !(axis.lower <= $0 && $0 <= axis.upper) }
    }
  }
}

/// Drawing of the range from the lowest to the highest seed.
enum EpochSpread {
  case none, bars, bands

  /// Bars of more epochs would overlap.
  static let barLimit = 12

  init(seeds: Int, epochs: Int) {
    self = seeds < 2 ? .none : epochs <= Self.barLimit ? .bars : .bands
  }
}
