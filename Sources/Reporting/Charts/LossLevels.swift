import Foundation
import Records
import Text

/// Contour levels of a landscape with their colors.
///
/// Surfaces with a minimum: loss above the lowest value, by powers of ten. Surfaces with only a saddle: 1, 2, 5, 10, … on
/// both sides of its value, on an asinh scale.
struct LossLevels {
  /// Transformation of the loss as a gnuplot expression of `z`.
  var expression: String
  /// Transformed boundaries of the colors; one more than colors.
  var boundaries: [Double]
  var colors: [String]
  var tics: [(text: String, position: Double)]
  var quantity: String
  /// Lowest loss of the landscape.
  var base = 0.0
  /// Loss above it at the lowest boundary, below which all losses look alike; `nil` without one.
  var floor: Double?
  /// Whether the colors diverge from the value of a saddle.
  var isDiverging = false
  private var stretch: Stretch

  /// `expression` as a function.
  private enum Stretch {
    case none
    case logarithm(base: Double, floor: Double)
    case symmetric(center: Double, scale: Double)

    func callAsFunction(_ value: Double) -> Double {
      switch self {
      case .none: value
      case .logarithm(let base, let floor):
        value - base > floor ? log10(value - base) : log10(floor)
      case .symmetric(let center, let scale): asinh((value - center) / scale)
      }
    }
  }

  init(_ landscape: Landscape) {
    let values = landscape.values.filter(\.isFinite).sorted()
    let isSaddle =
      !landscape.landmarks.contains { $0.kind == .minimum }
      && landscape.landmarks.contains { $0.kind == .saddle }
    // An infinite range cannot be divided into levels.
    guard let lowest = values.first, let highest = values.last, lowest < highest,
      (highest - lowest).isFinite
    else {
      self.init(flat: values.first ?? 0)
      return
    }
    if isSaddle, let saddle = landscape.landmarks.first(where: { $0.kind == .saddle }),
      case let height = landscape.value(near: saddle.point), height.isFinite
    {
      let isZero = !(abs(height) > (highest - lowest) * 1e-3)
      self.init(around: isZero ? 0 : height, reach: max(highest - height, height - lowest))
    } else {
      // A lowest sample slightly above zero means that the grid misses the minimum.
      let isZero = lowest >= 0 && lowest < (highest - lowest) * 1e-3
      self.init(above: isZero ? 0 : lowest, values: values)
    }
  }

  private init(flat value: Double) {
    expression = "z"
    stretch = .none
    // Of a large value, one more is the same.
    let margin = max(1, abs(value) * 1e-3)
    boundaries = [value - margin, value + margin]
    colors = ["#eeeeea"]
    tics = [(NumberText.short(value), value)]
    quantity = "loss"
  }

  /// - Parameter values: Finite and ascending, not all equal.
  private init(above base: Double, values: [Double]) {
    let highest: Double = log10(values[values.count - 1] - base)
    let positive = values[(values.count / 100)...]
    let hundredth: Double = positive.first { $0 > base } ?? values[values.count - 1]
    let lowest: Double = max(log10(hundredth - base), highest - 12)
    let span: Double = highest - lowest
    let step: Double = span < 2.5 ? 0.25 : (span < 6 ? 0.5 : 1)
    let first: Double = (lowest / step).rounded(.down) * step
    let count = max(2, Int(decade: ((highest - first) / step).rounded(.up)))
    boundaries = (0...count).map { first + Double($0) * step }
    colors = Gradient.sequential(count)
    // At most about eight powers of ten.
    let lowestDecade = Int(decade: first.rounded(.up))
    let decades = lowestDecade...max(lowestDecade, Int(decade: boundaries[count].rounded(.down)))
    let stride = max(1, (decades.count + 7) / 8)
    tics = decades.filter { $0 % stride == 0 }.map { (NumberText.powerOfTen($0), Double($0)) }
    // The lowest value has no logarithm; it gets the lowest level.
    let floor = pow(10, first)
    self.floor = floor
    self.base = base
    stretch = .logarithm(base: base, floor: floor)
    expression =
      "z-(\(base.shortest)) > \(floor.shortest) ? log10(z-(\(base.shortest))) : \(first.shortest)"
    quantity = base == 0 ? "loss" : "loss above its lowest value \(NumberText.short(base))"
  }

  private init(around center: Double, reach: Double) {
    let ladder = (-320...308).flatMap { exponent in
      [1.0, 2, 5].map { $0 * pow(10, Double(exponent)) }
    }
    let heights = ladder.filter { $0 >= reach / 60 && $0 < reach * 0.999 }
    let scale = heights.first ?? reach
    func stretched(_ height: Double) -> Double { asinh(height / scale) }
    let positive = heights.map(stretched)
    isDiverging = true
    stretch = .symmetric(center: center, scale: scale)
    boundaries =
      [-stretched(reach)] + positive.reversed().map { -$0 } + [0] + positive + [stretched(reach)]
    colors = Gradient.diverging(positive.count + 1)
    tics =
      heights.reversed().map { (NumberText.short(center - $0), -stretched($0)) }
      + [(NumberText.short(center), 0)]
      + heights.map { (NumberText.short(center + $0), stretched($0)) }
    expression = "asinh((z-(\(center.shortest)))/\(scale.shortest))"
    quantity = "loss"
  }

  /// Index of the color of `value`; non-finite values get the highest color.
  func level(_ value: Double) -> UInt8 {
    let last = colors.count - 1
    guard value.isFinite else { return UInt8(last) }
    let place = stretch(value)
    let above = boundaries.dropFirst().dropLast().count { $0 <= place }
    return UInt8(min(above, last))
  }

  /// Position of a transformed loss on the color scale, from 0 to 1.
  func share(of position: Double) -> Double {
    (position - boundaries[0]) / (boundaries[boundaries.count - 1] - boundaries[0])
  }

  /// For `set palette defined`: each color from its lower to its upper boundary.
  var palette: String {
    colors.enumerated().map { index, color in
      "\(boundaries[index].shortest) '\(color)', \(boundaries[index + 1].shortest) '\(color)'"
    }.joined(separator: ", ")
  }
}

/// Muted colors, so that paths stand out.
enum Gradient {
  /// Light where the loss is low, because the paths meet there.
  static func sequential(_ count: Int) -> [String] {
    between((252, 251, 246), (196, 209, 220), (126, 144, 166), count: count)
  }

  /// `half` colors below the middle and as many above.
  static func diverging(_ half: Int) -> [String] {
    between((140, 158, 184), (205, 215, 226), (244, 245, 245), count: half)
      + between((247, 244, 238), (230, 216, 196), (199, 172, 142), count: half)
  }

  private typealias Color = (Double, Double, Double)

  private static func between(
    _ first: Color, _ middle: Color, _ last: Color, count: Int
  ) -> [String] {
    (0..<count).map { index in
      let position = count == 1 ? 0.5 : Double(index) / Double(count - 1)
      let (from, to) = position < 0.5 ? (first, middle) : (middle, last)
      let share = position < 0.5 ? position * 2 : position * 2 - 1
      func mix(_ from: Double, _ to: Double) -> String {
        let text = String(Int((from + (to - from) * share).rounded()), radix: 16)
        return text.count == 1 ? "0" + text : text
      }
      return "#" + mix(from.0, to.0) + mix(from.1, to.1) + mix(from.2, to.2)
    }
  }
}

extension LossLevels {
  /// Script lines that write the contour lines of the first matrix of a data file into `$contours` and define `f`, the
  /// transformed loss.
  func contours(of file: String) -> [String] {
    [
      "f(z) = z == z ? (\(expression)) : NaN",
      "set table $contours",
      "set contour base",
      "unset surface",
      "set cntrparam levels discrete \(boundaries.map(\.shortest).joined(separator: ","))",
      "splot '\(file)' index 0 nonuniform matrix using 1:2:(f($3))",
      "unset table",
      "unset contour",
      "set surface",
    ]
  }
}
