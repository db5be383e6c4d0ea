import Foundation
import Records
import Text

/// Heights at which a landscape changes colour, and how its values are stretched for that.
///
/// Surfaces with a minimum: the loss above the lowest value, by powers of ten. Surfaces that only have a
/// saddle: both sides of its value, by 1, 2, 5, 10, …, stretched by asinh.
struct LossLevels {
  /// The stretching as a gnuplot expression of `z`.
  var expression: String
  /// Boundaries of the colours, stretched; one more than there are colours.
  var boundaries: [Double]
  var colours: [String]
  var tics: [(text: String, position: Double)]
  var quantity: String
  /// Whether the colours part at a height in the middle, that of a saddle.
  var isDiverging = false
  private var stretch: Stretch

  /// `expression` as a function.
  private enum Stretch {
    case none
    case logarithm(base: Double, floor: Double)
    case symmetric(centre: Double, scale: Double)

    func callAsFunction(_ value: Double) -> Double {
      switch self {
      case .none: value
      case .logarithm(let base, let floor):
        value - base > floor ? log10(value - base) : log10(floor)
      case .symmetric(let centre, let scale): asinh((value - centre) / scale)
      }
    }
  }

  init(_ landscape: Landscape) {
    let values = landscape.values.filter(\.isFinite).sorted()
    let isSaddle =
      !landscape.landmarks.contains { $0.kind == .minimum }
      && landscape.landmarks.contains { $0.kind == .saddle }
    // A range beyond the numbers there are cannot be divided into levels.
    guard let lowest = values.first, let highest = values.last, lowest < highest,
      (highest - lowest).isFinite
    else {
      self.init(flat: values.first ?? 0)
      return
    }
    if isSaddle, let saddle = landscape.landmarks.first(where: { $0.kind == .saddle }) {
      let height = landscape.value(near: saddle.point)
      let isZero = !(abs(height) > (highest - lowest) * 1e-3)
      self.init(around: isZero ? 0 : height, reach: max(highest - height, height - lowest))
    } else {
      // A lowest sample a little above zero is the grid that misses the minimum.
      let isZero = lowest >= 0 && lowest < (highest - lowest) * 1e-3
      self.init(above: isZero ? 0 : lowest, values: values)
    }
  }

  private init(flat value: Double) {
    expression = "z"
    stretch = .none
    boundaries = [value - 1, value + 1]
    colours = ["#eeeeea"]
    tics = [(NumberText.short(value), value)]
    quantity = "loss"
  }

  /// - Parameter values: Finite, ascending, not all equal.
  private init(above base: Double, values: [Double]) {
    let highest: Double = log10(values[values.count - 1] - base)
    let positive = values[(values.count / 100)...]
    let hundredth: Double = positive.first { $0 > base } ?? values[values.count - 1]
    let lowest: Double = max(log10(hundredth - base), highest - 12)
    let span: Double = highest - lowest
    let step: Double = span < 2.5 ? 0.25 : (span < 6 ? 0.5 : 1)
    let first: Double = (lowest / step).rounded(.down) * step
    let count = max(2, Int(((highest - first) / step).rounded(.up)))
    boundaries = (0...count).map { first + Double($0) * step }
    colours = Gradient.sequential(count)
    // Whole powers of ten, at most about eight of them.
    let lowestDecade = Int(first.rounded(.up))
    let decades = lowestDecade...max(lowestDecade, Int(boundaries[count].rounded(.down)))
    let stride = max(1, (decades.count + 7) / 8)
    tics = decades.filter { $0 % stride == 0 }.map { (NumberText.powerOfTen($0), Double($0)) }
    // What lies on the lowest value has no logarithm; it is as deep as the picture goes.
    let floor = pow(10, first)
    stretch = .logarithm(base: base, floor: floor)
    expression =
      "z-(\(base.shortest)) > \(floor.shortest) ? log10(z-(\(base.shortest))) : \(first.shortest)"
    quantity = base == 0 ? "loss" : "loss above its lowest value, \(NumberText.short(base))"
  }

  private init(around centre: Double, reach: Double) {
    let ladder = (-320...308).flatMap { exponent in
      [1.0, 2, 5].map { $0 * pow(10, Double(exponent)) }
    }
    let heights = ladder.filter { $0 >= reach / 60 && $0 < reach * 0.999 }
    let scale = heights.first ?? reach
    func stretched(_ height: Double) -> Double { asinh(height / scale) }
    let positive = heights.map(stretched)
    isDiverging = true
    stretch = .symmetric(centre: centre, scale: scale)
    boundaries =
      [-stretched(reach)] + positive.reversed().map { -$0 } + [0] + positive + [stretched(reach)]
    colours = Gradient.diverging(positive.count + 1)
    tics =
      heights.reversed().map { (NumberText.short(centre - $0), -stretched($0)) }
      + [(NumberText.short(centre), 0)]
      + heights.map { (NumberText.short(centre + $0), stretched($0)) }
    expression = "asinh((z-(\(centre.shortest)))/\(scale.shortest))"
    quantity = "loss"
  }

  /// The number of the colour of `value`; what is not finite is as high as the picture goes.
  func level(_ value: Double) -> UInt8 {
    let last = colours.count - 1
    guard value.isFinite else { return UInt8(last) }
    let place = stretch(value)
    let above = boundaries.dropFirst().dropLast().count { $0 <= place }
    return UInt8(min(above, last))
  }

  /// How far up the scale of colours a stretched height lies, from 0 to 1.
  func share(of position: Double) -> Double {
    (position - boundaries[0]) / (boundaries[boundaries.count - 1] - boundaries[0])
  }

  /// For `set palette defined`: each colour from its lower to its upper boundary.
  var palette: String {
    colours.enumerated().map { index, colour in
      "\(boundaries[index].shortest) '\(colour)', \(boundaries[index + 1].shortest) '\(colour)'"
    }.joined(separator: ", ")
  }
}

/// Muted colours between a few fixed ones, so that paths stand out.
enum Gradient {
  /// Light where the loss is low, since that is where the paths meet.
  static func sequential(_ count: Int) -> [String] {
    between((252, 251, 246), (196, 209, 220), (126, 144, 166), count: count)
  }

  /// `half` colours below the middle and as many above.
  static func diverging(_ half: Int) -> [String] {
    between((140, 158, 184), (205, 215, 226), (244, 245, 245), count: half)
      + between((247, 244, 238), (230, 216, 196), (199, 172, 142), count: half)
  }

  private typealias Colour = (Double, Double, Double)

  private static func between(
    _ first: Colour, _ middle: Colour, _ last: Colour, count: Int
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
  /// The lines of a script that put the lines between levels into `$contours`, of the matrix that a data file begins with, and
  /// leave `f`, the height of a loss.
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
