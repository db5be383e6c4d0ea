import Foundation
import Text

/// A vertical axis that fits the drawn values.
struct ValueAxis {
  /// Script lines that set it up.
  var settings: [String]
  /// Maps a column such as `$2` to a gnuplot expression of the position.
  var expression: (String) -> String
  var lower: Double
  var upper: Double
  var isLogarithmic = false
  /// Lowest and highest value inside the plot.
  var least = -Double.infinity
  var greatest = Double.infinity
  /// Position of a value between `lower` and `upper`.
  var place: (Double) -> Double = { $0 }
  /// Clause for the subtitle that explains the axis; may be empty.
  var remark: String

  /// Of the values: smaller differences fill no axis.
  private static let leastShare = 1e-6

  /// Whether a value is inside the plot.
  func holds(_ value: Double) -> Bool {
    let place = place(value)
    return place > lower && place < upper
  }

  /// A position just inside the lower or upper edge.
  func edge(below: Bool) -> Double {
    let share = below ? 0.025 : 0.975
    return isLogarithmic
      ? lower * pow(upper / lower, share) : lower + (upper - lower) * share
  }

  /// Log axis for positive losses; symmetric log axis (asinh) if some are negative.
  /// - Parameters:
  ///   - values: The values of all lines.
  ///   - first: First values of the series; values far above them are outside the plot.
  ///   - spread: Edges of the bands, which may be cut.
  ///   - target: What the runs should reach, if the lines are of its metric.
  static func loss(
    _ values: [Double], first: [Double], spread: [Double] = [], target: Double? = nil
  ) -> ValueAxis? {
    let finite = values.filter(\.isFinite)
    guard let lowest = finite.min(), let highest = finite.max() else { return nil }
    let starts = first.filter(\.isFinite)
    return lowest < 0
      ? symmetric(lowest, highest, starts: starts)
      : logarithmic(finite, starts: starts, spread: spread.filter(\.isFinite), target: target)
  }

  /// Lowest and highest value inside a log axis; `nil` for values of which some are negative, or none.
  ///
  /// It reaches four powers of ten above the start and twenty below, but only three below a target, so that the way to the target is
  /// not squeezed by what comes after it. Bands may add a tenth on either side.
  static func limits(
    _ values: [Double], first: [Double], spread: [Double], target: Double?
  ) -> (lower: Double, upper: Double)? {
    let finite = values.filter(\.isFinite)
    guard let lowest = finite.min(), let highest = finite.max(), lowest >= 0 else { return nil }
    let start = first.filter(\.isFinite).max() ?? highest
    let cap = start > 0 ? pow(10, (log10(start) + 4).rounded(.up)) : highest
    var upper = min(highest, cap)
    if upper <= 0 { upper = 1 }
    upper = min(max(upper, 1e-299), 1e300)
    var floor = pow(10, (log10(upper) - 20).rounded(.up))
    if let target, target > 0 {
      floor = max(floor, min(pow(10, log10(target).rounded(.down) - 3), upper * 1e-3))
    }
    var lower = max(finite.filter { $0 > 0 }.min() ?? floor, floor, 1e-300)
    // gnuplot refuses a range that rounding makes empty.
    if upper < lower * (1 + leastShare) { (lower, upper) = (upper / 2, upper * 2) }
    let room = pow(upper / lower, 0.1)
    let edges = spread.filter { $0.isFinite && $0 > 0 }
    return (
      min(lower, max(edges.min() ?? lower, lower / room, floor)),
      max(upper, min(edges.max() ?? upper, upper * room, max(cap, upper)))
    )
  }

  private static func logarithmic(
    _ values: [Double], starts: [Double], spread: [Double], target: Double?
  ) -> ValueAxis? {
    guard let (lower, upper) = limits(values, first: starts, spread: spread, target: target)
    else { return nil }
    // A margin, so that lines do not run along the frame.
    let air = pow(upper / lower, 0.04)
    let range = (lower: lower / air, upper: upper * air)
    var remarks: [String] = []
    if (values + spread).contains(where: { $0 < lower }) {
      remarks.append("values below \(NumberText.short(lower)) are drawn at the lower edge")
    }
    if values.contains(where: { $0 > upper }) {
      remarks.append("values above \(NumberText.short(upper)) are outside the plot")
    } else if spread.contains(where: { $0 > range.upper }) {
      remarks.append("bands are cut at the upper edge")
    }
    let tics = Tics.logarithmic(range.lower, range.upper)
    return ValueAxis(
      settings: [
        "set logscale y", "set yrange [\(range.lower.shortest):\(range.upper.shortest)]",
        "set ytics (\(tics))",
      ],
      expression: { "(\($0) < \(lower.shortest) ? \(lower.shortest) : \($0))" },
      lower: range.lower, upper: range.upper, isLogarithmic: true,
      remark: remarks.joined(separator: "; "))
  }

  private static func symmetric(
    _ lowest: Double, _ highest: Double, starts: [Double]
  ) -> ValueAxis {
    // Linear up to a tenth of the start, logarithmic beyond: four powers of ten above, eight below, because a surface may be
    // unbounded below. The lower bound keeps logarithms finite.
    let most = max(abs(lowest), abs(highest))
    let start = starts.map(abs).max() ?? most
    let linear = min(max(start > 0 && start < most ? start : most, 1e-300), 1e280)
    let (bottom, top) = (lowest, highest)
    // Losses that are all far below the start have only their highest one inside the plot.
    let lowest = max(lowest, -linear * 1e8)
    let highest = max(lowest, min(highest, linear * 1e4))
    let reach = max(abs(lowest), abs(highest), 1e-300)
    let scale = pow(10, (log10(linear) - 1).rounded(.down))
    func stretched(_ value: Double) -> Double { asinh(value / scale) }
    let air = (stretched(highest) - stretched(lowest)) * 0.04 + 1e-9
    let range = (lower: stretched(lowest) - air, upper: stretched(highest) + air)
    let last = Int(decade: log10(reach).rounded(.up))
    let first = Int(decade: log10(scale).rounded()) + 1
    let stride = max(1, (last - first + 6) / 6)
    var tics = ["'0' 0"]
    for exponent in Swift.stride(from: first, through: max(first, last), by: stride) {
      let position = stretched(pow(10, Double(exponent)))
      let text = NumberText.powerOfTen(exponent)
      tics += ["'\(text)' \(position.shortest)", "'−\(text)' \((-position).shortest)"]
    }
    return ValueAxis(
      settings: [
        "f(y) = asinh(y/\(scale.shortest))",
        "set yrange [\(range.lower.shortest):\(range.upper.shortest)]",
        "set ytics (\(tics.joined(separator: ", ")))",
      ],
      expression: { "f(\($0))" }, lower: range.lower, upper: range.upper, least: lowest,
      greatest: highest,
      place: stretched,
      remark: (["symmetric log axis"]
        + (top > highest ? ["values above \(NumberText.short(highest)) are outside the plot"] : [])
        + (bottom < lowest
          ? ["values below \(NumberText.short(lowest)) are outside the plot"] : []))
        .joined(separator: "; "))
  }

  static func linear(_ lower: Double, _ upper: Double) -> ValueAxis {
    let air = max((upper - lower) * 0.05, 1e-9, max(abs(lower), abs(upper)) * leastShare)
    let range = (lower: lower - air, upper: upper + air)
    return ValueAxis(
      settings: ["set yrange [\(range.lower.shortest):\(range.upper.shortest)]"],
      expression: { $0 }, lower: range.lower, upper: range.upper, remark: "")
  }
}

/// Positions along an axis with their texts.
enum Tics {
  /// Step between tics: 1, 2 or 5 times a power of ten.
  static func step(over range: Double, about count: Double) -> Double {
    let wanted = range / count
    guard wanted > 0, wanted.isFinite else { return 1 }
    let power = pow(10, log10(wanted).rounded(.down))
    return power * ([1.0, 2, 5].first { $0 * power >= wanted } ?? 10)
  }

  /// About eight powers of ten over a wide range; multiples such as 1, 2, 5 in a narrow range.
  static func logarithmic(_ lower: Double, _ upper: Double) -> String {
    let first = Int(decade: log10(lower).rounded(.down))
    let last = Int(decade: log10(upper).rounded(.up))
    let span = log10(upper / lower)
    if span > 3 {
      let stride = max(1, (last - first + 7) / 8)
      return (first...last).filter { $0 % stride == 0 }
        .map { "'\(NumberText.powerOfTen($0))' 1e\($0)" }.joined(separator: ", ")
    }
    let steps: [Double] =
      span > 1.3
      ? [1, 2, 5]
      : span > 0.35
        ? [1, 1.5, 2, 3, 4, 5, 6, 8]
        : Array(stride(from: 1.0, to: 10, by: span > 0.12 ? 0.5 : 0.1))
    return (first...last).flatMap { exponent in
      steps.map { $0 * pow(10, Double(exponent)) }
    }.filter { $0 >= lower && $0 <= upper }
      .map { "'\(text($0))' \($0.shortest)" }.joined(separator: ", ")
  }

  /// `2,000` rather than `2e+03`, and `2×10⁴` for larger numbers.
  private static func text(_ number: Double) -> String {
    if number >= 1000, number < 9999.5 { return NumberText.grouped(Int(number.rounded())) }
    guard number >= 1000 || number < 0.000_999 else { return NumberText.short(number) }
    let exponent = Int(decade: (log10(number) + 1e-9).rounded(.down))
    let factor = NumberText.short(number / pow(10, Double(exponent)))
    let power = NumberText.powerOfTen(exponent)
    return factor == "1" ? power : "\(factor)×\(power)"
  }
}
