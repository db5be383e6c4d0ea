import Foundation
import Records
import Statistics

/// The vertical axis of an epoch chart, which one bad optimizer does not stretch until the others are a single line.
///
/// Medians further than three interquartile ranges on the bad side (Tukey 1977, "far out") stay outside and are pointed
/// at by arrows.
struct EpochAxis {
  var axis: ValueAxis
  /// Whether bands reach beyond the picture where their medians do not.
  var cutsBands = false

  /// The share of the medians' room that bands may add on either side.
  private static let bandRoom = 0.25

  /// - Parameters:
  ///   - scale: What a unit of the metric is on the axis.
  ///   - spread: How far apart the seeds are drawn.
  init(_ metric: Metric, _ series: [EpochSeries], scale: Double, spread: EpochSpread) {
    let points = series.flatMap(\.drawn)
    let medians = points.map { $0.median * scale }
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
      let (floor, roof) = (value(place(lower) - room), value(place(upper) + room))
      (lower, upper) = (min(lower, max(least, floor)), max(upper, min(most, roof)))
    }
    let logarithmic = isLogarithmic ? ValueAxis.loss([lower, upper], first: [upper]) : nil
    axis = logarithmic ?? .linear(lower, upper)
    guard spread == .bands else { return }
    let edges = axis.lower...axis.upper
    cutsBands = held.contains {
      !edges.contains($0.lowest * scale) || !edges.contains($0.highest * scale)
    }
  }
}

/// How the lowest and the highest of the seeds are drawn.
enum EpochSpread {
  case none, bars, bands

  /// Bars of more epochs than this would run into one another.
  static let barLimit = 12

  init(seeds: Int, epochs: Int) {
    self = seeds < 2 ? .none : epochs <= Self.barLimit ? .bars : .bands
  }
}
